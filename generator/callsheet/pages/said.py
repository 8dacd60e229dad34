"""What a page says of its spec: `{{ title }}` in prose → Markdown that shows the title as it is.

How a text is escaped depends on where it stands: in a sentence, in code, in a link or in HTML. So
the page source is read with a mark in its place, and a Markdown parser says where each mark is.
"""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, NamedTuple

from callsheet import cache as disk
from callsheet.errors import quoted
from callsheet.pages import dialects
from callsheet.pages.marks import Misplaced

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

#: A mark: two noncharacters around the text's number. No title and no server holds one.
_MARK = re.compile("\ufdd2(\\d+)\ufdd3")
#: Token of markdown-it → where its content stands; a link's target is an attribute.
_PLACES = {
    "text": "prose",
    "code_inline": "code",
    "code_block": "code",
    "fence": "code",
    "html_block": "html",
    "html_inline": "html",
}


class Said(str):
    """A text of the spec that a page may print as it is."""

    __slots__ = ()


class Sayings:
    """The texts of the spec that a page prints, each as a mark until the page is read."""

    def __init__(self) -> None:
        self._texts: list[str] = []

    def mark(self, value: object) -> object:
        """A mark for a text of the spec; any other value is the page's own, and stays."""
        if not isinstance(value, Said):
            return value
        self._texts.append(str(value))
        return f"\ufdd2{len(self._texts) - 1}\ufdd3"

    def placed(self, text: str, skipped: int) -> str:
        """Markdown in which each mark has become text that is shown as it is.

        Args:
            text: The page's Markdown.
            skipped: Lines of the page before it.

        Raises:
            Misplaced: A text stands in code, which it would end.
        """
        if not self._texts:
            return text
        maker = disk.maker(__name__, "markdown_it")
        found: dict[str, str] = json.loads(disk.made(maker, text, lambda: _read(text)))

        def written(match: re.Match[str]) -> str:
            shown = _written(self._texts[int(match[1])], found.get(match[1], "link"))
            if shown is None:
                line = skipped + text.count("\n", 0, match.start()) + 1
                said = quoted(self._texts[int(match[1])])
                message = f"{said} cannot stand in code: it would end it"
                raise Misplaced(message, line, "write it outside of the code")
            return shown

        return _MARK.sub(written, text)


def _read(text: str) -> str:
    """JSON of each mark's number → its place, ` cell` behind it within a table."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    return json.dumps({place.number: place.kind for place in _places(tokens)})


class _Place(NamedTuple):
    number: str
    kind: str


def _places(tokens: Sequence[Token], cell: str = "") -> Iterator[_Place]:
    for token in tokens:
        if token.type in ("th_open", "td_open"):
            cell = " cell"
        elif token.type in ("th_close", "td_close"):
            cell = ""
        kind = _PLACES.get(token.type, "")
        if kind:
            yield from (_Place(found[1], kind + cell) for found in _MARK.finditer(token.content))
        yield from _places(token.children or (), cell)


def _written(text: str, place: str) -> str | None:
    """The text for its place; None where nothing would show it as it is."""
    kind, _, cell = place.partition(" ")
    if kind == "code":
        if "`" in text or "~~~" in text:
            return None
        written = text
    elif kind == "html":
        return html.escape(text)
    else:
        written = dialects.get("markdown").shown(text)
        if kind == "link":
            written = re.sub(r'[()"]', r"\\\g<0>", written).replace(" ", "%20")
    return written.replace("|", "\\|") if cell else written
