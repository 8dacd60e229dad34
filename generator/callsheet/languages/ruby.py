"""Ruby: a spec's values to literals as RuboCop lays them out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from callsheet.errors import Unsupported
from callsheet.languages._base import Language, Runtime, message
from callsheet.languages._faraday import flat_query, verb
from callsheet.languages._held import placeheld
from callsheet.languages._ruby_limits import ends_line, prove
from callsheet.languages._ruby_parts import Parts
from callsheet.layout import Items, Lines, Placed, Style, flat, lay
from callsheet.literals import Literals, pretty
from callsheet.values import Env, env_names, fixed, literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from callsheet.layout import Doc
    from callsheet.results import Result
    from callsheet.values import Json, Text

#: https://docs.ruby-lang.org/en/3.4/syntax/literals_rdoc.html#label-String+Literals
_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\", '"': '\\"', "#": "\\#"}
#: Characters that are escaped: controls, blanks but the space, and what has no width or direction.
_INVISIBLE = (
    r"\x00-\x1f\x7f-\xa0\xad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
    r"\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0d\uffa0\U0001bca0-\U0001bca3"
    r"\U0001d173-\U0001d17a"
    r"\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff"
)
_UNSAFE = re.compile(f"[{_INVISIBLE}]")
#: `#` opens an interpolation only before a brace or a global, instance or class variable.
_SPECIAL = re.compile(rf'[\\"{_INVISIBLE}]|#(?=[{{$@])')
#: Keys that need no quotes.
_NAME = re.compile(r"[^\W\d]\w*[?!]?")
#: What RFC 3986 and so `URI` refuse in a URL of visible ASCII: half an escape, a stray bracket.
_NO_URI = re.compile(r"%(?![0-9A-Fa-f]{2})|(?<!//)\[")
#: `to_json` gives up below this many levels.
_LEVELS = 100


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    code = ord(char)
    if "\ud800" <= char <= "\udfff":
        raise Unsupported("a lone surrogate cannot stand in a Ruby string")
    if char.isascii():
        return _ESCAPES.get(char) or f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\u{{{code:x}}}"


def _double(text: str) -> str:
    return f'"{_SPECIAL.sub(_escape, text)}"'


class RubyLiterals(Literals):
    """Double quotes unless single ones need fewer escapes; hashes with symbols as keys."""

    style = Style(width=80, indent="  ")
    words = {None: "nil", True: "true", False: "false"}
    pad = " "
    trailing = ""
    whole_low, whole_high = -(10**4000), 10**4000

    @property
    def filters(self) -> Mapping[str, Callable[..., object]]:
        return {
            "dig": self._dig,
            "ends_line": ends_line,
            "exact": self._exact,
            "flat": flat_query,
            "prove": prove,
            "uri": self._uri,
            "verb": verb,
            **Parts(self, self._json).filters,
        }

    def string(self, text: str) -> str:
        if text.count('"') <= text.count("'") or _UNSAFE.search(text) or "#" in text:
            return _double(text)
        return "'" + re.sub(r"[\\']", r"\\\g<0>", text) + "'"

    def env(self, env: Env) -> str:
        value = f"ENV.fetch({self.string(env.name)})"
        return f"ERB::Util.url_encode({value})" if env.escape == "url" else value

    def concat(self, parts: tuple[str | Env, ...]) -> str:
        if len(parts) == 1:
            return super().concat(parts)
        words = (
            "#{" + self.variable(part).replace('"', "'") + "}"
            if isinstance(part, Env)
            else _SPECIAL.sub(_escape, part)
            for part in parts
        )
        return f'"{"".join(words)}"'

    def _uri(self, url: Text) -> str:
        """A URL as an argument of `URI`."""
        if _NO_URI.search(fixed(url)):
            raise Unsupported("Ruby refuses a URL with a stray `%` or `[`")
        return self.text(url)

    def block(self, text: str) -> Doc:
        return self._heredoc(text, "TEXT")

    def wire(self, value: Json) -> Doc:
        """JSON text, in which variables of the environment are JSON as well."""
        if not any(env_names(value)):
            return self._heredoc(pretty(value), "JSON")
        pieces = pretty(placeheld(value)).split("\0")
        words = (
            f"#{{{self.env(Env(piece))}.to_json}}".replace('"', "'")
            if index % 2
            else _SPECIAL.sub(_escape, piece)
            for index, piece in enumerate(pieces)
        )
        return f'"{"".join(words)}"'

    def _json(self, value: Json) -> Doc:
        """An expression for JSON text: of Ruby's own values where these carry it."""
        if self.lacks(value):
            return self.wire(value)
        doc = self.value(value)
        if isinstance(doc, Items):
            return replace(doc, close=f"{doc.close}.to_json")
        return f"{doc}.to_json"

    def _exact(self, text: Text) -> str:
        """A text to compare bytes with: Ruby finds no bytes beyond ASCII equal to a text."""
        return self.text(text) + ("" if literal(text).isascii() else ".b")

    def _heredoc(self, text: str, tag: str) -> Doc:
        """A heredoc in which nothing is special, where Ruby gives back each of its blanks."""
        lines = text.removesuffix("\n").split("\n")
        if len(lines) == 1 or any(_UNSAFE.search(line) or line.endswith(" ") for line in lines):
            return self.string(text)
        if all(not line or line.startswith(" ") for line in lines):
            return self.string(text)
        while any(line.strip() == tag for line in lines):
            tag += "_"
        chomp = "" if text.endswith("\n") else ".chomp"
        return self._alone(Lines(f"<<~'{tag}'{chomp}", tuple(lines), tag), self.string(text))

    def _alone(self, heredoc: Lines, string: str) -> Doc:
        """A heredoc where its end mark has the line to itself, as it must; a string elsewhere."""

        def write(indent: str, _column: int, suffix: int) -> str:
            return string if suffix else lay(heredoc, self.style, indent=indent)

        return Placed(None, write)

    def comment(self, text: str) -> str:
        return "# " + " ".join(_UNSAFE.sub(" ", text).split())

    def key(self, key: str) -> str:
        return key if _NAME.fullmatch(key) and not _UNSAFE.search(key) else _double(key)

    def lacks(self, value: Json) -> str:
        if _depth(value) > _LEVELS:
            return f"to_json stops at {_LEVELS} levels"
        return super().lacks(value)

    def at(self, base: str, result: Result) -> str:
        """`dig`, which finds nothing where a step is missing."""
        return flat(self._dig(base, result)) or base

    def _dig(self, base: str, result: Result) -> Doc:
        steps = [f"{step}" if isinstance(step, int) else self.string(step) for step in result.steps]
        if len(steps) == 1:
            return f"{base}[{steps[0]}]"
        return Items(f"{base}.dig(", tuple(steps), ")", self.trailing)


def _depth(value: Json) -> int:
    """Levels of lists and mappings in a JSON value; 0 for a scalar."""
    if isinstance(value, dict):
        value = list(value.values())
    return 1 + max(map(_depth, value), default=0) if isinstance(value, list) else 0


LANGUAGE = Language(
    key="ruby",
    title="Ruby",
    order=70,
    client="net-http",
    lexer="ruby",
    grammar="tree_sitter_ruby",
    literals=RubyLiterals(),
    note=message("net/http ships with Ruby."),
    runtime=Runtime(
        command="ruby",
        version=("--version",),
        file="example.rb",
        run="ruby example.rb",
        lowest="2.7",
        install={
            "debian": "apt-get install ruby",
            "macos": "brew install ruby",
            "windows": "winget install RubyInstallerTeam.RubyWithDevKit.3.4",
        },
    ),
)
