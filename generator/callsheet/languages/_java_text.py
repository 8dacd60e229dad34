"""Text to Java's source: escapes, strings split at the width, text blocks; out: lines of source."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Columns of a line, as google-java-format counts them.
WIDTH = 100
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
HIDDEN = (
    r"\x00-\x1f\x7f-\xa0\xad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
    r"\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0d\uffa0\U0001bca0-\U0001bca3"
    r"\U0001d173-\U0001d17a"
    r"\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff"
)
_UNSAFE = re.compile(rf'[\\"{HIDDEN}]')
_BLOCK_UNSAFE = re.compile(rf"[\\{HIDDEN}]")
#: Where javac and the formatter misread a text block: a first line that is empty, and characters
#: that end a line for regular expressions but not for Java.
NOT_BLOCK = re.compile(r"\A\n|[\x0b\x85\u2028\u2029]")
#: Characters of a literal's source, and the words that a line may end behind.
_SOURCE = re.compile(r"\\u[0-9a-f]{4}|\\.|.")
_BLOCK_WORD = re.compile(r"(?:\\.|[^\\ ])* *")
#: The formatter takes the end of an escaped backslash and an `n` for a line end too.
_STRING_WORD = re.compile(r"(?: |\\t)?(?:\\(?!\\[nr])[^tnr]|[^\\ ])*(?:\\?\\[nr](?:\\[nr])*)?")


def units(text: str) -> int:
    """Length in UTF-16, as Java and its formatter count it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _escape(match: re.Match[str]) -> str:
    code_units = match[0].encode("utf-16-be", "surrogatepass")
    codes = (code_units[i : i + 2].hex() for i in range(0, len(code_units), 2))
    return _ESCAPES.get(match[0]) or "".join(f"\\u{code}" for code in codes)


def escaped(text: str) -> str:
    """A text as it stands between quotes."""
    return _UNSAFE.sub(_escape, text)


def split(source: str, column: int, suffix: int, *, first: bool) -> str:
    """A literal in pieces, the way google-java-format's StringWrapper reflows it."""
    width = WIDTH - column - 2
    words = deque(word for word in _STRING_WORD.findall(source[1:-1]) if word)
    left = units(source) - 2
    lines: list[str] = []
    while words:
        if left <= width:
            width -= suffix
        line = ""
        while words and (units(line) <= 4 or units(line + words[0]) <= width):
            line += words.popleft()
            if line.endswith(("\\n", "\\r")):
                break
        lines.append(line or words.popleft())
        left -= units(lines[-1])
        # Further lines are four columns further in and start with `+ `.
        width -= 6 if first and len(lines) == 1 else 0
    plus = " " * (column + 4 if first else column - 2) + "+ "
    return f'"\n{plus}"'.join(lines).join('""')


def text_block(text: str, indent: str) -> str:
    lines = (indent + line if line else "" for line in _block_lines(text, indent))
    return "\n".join(('"""', *lines, f'{indent}"""'))


def _block_lines(text: str, indent: str) -> Iterator[str]:
    """The lines of a text block, none of them wider than the style allows."""
    room = WIDTH - len(indent) - 1
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
    if units(source + end) <= room:
        yield source + end
        return
    room -= len("\\n\\")
    line = ""
    for word in _words(source, room):
        if units(line + word) > room:
            yield f"{line}\\"
            line = ""
        line += word
    yield line + end


def _words(source: str, room: int) -> Iterator[str]:
    """Where a line of source may end: behind words, else behind any character."""
    for word in _BLOCK_WORD.findall(source):
        yield from [word] if units(word) <= room else _SOURCE.findall(word)
