"""Code + lexer name to HTML spans; the text between the tags is the code, byte for byte."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from callsheet import cache as disk
from callsheet.pages.markup import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

#: Pygments token → class of `style.css`; one that is not here looks like its parent, "" is plain.
#: https://pygments.org/docs/tokens/
_CLASSES = {
    "": "",
    "Comment": "c",
    "Comment.Preproc": "k",
    "Keyword": "k",
    "Keyword.Constant": "n",
    "Literal": "n",
    "Literal.String": "s",
    "Literal.String.Escape": "e",
    "Literal.String.Interpol": "e",
    "Name.Builtin": "b",
    "Name.Class": "f",
    "Name.Decorator": "f",
    "Name.Function": "f",
    "Name.Tag": "t",
    "Name.Variable": "v",
    "Operator.Word": "k",
}
#: HTML, 13.2.3.5: a bare CR would reach the reader as LF.
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;"))


@cache
def highlight(code: str, lexer: str) -> Markup:
    """Code with its words in `<span class="…">`; plain where Pygments has no such lexer."""
    maker = disk.maker(__name__, "pygments")
    return safe(disk.made(maker, f"{lexer}\0{code}", lambda: "".join(_spans(code, lexer))))


def _spans(code: str, lexer: str) -> Iterator[str]:
    for name, group in groupby(_tokens(code, lexer), key=lambda token: token[0]):
        text = escape("".join(part for _, part in group))
        yield f'<span class="{name}">{text}</span>' if name else text


def escape(text: str) -> str:
    """Text between tags."""
    for char, entity in _ESCAPES:
        text = text.replace(char, entity)
    return text


def _tokens(code: str, lexer: str) -> list[tuple[str, str]]:
    """(class, text) of each token; one plain token where the lexer is unknown or loses text."""
    if lexer == "sse":
        return [token for line in code.splitlines(keepends=True) for token in _event(line)]
    found = _lexer(lexer)
    if found is None:
        return [("", code)]
    # The filters of `get_tokens` would drop a byte order mark and turn CR into LF.
    tokens = [(_class(kind), text) for _, kind, text in found.get_tokens_unprocessed(code)]
    return tokens if "".join(text for _, text in tokens) == code else [("", code)]


def _event(line: str) -> list[tuple[str, str]]:
    """A line of an event stream, whose data is mostly JSON (HTML, 9.2.5)."""
    name, colon, rest = line.partition(":")
    return (
        [("k", name + colon), *_tokens(rest, "json")] if rest.lstrip()[:1] in "{[" else [("", line)]
    )


@cache
def _lexer(name: str) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(name)
    except ClassNotFound:
        return None


@cache
def _class(kind: _TokenType) -> str:
    words = tuple(kind)
    while ".".join(words) not in _CLASSES:
        words = words[:-1]
    return _CLASSES[".".join(words)]
