"""Node.js: literals as Prettier lays them out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from callsheet.errors import Unsupported
from callsheet.languages._axios import Axios
from callsheet.languages._base import Language, Runtime
from callsheet.languages._dots import has_dots
from callsheet.languages._held import placeheld
from callsheet.languages._node_limits import prove
from callsheet.languages._node_parts import Parts
from callsheet.layout import Items, Pair, Style, columns
from callsheet.literals import Given, Literals, pretty
from callsheet.spec.model import Output
from callsheet.values import Env, Number, env_names, literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from callsheet.layout import Doc
    from callsheet.message import Header
    from callsheet.results import Result
    from callsheet.values import Json, Text

#: https://tc39.es/ecma262/#sec-literals-string-literals
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_UNSAFE = re.compile(
    r"[\\\x00-\x1f\x7f-\xa0\xad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
    r"\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0d\uffa0\U0001bca0-\U0001bca3"
    r"\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    r"\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
#: Names that Prettier leaves without quotes as a key.
_NAME = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")

#: Prettier's tab width + MIN_OVERLAP_FOR_BREAK (src/language-js/print/assignment.js).
_HANGING_KEY = 5


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    code = ord(char)
    if code > 0xFFFF:
        return f"\\u{{{code:x}}}"
    return _ESCAPES.get(char) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


class NodeLiterals(Literals):
    """Double quotes unless single ones need fewer escapes; template literals around variables."""

    style = Style(width=80, indent="  ")
    pad = " "
    whole_low, whole_high = -(2**53 - 1), 2**53 - 1
    whole_floats = False
    surrogates = True

    @property
    def filters(self) -> Mapping[str, Callable[..., object]]:
        parts = Parts(self, _template, self._json)
        return {
            "const": self._const,
            "hug": self._hug,
            "prove": prove,
            "url": self._url,
            **parts.filters,
            **Axios(self, self.pair, parts.payload).filters,
        }

    def _const(self, name: str, value: Doc) -> Doc:
        """A constant; Prettier moves a long string below its name."""
        return Pair(f"const {name} = ", value, isinstance(value, str) and value[0] in "\"'")

    def _url(self, url: Text) -> str:
        if has_dots(url):
            raise Unsupported("Node.js takes `.` and `..` out of a URL's path")
        return self.text(url)

    def _hug(self, block: str, before: str, first: str) -> str:
        """Two arguments of which the last is a block: Prettier hugs it if the first line fits."""
        if columns(f"{before}{first}, {{") <= self.style.width:
            return f"{first}, {block}"
        lines = (f"{self.style.indent}{line}" for line in (f"{first},", *f"{block},".split("\n")))
        return "\n" + "\n".join(lines) + "\n"

    def string(self, text: str) -> str:
        quote = "'" if text.count('"') > text.count("'") else '"'
        return quote + _UNSAFE.sub(_escape, text).replace(quote, "\\" + quote) + quote

    def env(self, env: Env) -> str:
        value = f"process.env.{env.name}"
        return f"encodeURIComponent({value})" if env.escape == "url" else value

    def concat(self, parts: tuple[str | Env, ...]) -> str:
        if len(parts) == 1:
            return super().concat(parts)
        words = (
            "${" + self.variable(part) + "}" if isinstance(part, Env) else _template(part)
            for part in parts
        )
        return f"`{''.join(words)}`"

    def block(self, text: str) -> Doc:
        return f"`{_template(text)}`" if "\n" in text else self.string(text)

    def wire(self, value: Json) -> Doc:
        """JSON text, in which variables of the environment are JSON as well."""
        if not any(env_names(value)):
            return super().wire(value)
        pieces = pretty(placeheld(value)).split("\0")
        words = (
            f"${{JSON.stringify({self.env(Env(piece))})}}" if index % 2 else _template(piece)
            for index, piece in enumerate(pieces)
        )
        return f"`{''.join(words)}`"

    def _json(self, value: Json) -> Doc:
        """An expression for JSON text: of JavaScript's own values where these carry it."""
        if self.lacks(value):
            return self.wire(value)
        doc = self.value(value)
        if isinstance(doc, Items):
            return replace(doc, open=f"JSON.stringify({doc.open}", close=f"{doc.close})")
        return f"JSON.stringify({doc})"

    def call(self, name: str, *arguments: Doc) -> Doc:
        """A call; a template literal of several lines stays where it begins."""
        first = arguments[0] if len(arguments) == 1 else ""
        if isinstance(first, str) and first.startswith("`") and "\n" in first:
            return f"{name}({first})"
        return super().call(name, *arguments)

    def comment(self, text: str) -> str:
        return "// " + " ".join(_UNSAFE.sub(" ", text).split())

    def key(self, key: str) -> str:
        if key == "__proto__":  # which would be the prototype
            return f"[{self.string(key)}]"
        plain = key.replace("$", "_").isidentifier() and max(key) <= "\uffff"
        return key if plain and not _UNSAFE.search(key) else self.string(key)

    def pair(self, key: str, value: Doc) -> Pair:
        """A property; Prettier moves a long string below its key unless the key is short."""
        name = self.key(key)
        hang = isinstance(value, str) and value[0] in "\"'" and columns(name) >= _HANGING_KEY
        return Pair(f"{name}: ", value, hang)

    def map_of(self, pairs: list[tuple[str, Doc]]) -> Doc:
        items = tuple(self.pair(key, value) for key, value in pairs)
        return Items("{", items, "}", self.trailing, self.pad)

    def lacks(self, value: Json) -> str:
        if isinstance(value, dict) and any(key.isdecimal() for key in value):
            return "keys that look like numbers lose their place"
        return super().lacks(value)

    def list_of(self, items: list[Doc], values: list[Json]) -> Doc:
        """Prettier breaks a list of several objects or lists, and fills a list of numbers."""
        mode = "fit"
        if len(values) > 1:
            if all(isinstance(v, dict) and len(v) > 1 for v in values) or all(
                isinstance(v, list) and len(v) > 1 for v in values
            ):
                mode = "break"
            elif all(isinstance(v, Number) for v in values):
                mode = "fill"
        return Items("[", tuple(items), "]", self.trailing, mode=mode)

    def headers(self, lines: tuple[Header, ...], *more: tuple[str, str]) -> Doc:
        pairs = [(literal(line.name), self.text(line.value)) for line in lines]
        items = tuple(self.pair(name, value) for name, value in (*pairs, *more))
        return Items("{", items, "}", self.trailing, self.pad, mode="break")

    def at(self, base: str, result: Result) -> str:
        loose = False
        for step, optional in zip(result.steps, result.optional, strict=True):
            mark = "?." if loose else ""
            if isinstance(step, str) and _NAME.fullmatch(step):
                base += f"{mark or '.'}{step}"
            else:
                base += f"{mark}[{step if isinstance(step, int) else self.string(step)}]"
            loose = optional
        return base

    def loose_at(self, base: str, result: Result) -> str:
        """The same for a stream's event, which may hold an empty list."""
        optional = zip(result.optional, _lists(result.steps), strict=True)
        return self.at(base, replace(result, optional=tuple(any(pair) for pair in optional)))

    def arguments(self, given: Given) -> Doc:
        if given.style not in ("object", "none"):
            return super().arguments(given)
        fields = tuple(self.pair(name, value) for name, value in given.named)
        further = tuple(self.pair(name, _fitting(value)) for name, value in given.options)
        if fields and not given.positional and not further:
            return Items("({", fields, "})", self.trailing, mode="break")
        items: list[Doc] = [*given.positional]
        if fields or (further and given.style == "object"):
            items.append(Items("{", fields, "}", self.trailing, self.pad, mode="break"))
        if further:
            items.append(Items("{", further, "}", self.trailing, self.pad))
        return Items("(", tuple(items), ")", self.trailing)

    def attributes(self, base: str, result: Result) -> Output:
        if result.kind == "json":
            return super().attributes(base, result)
        return Output(self.at(base, replace(result, optional=_lists(result.steps))))


def _fitting(doc: Doc) -> Doc:
    """An object that is flat where it fits."""
    return replace(doc, mode="fit") if isinstance(doc, Items) else doc


def _lists(steps: tuple[str | int, ...]) -> tuple[bool, ...]:
    """Marks the steps after which a chain may end: an index may find nothing."""
    return tuple(isinstance(step, int) for step in steps)


def _template(text: str) -> str:
    """The inside of a template literal: https://tc39.es/ecma262/#sec-template-literal-lexical-components."""
    lines = re.sub(r"[^\n]+", lambda line: _UNSAFE.sub(_escape, line[0]), text)
    return lines.replace("`", "\\`").replace("${", "\\${")


LANGUAGE = Language(
    key="node",
    title="Node.js",
    order=30,
    client="fetch",
    lexer="javascript",
    grammar="tree_sitter_javascript",
    literals=NodeLiterals(),
    runtime=Runtime(
        command="node",
        version=("--version",),
        file="example.mjs",
        run="node example.mjs",
        lowest="18",
        install={
            "debian": "apt-get install nodejs",
            "macos": "brew install node",
            "windows": "winget install OpenJS.NodeJS.LTS",
        },
    ),
)
