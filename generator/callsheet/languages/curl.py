"""cURL: words of a POSIX shell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callsheet.errors import Unsupported
from callsheet.languages._base import Language, Runtime
from callsheet.layout import Style
from callsheet.literals import Literals
from callsheet.values import Env, Text, joined

if TYPE_CHECKING:
    from callsheet.layout import Doc
    from callsheet.request import Header
    from callsheet.results import Result
    from callsheet.values import Json

#: https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html#tag_18_02_03
_IN_DOUBLE_QUOTES = re.compile(r'[$`"\\]')
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class ShellLiterals(Literals):
    """Single quotes, in which nothing is special; double ones only around variables."""

    style = Style(width=80, indent="  ")

    def string(self, text: str) -> str:
        if "\0" in text:
            raise Unsupported("a shell cannot hold U+0000")
        if any("\ud800" <= char <= "\udfff" for char in text):
            raise Unsupported("a shell cannot hold a lone surrogate")
        if "'" in text and not re.search(r'[$`"\\!]', text):
            return f'"{text}"'
        return "'" + text.replace("'", "'\\''") + "'"

    def env(self, env: Env) -> str:
        if env.escape:
            raise Unsupported("a shell has no percent-encoding for a variable in the URL")
        return f'"${{{env.name}:?}}"'

    def concat(self, parts: tuple[str | Env, ...]) -> str:
        words = (
            _IN_DOUBLE_QUOTES.sub(r"\\\g<0>", part) if isinstance(part, str) else self.env(part)[1:-1]
            for part in parts
        )
        return f'"{"".join(words)}"'

    def lacks(self, value: Json) -> str:  # noqa: ARG002  a shell has no values of its own
        return "a shell has only text"

    def comment(self, text: str) -> str:
        return "# " + " ".join(_CONTROL.sub(" ", text).split())

    def header(self, line: Header) -> str:
        """A header line; curl drops one without a value unless it ends in `;`."""
        if not line.value:
            return self.text(line.name + joined(";"))
        return self.text(line.name + joined(": ") + line.value)

    def at(self, base: str, result: Result) -> str:
        raise Unsupported(f"a shell cannot read `{result.path}` of {base}")

    def block_of(self, text: Text) -> Doc:
        return self.text(text)


LANGUAGE = Language(
    key="curl",
    title="cURL",
    order=10,
    client="curl",
    lexer="bash",
    literals=ShellLiterals(),
    note={
        "en": "cURL ships with macOS, Linux and Windows 10 or later.",
        "zh": "macOS、Linux 与 Windows 10 及以上版本自带 cURL。",
    },
    runtime=Runtime(
        command="curl",
        version=("--version",),
        file="example.sh",
        run="sh example.sh",
        lowest="7.76",
        install={
            "debian": "apt-get install curl",
            "macos": "brew install curl",
            "windows": "winget install cURL.cURL",
        },
    ),
)
