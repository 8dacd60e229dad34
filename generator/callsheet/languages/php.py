"""PHP: a spec's values to literals as PSR-12 lays them out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callsheet.errors import Unsupported
from callsheet.languages._base import Language, Runtime, message
from callsheet.languages._dots import has_dots
from callsheet.languages._held import placeheld
from callsheet.languages._php_json import flags, has_zeros, is_big, printed
from callsheet.languages._php_parts import (
    curl_parts,
    field_array,
    guzzle_file,
    guzzle_parts,
    header_array,
)
from callsheet.layout import Items, Lines, Style
from callsheet.literals import Literals, pretty
from callsheet.urls import split
from callsheet.values import Env, Local, Number, Text, env_names, fixed, joined, literal
from callsheet.wire import compact

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from callsheet.layout import Doc
    from callsheet.message import Header, Payload, Signature
    from callsheet.results import Result
    from callsheet.values import Json

#: https://www.php.net/manual/en/language.types.string.php#language.types.string.syntax.double
_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\", '"': '\\"', "$": "\\$"}
#: Characters that are escaped: controls, blanks but the space, and what has no width or direction.
_INVISIBLE = (
    r"\x00-\x1f\x7f-\xa0\xad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
    r"\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0d\uffa0\U0001bca0-\U0001bca3"
    r"\U0001d173-\U0001d17a"
    r"\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff"
)
_UNSAFE = re.compile(f"[{_INVISIBLE}]")
_SPECIAL = re.compile(rf'[\\"${_INVISIBLE}]')
#: What Guzzle's `Uri` encodes in a path or a query: all that RFC 3986 does not let stand there.
_REWRITTEN = re.compile(r"[^A-Za-z0-9\-._~!$&'()*+,;=%:@/?]|%(?![0-9A-Fa-f]{2})")
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
    def filters(self) -> Mapping[str, Callable[..., object]]:
        return {
            "flags": lambda value: flags(value.json),
            "json": printed,
            "is_big": is_big,
            "dotted": has_dots,
            "message": self._message,
            "fields": lambda fields: field_array(self, fields),
            "parts": lambda pieces: curl_parts(self, pieces),
            "multipart": lambda pieces: guzzle_parts(self, pieces),
            "open": lambda name: guzzle_file(self, literal(name)),
            "distinct": _distinct,
            "plain_json": _is_plain,
            "streamed": _streamed,
            "kept": _kept,
        }

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
        if any(env_names(value)):
            return self._joined(compact(placeheld(value)))
        return self._nowdoc(pretty(value), "JSON")

    def _joined(self, text: str) -> str:
        r"""JSON text on one line, in which each second piece between `\0` is a variable."""
        pieces = text.split("\0")
        words = [self.string(piece) for piece in pieces]
        for index in range(1, len(words), 2):
            words[index] = f"json_encode({self.env(Env(pieces[index]))}, JSON_THROW_ON_ERROR)"
        return " . ".join(word for word in words if word != "''")

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

    def headers(self, lines: tuple[Header, ...], *_: tuple[str, str]) -> Doc:
        """Header lines as an array; those of one name are a list."""
        return header_array(self, lines)

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

    def _message(self, signature: Signature, body: Payload | None) -> str:
        """What is signed; the body is in a variable of that name."""
        if not signature.body or body is None:
            return self.text(signature.text)
        if body.kind == "multipart":
            raise Unsupported("a multipart body is made when it is sent, too late to sign it")
        return self.text(Text((*signature.text.parts, Local("body"))))


def _is_plain(body: Payload) -> bool:
    """Whether Guzzle's `json` sends it: it takes no flags, and null for nothing."""
    return body.json is not None and body.json.json is not None and not has_zeros(body.json.json)


def _kept(url: Text) -> Text:
    """A URL that Guzzle sends as it is written."""
    text = fixed(url)
    changed = _REWRITTEN.search(text.removeprefix(split(text)[0]))
    if changed:
        raise Unsupported(f"Guzzle percent-encodes `{changed[0]}` in a URL")
    return url


def _streamed(body: Payload | None) -> str:
    """The option that streams an answer; its handler asks `empty()` whether there is a body."""
    number = body.json.json if body and body.json else None
    if body and (body.text == "0" or number == Number("0")):
        raise Unsupported("Guzzle leaves out the body `0` of a call whose answer it streams")
    return "true"


def _distinct(fields: tuple[tuple[Text, Text], ...]) -> bool:
    """Whether no name of a form is repeated."""
    return len({name for name, _ in fields}) == len(fields)


def _indexes(count: int) -> list[str]:
    return [str(index) for index in range(count)]


LANGUAGE = Language(
    key="php",
    title="PHP",
    order=60,
    client="curl",
    lexer="php",
    grammar="tree_sitter_php:language_php",
    literals=PhpLiterals(),
    note=message("The cURL extension ships with PHP; Debian and Ubuntu package it as `php-curl`."),
    runtime=Runtime(
        command="php",
        version=("--version",),
        file="example.php",
        run="php example.php",
        lowest="8.1",
        install={
            "debian": "apt-get install php-cli php-curl",
            "macos": "brew install php",
            "windows": "winget install PHP.PHP.8.4",
        },
    ),
)
