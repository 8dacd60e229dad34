"""Go: strings as gofmt leaves them, JSON text in raw strings, results decoded into structs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callsheet.errors import Unsupported
from callsheet.languages._base import Language, Runtime, message
from callsheet.languages._go_limits import prove
from callsheet.languages._go_parts import Parts
from callsheet.languages._go_results import INITIALISMS, decoding, field, type_of
from callsheet.languages._held import placeheld
from callsheet.languages._locals import local
from callsheet.layout import Placed, Style
from callsheet.literals import Literals, pretty
from callsheet.values import Env, Text, literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from callsheet.layout import Doc
    from callsheet.message import Header
    from callsheet.results import Result
    from callsheet.values import Json

#: https://go.dev/ref/spec#String_literals, which has no `\u` for a surrogate.
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
#: Controls, what ends a line or changes the direction of text, and what the eye does not see.
_HIDDEN = (
    r"\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
    r"\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0d\uffa0\U0001bca0-\U0001bca3"
    r"\U0001d173-\U0001d17a"
    r"\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff"
)
_UNSAFE = re.compile(rf'[\\"\n\t{_HIDDEN}]')
#: A line that a raw string carries and shows, not ending in white space.
_RAW = re.compile(rf"(?:[^`{_HIDDEN}]*[^ \t`{_HIDDEN}])?")
_NOT_RAW = re.compile(rf"[`{_HIDDEN}]")

#: https://go.dev/ref/spec#Keywords
_KEYWORDS = """
break case chan const continue default defer else fallthrough for func go goto if import interface
map package range return select struct switch type var
"""
#: What the templates use.
_USED = """
any base64 bufio byte bytes errors fmt hex hmac http io json len log multipart new nil os sha256
string strings textproto url
body client data decoder err event fetchToken field file form line lines mac message mismatch part
quoted req resp result scanner signature
"""
_TAKEN = frozenset((*_KEYWORDS.split(), *_USED.split()))

#: A `%` that net/url refuses.
_LOOSE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def _interpreted(text: str) -> str:
    return f'"{_UNSAFE.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xD800 <= code <= 0xDFFF:
        raise Unsupported("a Go string cannot hold a lone surrogate")
    return _ESCAPES.get(match[0]) or (f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")


def _json_escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))


class GoLiterals(Literals):
    """Quotes around plain text, backquotes around text that holds quotes or lines."""

    style = Style(width=10**9, indent="\t")

    @property
    def filters(self) -> Mapping[str, Callable[..., object]]:
        return {
            "asserted": self._asserted,
            "decoding": decoding,
            "local": _local,
            "method": self.text,
            "prove": prove,
            "set": self._set,
            "url": self._url,
            **Parts(self, self.json).filters,
        }

    # --- text -----------------------------------------------------------------------------

    def string(self, text: str) -> str:
        raw = re.search(r'["\\]', text) and not re.search(r"[\n\t]", text) and _RAW.fullmatch(text)
        return f"`{text}`" if raw else _interpreted(text)

    def env(self, env: Env) -> str:
        name = _local(env.name)
        return f"url.QueryEscape({name})" if env.escape else name

    def concat(self, parts: tuple[str | Env, ...]) -> str:
        """Parts joined the way gofmt writes them between other arguments."""
        return "+".join(self._words(parts))

    def _words(self, parts: tuple[str | Env, ...]) -> Iterator[str]:
        """Operands; in a URL's path a blank is `%20`, behind it and in a form it may be `+`."""
        before = ""
        for part in parts:
            if isinstance(part, Env):
                in_path = "/" in before and "?" not in before
                word = self.variable(part)
                yield word.replace("Query", "Path", 1) if in_path and part.escape else word
            else:
                before += part
                yield self.string(part)

    def block(self, text: str) -> Doc:
        lines = re.findall(r"[^\n]*\n|[^\n]+", text)
        if len(lines) < 2:
            return self.string(text)
        if all(map(_RAW.fullmatch, text.split("\n"))):
            return f"`{text}`"
        words = [_interpreted(line) for line in lines]
        return Placed(None, lambda indent, *_: f" +\n{indent}\t".join(words))

    def block_of(self, text: Text) -> Doc:
        return " + ".join(self._words(text.parts)) if text.env else super().block_of(text)

    def wire(self, value: Json) -> Doc:
        return self.json(value, " + ")

    def json(self, value: Json, plus: str = "+") -> str:
        """JSON text, which has no need of the characters that a raw string cannot hold."""
        words = []
        for index, piece in enumerate(re.split("\0([^\0]*)\0", pretty(placeheld(value)))):
            if index % 2:
                words.append(f"quoted({_local(piece)})")
            elif piece:
                words.append(f"`{_NOT_RAW.sub(_json_escape, piece)}`")
        return plus.join(words)

    def comment(self, text: str) -> str:
        return "// " + " ".join(re.sub(rf"[\n\t{_HIDDEN}]", " ", text).split())

    def lacks(self, value: Json) -> str:  # noqa: ARG002  the text is shorter than maps of any
        return "JSON is written as text"

    # --- the call -------------------------------------------------------------------------

    def _url(self, url: Text) -> str:
        if any(isinstance(part, str) and _LOOSE_PERCENT.search(part) for part in url.parts):
            raise Unsupported("net/url refuses a `%` that escapes nothing")
        return self.text(url)

    def _set(self, request: str, line: Header, verb: str) -> str:
        """A statement that gives a request a header."""
        name = literal(line.name)
        if name.lower() == "host":
            return f"{request}.Host = {' + '.join(self._words(line.value.parts))}"
        return f"{request}.Header.{verb}({self.string(name)}, {self.text(line.value)})"

    # --- the response ---------------------------------------------------------------------

    def at(self, base: str, result: Result) -> str:
        return base + "".join(
            f"[{step}]" if isinstance(step, int) else f".{field(step)}" for step in result.steps
        )

    def _asserted(self, base: str, result: Result) -> str:
        """The value at a path below an `any`."""
        return base + "".join(
            f".([]any)[{step}]"
            if isinstance(step, int)
            else f".(map[string]any)[{self.string(step)}]"
            for step in result.steps
        )

    def guard(self, base: str, result: Result) -> str:
        """The condition under which an event holds the value."""
        indexes = [index for index, step in enumerate(result.steps) if isinstance(step, int)]
        lists = ((self.at(base, result.head(index)), result.steps[index]) for index in indexes)
        conditions = [f"len({items}) > {step}" for items, step in lists]
        if result.kind == "json" and result.optional[-1]:
            conditions.append(f'string({self.at(base, result)}) != "null"')
        return " && ".join(conditions)

    def shape(self, result: Result) -> Doc:
        return type_of(result)


def _local(variable: str) -> str:
    return local(variable, _TAKEN, INITIALISMS)


LANGUAGE = Language(
    key="go",
    title="Go",
    order=40,
    client="net-http",
    lexer="go",
    grammar="tree_sitter_go",
    literals=GoLiterals(),
    note=message("net/http is part of Go's standard library."),
    runtime=Runtime(
        command="go",
        version=("version",),
        file="main.go",
        run="go run main.go",
        lowest="1.18",
        install={
            "debian": "apt-get install golang-go",
            "macos": "brew install go",
            "windows": "winget install GoLang.Go",
        },
    ),
)
