"""Java: strings, text blocks and chains of calls as google-java-format lays them out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callsheet.errors import Unsupported
from callsheet.languages._base import Language, Runtime, message
from callsheet.languages._held import placeheld
from callsheet.languages._java_parts import bounded, head
from callsheet.languages._java_text import (
    HIDDEN,
    NOT_BLOCK,
    WIDTH,
    escaped,
    split,
    text_block,
    units,
)
from callsheet.languages._locals import local, own
from callsheet.languages._okhttp import OkHttp
from callsheet.languages._parts import quotes, signed
from callsheet.layout import Items, Pair, Placed, Style, lay
from callsheet.literals import Literals, pretty
from callsheet.values import EMPTY, Env, Text, fixed, literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from callsheet.layout import Doc
    from callsheet.message import Header, Piece
    from callsheet.values import Json

#: https://docs.oracle.com/javase/specs/jls/se17/html/jls-3.html#jls-3.9
_KEYWORDS = """
abstract assert boolean break byte case catch char class const continue default do double else enum
extends false final finally float for goto if implements import instanceof int interface long native
new null package private protected public return short static strictfp super switch synchronized
this throw throws transient true try var void volatile while yield
"""
#: What the templates use.
_USED = """
args basic body boundary client content credentials data digest line mac message parts request
response signature signed
"""
_TAKEN = frozenset((*_KEYWORDS.split(), *_USED.split()))
#: https://docs.oracle.com/en/java/javase/17/docs/api/java.net.http/module-summary.html
#: (jdk.httpclient.allowRestrictedHeaders), and what it writes on its own.
_RESTRICTED = re.compile("connection|expect|host|upgrade")
#: What java.net.URI takes behind the server's name.
_URI = re.compile(r"https?://[^/?]+(?:[\w\-.~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*", re.ASCII)
#: https://docs.oracle.com/javase/specs/jvms/se17/html/jvms-4.html#jvms-4.4.7
_LONGEST = 65535


class JavaLiterals(Literals):
    """Text blocks around text that holds quotes or lines; 100 columns."""

    # A line that continues another one is four blanks further in; blocks are the template's.
    style = Style(width=WIDTH, indent="    ", measure=units)
    trailing = ""

    @property
    def filters(self) -> Mapping[str, Callable[..., object]]:
        return {
            "bounded": bounded,
            "content": self._content,
            "chain": lambda first, calls: self._chain(first, *calls),
            "head": head,
            "hang": lambda key, value: Pair(f"{key} ", value, hang=True),
            "header": self._header,
            "lit": self.expression,
            "local": _local,
            "method": self.expression,
            "own": own,
            "quoted": self.expression_of,
            "quotes": quotes,
            "signed": signed,
            "url": self._url,
            **OkHttp(self, self.expression, self._content).filters,
        }

    # --- text -----------------------------------------------------------------------------

    def string(self, text: str) -> str:
        _check(text)
        return f'"{escaped(text)}"'

    def env(self, env: Env) -> str:
        name = _local(env.name)
        return f"URLEncoder.encode({name}, StandardCharsets.UTF_8)" if env.escape else name

    def expression(self, text: Text) -> Doc:
        """Text as an expression that is split at the width."""
        words = list(self._operands(text.parts)) or [self.expression_of("")]
        if len(words) == 1:
            return words[0]
        rest = (Pair("+ ", word) for word in words[1:])
        return Items("", (words[0], *rest), "", "", mode="chain", separator="")

    def expression_of(self, text: str, *, first: bool = True) -> Doc:
        """A string that google-java-format splits; `first` where nothing is joined before it."""
        source = self.string(text)
        return Placed(source, lambda _, column, suffix: split(source, column, suffix, first=first))

    def _operands(self, parts: tuple[str | Env, ...]) -> Iterator[Doc]:
        """In a URL's path a blank is `%20`, behind it and in a form it may be `+`."""
        before = ""
        for index, part in enumerate(parts):
            if isinstance(part, str):
                before += part
                yield self.expression_of(part, first=index == 0)
            elif part.escape:
                call = self.call("URLEncoder.encode", _local(part.name), "StandardCharsets.UTF_8")
                in_path = "/" in before and "?" not in before
                yield self._chain(call, '.replace("+", "%20")') if in_path else call
            else:
                yield self.variable(part)

    def block(self, text: str) -> Doc:
        if NOT_BLOCK.search(text) or not re.search(r'[\n"\\]', text):
            return self.expression_of(text)
        _check(text)
        return Placed(None, lambda indent, *_: text_block(text, indent))

    def block_of(self, text: Text) -> Doc:
        return self.expression(text) if text.env else super().block_of(text)

    def wire(self, value: Json) -> Doc:
        first, *rest = re.split("\0([^\0]*)\0", pretty(placeheld(value)))
        if not rest:
            return self.block(first)
        words = [f"quoted({_local(name)})" for name in rest[::2]]
        text = "%s".join(piece.replace("%", "%%") for piece in (first, *rest[1::2]))
        return words[0] if text == "%s" else self._formatted(text, words)

    def _formatted(self, text: str, words: list[str]) -> Doc:
        """A text block with a place for each word."""
        _check(text)
        call = self.call(".formatted", *words)

        def write(indent: str, _: int, suffix: int) -> str:
            inner = indent + self.style.indent
            ending = lay(call, self.style, indent=inner, column=len(inner), suffix=suffix)
            return f"{text_block(text, indent)}\n{inner}{ending}"

        return Placed(None, write)

    def _content(self, piece: Piece) -> Doc:
        """The content of a multipart part that is no file."""
        if piece.json:
            return self.wire(piece.json.json)
        text = piece.text or EMPTY
        return (
            self.block_of(text) if "\n" in "".join(map(str, text.parts)) else self.expression(text)
        )

    def comment(self, text: str) -> str:
        return "// " + " ".join(re.sub(rf"[\\{HIDDEN}]", " ", text).split())

    def lacks(self, value: Json) -> str:  # noqa: ARG002  the JDK has no JSON
        return "JSON is written as text"

    # --- the call -------------------------------------------------------------------------

    def call(self, name: str, *arguments: Doc) -> Doc:
        return Items(f"{name}(", arguments, ")", "", mode="hang")

    def _chain(self, *calls: Doc) -> Doc:
        return Items("", calls, "", "", mode="chain", separator="", gap="")

    def _url(self, url: Text) -> Doc:
        text = fixed(url)
        if text.startswith("http") and not _URI.fullmatch(text):
            raise Unsupported("java.net.URI refuses a character of the URL")
        return self.expression(url)

    def _header(self, line: Header) -> Doc:
        name = literal(line.name)
        if _RESTRICTED.fullmatch(name.lower()):
            raise Unsupported(f"java.net.http does not let a program set `{name}`")
        return self.call(".header", self.string(name), self.expression(line.value))


def _local(variable: str) -> str:
    return local(variable, _TAKEN)


def _check(text: str) -> None:
    """Raises where the wire, or a class file with its own kind of UTF-8, cannot hold a text."""
    if re.search(r"[\ud800-\udfff]", text):
        raise Unsupported("UTF-8 has no lone surrogate")
    size = len(text.encode()) + text.count("\0") + 2 * sum(char > "\uffff" for char in text)
    if size > _LONGEST:
        raise Unsupported(f"a Java string literal holds {_LONGEST:,} bytes")


LANGUAGE = Language(
    key="java",
    title="Java",
    order=50,
    client="http-client",
    lexer="java",
    grammar="tree_sitter_java",
    literals=JavaLiterals(),
    note=message("java.net.http is part of the JDK."),
    runtime=Runtime(
        command="java",
        version=("--version",),
        file="Main.java",
        run="java Main.java",
        lowest="15",
        install={
            "debian": "apt-get install default-jdk-headless",
            "macos": "brew install openjdk",
            "windows": "winget install EclipseAdoptium.Temurin.21.JDK",
        },
    ),
)
