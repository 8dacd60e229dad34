"""The lines of a file to the blocks that are marked in them, and what is wrong with the markers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from callsheet.errors import Diagnostic, quoted, suggest
from callsheet.inject import wishes
from callsheet.inject.wishes import WishError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callsheet.inject.syntaxes._base import Syntax
    from callsheet.inject.wishes import Wish

_WORDS = ("begin", "end")
#: A marker in what is a comment in another type of file.
_FOREIGN = re.compile(r"([ \t]*)(?:<!--|\{/\*|\.\.|//|/\*|[#%;])[ \t]*callsheet:(?:begin|end)\b")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds a marker.

    Attributes:
        number: From 0.
        word: `begin`, `end`, or something else that was meant to be one.
        indent: What stands before the comment.
        text: What stands behind the word.
        at: Index of `text` in the line.
        complaint: What is wrong with the comment itself, and the way out.
    """

    number: int
    word: str
    indent: str
    text: str
    at: int
    complaint: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """A block: its markers, and what they say.

    Attributes:
        begin: The marker before it.
        end: The marker behind it.
        wish: What it asks for.
        sha: Hash of what callsheet last wrote; "" where it never did.
    """

    begin: Line
    end: Line
    wish: Wish
    sha: str


class Scan:
    """The marked blocks of a file, and every fault of their markers.

    Attributes:
        blocks: In their order; those at fault are left out.
        code: Numbers, from 0, of the lines that are code; empty where nothing is marked.
        faults: Of the markers.
    """

    def __init__(self, lines: Sequence[str], syntax: Syntax, name: str) -> None:
        """Reads the lines.

        Args:
            lines: Without their line breaks.
            syntax: Of the file.
            name: The file's, as a user types it.
        """
        self.lines, self.syntax, self.name = lines, syntax, name
        self.faults: list[Diagnostic] = []
        self.code: set[int] = set()
        self.blocks = list(self._paired(self._found()))

    def fault(self, line: Line, error: WishError) -> Diagnostic:
        """Where in the file a wish is at fault."""
        source = self.lines[line.number]
        at, length = error.place or (0, 0)
        at += line.at
        if not length:
            at, length = len(line.indent), len(source.strip())
        message, way_out = str(error), error.help
        return Diagnostic(
            self.name, line.number + 1, at + 1, "CS504", message, way_out, source, length
        )

    def _complain(self, line: Line, message: str, way_out: str) -> None:
        self.faults.append(self.fault(line, WishError("", message, way_out)))

    def _found(self) -> Iterator[Line]:
        marked = [number for number, line in enumerate(self.lines) if "callsheet:" in line]
        self.code = self.syntax.code(self.lines) if marked else set()
        for number in marked:
            line = self._line(number) if number not in self.code else None
            if line and line.complaint:
                self._complain(line, *line.complaint)
            elif line:
                yield line

    def _line(self, number: int) -> Line | None:
        """The marker of a line; none where it is code in a sentence, or `http://callsheet:80`."""
        source = self.lines[number].rstrip()
        found = self.syntax.marker.search(source)
        if foreign := not found and _FOREIGN.match(source):
            message = f"this is no comment in {self.syntax.title}"
            complaint = (message, f"write {self._shown('begin EXAMPLE')}")
            return Line(number, "", foreign[1], "", foreign.end(), complaint)
        if not found:
            return None
        indent, closes = source[: found.start()], self.syntax.closes
        if "`" in indent or (indent.strip() and not self.syntax.indents):
            return None
        text = source[found.end() : len(source) - len(closes)]
        wrong = self._complaint(source, found[1], indent)
        return Line(number, found[1], indent, text, found.end(), wrong)

    def _complaint(self, source: str, word: str, indent: str) -> tuple[str, str] | None:
        closes = self.syntax.closes
        if word not in _WORDS:
            return f"unknown marker {quoted(f'callsheet:{word}')}", suggest(word, _WORDS)
        if closes and closes not in source[len(indent) :]:
            return "this comment does not end on its line", f"close it with `{closes}`"
        if indent.strip() or (
            closes and source.find(closes, len(indent)) < len(source) - len(closes)
        ):
            return "a marker stands alone on its line", "move what is beside it to another line"
        if indent and not self.syntax.indents:
            way_out = f"in {self.syntax.title} a comment begins in the first column"
            return "this marker is indented", way_out
        return None

    def _paired(self, found: Iterator[Line]) -> Iterator[Marked]:
        begin: Line | None = None
        for line in found:
            if line.word == "begin" and begin:
                way_out = (
                    f"close the one of line {begin.number + 1} before it: {self._shown('end')}"
                )
                self._complain(line, "this block begins inside another", way_out)
            elif line.word == "begin":
                begin = line
            elif not begin:
                self._complain(line, "this block ends, but none has begun", "remove the marker")
            else:
                yield from self._block(begin, line)
                begin = None
        if begin:
            self._complain(begin, "this block does not end", f"close it with {self._shown('end')}")

    def _shown(self, word: str) -> str:
        return f"`{self.syntax.comment(f'callsheet:{word}')}`"

    def _block(self, begin: Line, end: Line) -> Iterator[Marked]:
        line = begin
        try:
            wish = wishes.read(begin.text)
            line = end
            yield Marked(begin, end, wish, wishes.hash_of(end.text))
        except WishError as error:
            self.faults.append(self.fault(line, error))
