"""Java: strings, text blocks and chains of calls as google-java-format lays them out."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING

from callsheet.errors import Unsupported
from callsheet.languages._base import Language, Runtime
from callsheet.languages._locals import local
from callsheet.layout import Items, Pair, Placed, Style
from callsheet.literals import Literals, pretty
from callsheet.values import Env, Text, literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from callsheet.layout import Doc
    from callsheet.message import Header
    from callsheet.values import Json

#: https://docs.oracle.com/javase/specs/jls/se17/html/jls-3.html#jls-3.10.7. What is written as
#: `\uXXXX` is read before all else (3.3), so no quote, backslash or line end may be.
_ESCAPES = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
}
#: Controls, surrogates, what changes the direction of text, and what the eye does not see.
_HIDDEN = (
    r"\x00-\x1f\x7f-\xa0\xad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
    r"\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff"
)
_UNSAFE = re.compile(rf'[\\"{_HIDDEN}]')
_BLOCK_UNSAFE = re.compile(rf"[\\{_HIDDEN}]")
#: Where javac and the formatter misread a text block: a first line that is empty, and characters
#: that end a line for regular expressions but not for Java.
_NOT_BLOCK = re.compile(r"\A\n|[\x0b\x85\u2028\u2029]")
#: Characters of a literal's source, and the words that a line may end behind.
_SOURCE = re.compile(r"\\u[0-9a-f]{4}|\\.|.")
_BLOCK_WORD = re.compile(r"(?:\\.|[^\\ ])* *")
#: The formatter takes the end of an escaped backslash and an `n` for a line end too.
_STRING_WORD = re.compile(r"(?: |\\t)?(?:\\(?!\\[nr])[^tnr]|[^\\ ])*(?:\\?\\[nr](?:\\[nr])*)?")

#: https://docs.oracle.com/javase/specs/jls/se17/html/jls-3.html#jls-3.9
_KEYWORDS = """
abstract assert boolean break byte case catch char class const continue default do double else enum
extends false final finally float for goto if implements import instanceof int interface long native
new null package private protected public return short static strictfp super switch synchronized
this throw throws transient true try var void volatile while yield
"""
#: What the templates use.
_USED = "args basic body credentials data line message request response"
_TAKEN = frozenset((*_KEYWORDS.split(), *_USED.split()))
#: https://docs.oracle.com/en/java/javase/17/docs/api/java.net.http/module-summary.html
#: (jdk.httpclient.allowRestrictedHeaders), and what it writes on its own.
_RESTRICTED = re.compile("connection|content-length|expect|host|transfer-encoding|upgrade")
#: What java.net.URI takes behind the server's name.
_URI = re.compile(r"https?://[^/?]+(?:[\w\-.~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*", re.ASCII)
#: https://docs.oracle.com/javase/specs/jvms/se17/html/jvms-4.html#jvms-4.4.7
_LONGEST = 65535


def _units(text: str) -> int:
    """Length in UTF-16, as Java and its formatter count it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    codes = (units[i : i + 2].hex() for i in range(0, len(units), 2))
    return _ESCAPES.get(match[0]) or "".join(f"\\u{code}" for code in codes)


class JavaLiterals(Literals):
    """Text blocks around text that holds quotes or lines; 100 columns."""

    # A line that continues another one is four blanks further in; blocks are the template's.
    style = Style(width=100, indent="    ", measure=_units)
    trailing = ""

    @property
    def filters(self) -> Mapping[str, Callable[..., object]]:
        return {
            "chain": lambda first, calls: self._chain(first, *calls),
            "hang": lambda key, value: Pair(f"{key} ", value, hang=True),
            "header": self._header,
            "lit": self.expression,
            "local": _local,
            "method": self._method,
            "quoted": self.expression_of,
            "url": self._url,
        }

    # --- text -----------------------------------------------------------------------------

    def string(self, text: str) -> str:
        _check(text)
        return f'"{_UNSAFE.sub(_escape, text)}"'

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
        return Placed(source, lambda _, column, suffix: _split(source, column, suffix, first=first))

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
        if _NOT_BLOCK.search(text) or not re.search(r'[\n"\\]', text):
            return self.expression_of(text)
        _check(text)
        return Placed(None, lambda indent, *_: _text_block(text, indent))

    def block_of(self, text: Text) -> Doc:
        return self.expression(text) if text.env else super().block_of(text)

    def wire(self, value: Json) -> Doc:
        return self.block(pretty(value))

    def comment(self, text: str) -> str:
        return "// " + " ".join(re.sub(rf"[\\{_HIDDEN}]", " ", text).split())

    def lacks(self, value: Json) -> str:  # noqa: ARG002  the JDK has no JSON
        return "JSON is written as text"

    # --- the call -------------------------------------------------------------------------

    def call(self, name: str, *arguments: Doc) -> Doc:
        return Items(f"{name}(", arguments, ")", "", mode="hang")

    def _chain(self, *calls: Doc) -> Doc:
        return Items("", calls, "", "", mode="chain", separator="", gap="")

    def _method(self, method: Text) -> Doc:
        if method == "CONNECT":
            raise Unsupported("java.net.http sends CONNECT to proxies alone")
        return self.expression(method)

    def _url(self, url: Text) -> Doc:
        fixed = "".join(part for part in url.parts if isinstance(part, str))
        if fixed.startswith("http") and not _URI.fullmatch(fixed):
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


def _split(source: str, column: int, suffix: int, *, first: bool) -> str:
    """A literal in pieces, the way google-java-format's StringWrapper reflows it."""
    width = JavaLiterals.style.width - column - 2
    words = deque(word for word in _STRING_WORD.findall(source[1:-1]) if word)
    left = _units(source) - 2
    lines: list[str] = []
    while words:
        if left <= width:
            width -= suffix
        line = ""
        while words and (_units(line) <= 4 or _units(line + words[0]) <= width):
            line += words.popleft()
            if line.endswith(("\\n", "\\r")):
                break
        lines.append(line or words.popleft())
        left -= _units(lines[-1])
        # Further lines are four columns further in and start with `+ `.
        width -= 6 if first and len(lines) == 1 else 0
    plus = " " * (column + 4 if first else column - 2) + "+ "
    return f'"\n{plus}"'.join(lines).join('""')


def _text_block(text: str, indent: str) -> str:
    lines = (indent + line if line else "" for line in _block_lines(text, indent))
    return "\n".join(('"""', *lines, f'{indent}"""'))


def _block_lines(text: str, indent: str) -> Iterator[str]:
    """The lines of a text block, none of them wider than the style allows."""
    room = JavaLiterals.style.width - len(indent) - 1
    *lines, last = text.split("\n")
    for line in lines:
        yield from _folded(*_block_line(line), room)
    if last:
        yield from _folded(_block_line(last)[0], "\\", room)


def _block_line(line: str) -> tuple[str, str]:
    """A line's source and its end; white space before a line end would be stripped.

    https://docs.oracle.com/javase/specs/jls/se17/html/jls-3.html#jls-3.10.6
    """
    source = _BLOCK_UNSAFE.sub(_escape, line).replace('"""', '""\\"')
    if source.endswith(" "):
        return f"{source[:-1]}\\s", ""
    stripped = line[-1:].isspace() and line[-1] not in _ESCAPES
    return source, "\\n\\" if stripped else ""


def _folded(source: str, end: str, room: int) -> Iterator[str]:
    """A line, and where it is too wide, further ones joined to it by a backslash."""
    if _units(source + end) <= room:
        yield source + end
        return
    room -= len("\\n\\")
    line = ""
    for word in _words(source, room):
        if _units(line + word) > room:
            yield f"{line}\\"
            line = ""
        line += word
    yield line + end


def _words(source: str, room: int) -> Iterator[str]:
    """Where a line of source may end: behind words, else behind any character."""
    for word in _BLOCK_WORD.findall(source):
        yield from [word] if _units(word) <= room else _SOURCE.findall(word)


LANGUAGE = Language(
    key="java",
    title="Java",
    order=50,
    client="http-client",
    lexer="java",
    grammar="tree_sitter_java",
    literals=JavaLiterals(),
    note={
        "en": "java.net.http is part of the JDK.",
        "zh": "java.net.http 属于 JDK。",
    },
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
