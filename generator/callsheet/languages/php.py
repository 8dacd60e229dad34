"""PHP: a spec's values to literals as PSR-12 lays them out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callsheet.errors import Unsupported
from callsheet.languages._base import Language, Runtime
from callsheet.layout import Items, Lines, Style
from callsheet.literals import Literals, pretty
from callsheet.values import Env, Number, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from callsheet.layout import Doc
    from callsheet.message import Header
    from callsheet.results import Result
    from callsheet.values import Json, Value

#: https://www.php.net/manual/en/language.types.string.php#language.types.string.syntax.double
_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\", '"': '\\"', "$": "\\$"}
#: Characters that are escaped: controls, blanks but the space, and what has no width or direction.
_INVISIBLE = (
    r"\x00-\x1f\x7f-\xa0\xad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
    r"\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff"
)
_UNSAFE = re.compile(f"[{_INVISIBLE}]")
_SPECIAL = re.compile(rf'[\\"${_INVISIBLE}]')
#: Names that follow an arrow without braces.
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    code = ord(char)
    if "\ud800" <= char <= "\udfff":
        raise Unsupported("a lone surrogate cannot stand in a PHP string")
    return _ESCAPES.get(char) or (f"\\x{code:02x}" if char.isascii() else f"\\u{{{code:x}}}")


class PhpLiterals(Literals):
    """Single quotes, double ones where they need fewer escapes; short arrays."""

    style = Style(width=80, indent="    ")
    map = ("[", "]")
    colon = " => "
    whole_low = -(2**63) + 1  # the lowest integer's digits alone are one too many

    @property
    def filters(self) -> Mapping[str, Callable[..., str]]:
        return {"flags": _flags, "json": _printed}

    def string(self, text: str) -> str:
        if _UNSAFE.search(text):
            return f'"{_SPECIAL.sub(_escape, text)}"'
        if "'" in text and not re.search(r'[\\"${]', text):
            return f'"{text}"'
        return "'" + re.sub(r"[\\']", r"\\\g<0>", text) + "'"

    def local(self, name: str) -> str:
        return f"${name}"

    def env(self, env: Env) -> str:
        value = f"getenv({self.string(env.name)})"
        return f"rawurlencode({value})" if env.escape == "url" else value

    def concat(self, parts: tuple[str | Env, ...]) -> str:
        words = (
            self.variable(part) if isinstance(part, Env) else self.string(part) for part in parts
        )
        return " . ".join(words)

    def block(self, text: str) -> Doc:
        return self._nowdoc(text, "TEXT")

    def wire(self, value: Json) -> Doc:
        return self._nowdoc(pretty(value), "JSON")

    def _nowdoc(self, text: str, tag: str) -> Doc:
        """A nowdoc, in which nothing is special, unless a line holds what cannot be seen."""
        lines = text.split("\n")
        if len(lines) == 1 or any(_UNSAFE.search(line) or line.endswith(" ") for line in lines):
            return self.string(text)
        while any(line.lstrip().startswith(tag) for line in lines):
            tag += "_"
        return Lines(f"<<<'{tag}'", tuple(lines), tag, inside=True)

    def comment(self, text: str) -> str:
        """One line; `?>` would end the program even here."""
        return "// " + " ".join(_UNSAFE.sub(" ", text).replace("?>", "? >").split())

    def map_of(self, pairs: list[tuple[str, Doc]]) -> Doc:
        """An array; an object where `json_encode` would take the array for a list."""
        if not pairs:
            return "new stdClass()"
        items = super().map_of(pairs)
        if isinstance(items, Items) and [key for key, _ in pairs] == _indexes(len(pairs)):
            return Items(f"(object) {items.open}", items.items, items.close)
        return items

    def header(self, line: Header) -> str:
        """A header line; cURL drops one without a value unless it ends in `;`."""
        if not line.value:
            return self.text(line.name + joined(";"))
        return super().header(line)

    def at(self, base: str, result: Result) -> str:
        """Steps into arrays; into objects where JSON is printed, whose `{}` an array would lose."""
        for step in result.steps:
            if isinstance(step, int):
                base += f"[{step}]"
            elif result.text:
                base += f"[{self.string(step)}]"
            else:
                base += f"->{step}" if _NAME.fullmatch(step) else f"->{{{self.string(step)}}}"
        return base


def _indexes(count: int) -> list[str]:
    return [str(index) for index in range(count)]


def _flags(value: Value) -> str:
    """Further arguments of `json_encode`: what this value needs to arrive as it is written."""
    flags = []
    if _any(value.json, lambda leaf: isinstance(leaf, Number) and leaf.lexeme.endswith(".0")):
        flags.append("JSON_PRESERVE_ZERO_FRACTION")
    if _any(value.json, lambda leaf: isinstance(leaf, Env)):
        flags.append("JSON_THROW_ON_ERROR")
    return f", {' | '.join(flags)}" if flags else ""


def _printed(value: str, result: Result) -> str:
    """Code of a value as JSON; text inside it as people read it."""
    readable = ", JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE"
    return f"json_encode({value}{readable if result.kind == 'json' else ''})"


def _any(value: Json, test: Callable[[Json], bool]) -> bool:
    if isinstance(value, dict):
        value = list(value.values())
    return any(_any(item, test) for item in value) if isinstance(value, list) else test(value)


LANGUAGE = Language(
    key="php",
    title="PHP",
    order=60,
    client="curl",
    lexer="php",
    grammar="tree_sitter_php:language_php",
    literals=PhpLiterals(),
    note={
        "en": "The cURL extension ships with PHP; Debian and Ubuntu package it as `php-curl`.",
        "zh": "PHP 自带 cURL 扩展。Debian 与 Ubuntu 中的软件包名为 `php-curl`。",
    },
    runtime=Runtime(
        command="php",
        version=("--version",),
        file="example.php",
        run="php example.php",
        lowest="8.0",
        install={
            "debian": "apt-get install php-cli php-curl",
            "macos": "brew install php",
            "windows": "winget install PHP.PHP.8.4",
        },
    ),
)
