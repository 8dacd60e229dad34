"""Marks: what stands in a page's prose for a block, until a format prints it."""

from __future__ import annotations

import re

from callsheet.errors import SpecError
from callsheet.spec.source import Source

#: A mark in the prose: two noncharacters around the block's number. They cannot be typed.
MARK = re.compile("\ufdd0(\\d+)\ufdd1")
#: A line of nothing but a mark; it may begin or continue quotations and items of lists.
ALONE = re.compile(
    rf"^([ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+[ \t>]*)*){MARK.pattern}[ \t]*$", re.MULTILINE
)
#: https://www.unicode.org/faq/private_use.html#nonchar: marks of blocks and of texts.
_NO_CHARACTER = re.compile("[\ufdd0-\ufdef]")


class Misplaced(Exception):  # noqa: N818  names the fault
    """Something stands where it cannot be shown as it is.

    Attributes:
        line: Of the page, from 1.
        way_out: What to do.
        word: What to point at.
    """

    word = "{{"

    def __init__(self, message: str, line: int, way_out: str) -> None:
        self.line, self.way_out = line, way_out
        super().__init__(message)


def refuse_marks(text: str, name: str) -> None:
    """Refuses a page that holds the characters of marks: it could put a block anywhere.

    Raises:
        SpecError: It does; says where.
    """
    found = _NO_CHARACTER.search(text)
    if found:
        source = Source(name, text)
        message = f"a page cannot hold U+{ord(found[0]):04X}, which is no character"
        raise SpecError([source.fault(source.place(found.start()), "CS502", message, "remove it")])


def refuse_inline(text: str, skipped: int) -> None:
    """Refuses a block beside text: no tool has tabs within a sentence or a table's cell.

    Args:
        text: The page's Markdown, with a mark for each block.
        skipped: Lines of the page before it.

    Raises:
        Misplaced: There is one.
    """
    for number, line in enumerate(text.split("\n"), skipped + 1):
        if MARK.search(line) and not ALONE.match(line):
            message = "a block cannot stand beside text, nor in a table"
            raise Misplaced(message, number, "write the call on a line of its own")
