"""A file's text and the places of nodes in it: a node and a complaint to a diagnostic."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Self

from callsheet.errors import LINE_BREAK, Diagnostic
from callsheet.spec.nodes import ALIAS, FLOW, MappingNode, Node, ScalarNode

if TYPE_CHECKING:
    from yaml.error import Mark


class Complaint(NamedTuple):
    """What is wrong with a text.

    Attributes:
        message: The fault.
        help: The way out.
        start: Index of the first character at fault.
        stop: Index after the last; None means the whole text.
        code: The code, where it is not the caller's to say.
    """

    message: str
    help: str = ""
    start: int = 0
    stop: int | None = None
    code: str = ""


class Place(NamedTuple):
    """Where a caret stands; line and column count from 0, in characters."""

    line: int
    column: int
    length: int = 1


class Source(str):
    """A file's name that knows the file's text; every mark of its nodes carries it."""

    __slots__ = ("__dict__", "text")

    text: str

    def __new__(cls, name: str, text: str) -> Self:
        """A name for a text."""
        source = super().__new__(cls, name)
        source.text = text
        return source

    @cached_property
    def lines(self) -> list[str]:
        """The text's lines, as YAML 1.2 breaks them."""
        return LINE_BREAK.split(self.text)

    def line(self, number: int) -> str:
        """A line, counted from 0; "" beyond the end."""
        return self.lines[number] if number < len(self.lines) else ""

    def place(self, offset: int, length: int = 1) -> Place:
        """The place of a character of the text."""
        breaks = [found.end() for found in LINE_BREAK.finditer(self.text, 0, offset)]
        return Place(len(breaks), offset - (breaks[-1] if breaks else 0), length)

    def fault(self, at: Place, code: str, message: str, way_out: str) -> Diagnostic:
        """A diagnostic at a place of the text."""
        if at.line >= len(self.lines):  # libyaml counts one line more at the end of a file
            at = Place(len(self.lines) - 1, len(self.lines[-1]))
        place = (str(self), at.line + 1, at.column + 1)
        return Diagnostic(*place, code, message, way_out, self.line(at.line), at.length)


def source_of(mark: Mark) -> Source:
    """The text that a mark points into."""
    name = mark.name
    return name if isinstance(name, Source) else Source(str(name), "")


def fault(node: Node, code: str, message: str, way_out: str) -> Diagnostic:
    """A diagnostic at a node."""
    return source_of(node.mark).fault(place_of(node), code, message, way_out)


def fault_in(node: Node, code: str, complaint: Complaint) -> Diagnostic:
    """A diagnostic at those characters of a scalar's text that are at fault."""
    message, way_out, start, stop, own_code = complaint
    at = place_in(node, start, stop) if isinstance(node, ScalarNode) else place_of(node)
    return source_of(node.mark).fault(at, own_code or code, message, way_out)


#: A tag behind its anchor.
_TAG = re.compile(r"(?:&\S*[ \t]+)?(![^\s,\[\]{}]*)")


def fault_of_tag(node: Node, message: str, way_out: str) -> Diagnostic:
    """A diagnostic at a node's tag."""
    found = written_tag(node.mark)
    at = Place(node.mark.line, found.start(1), len(found[1])) if found else place_of(node)
    return source_of(node.mark).fault(at, "CS104", message, way_out)


def written_tag(mark: Mark) -> re.Match[str] | None:
    """The tag that stands at a mark, as it is written; group 1 is without the anchor before it."""
    return _TAG.match(source_of(mark).line(mark.line), mark.column)


def place_of(node: Node) -> Place:
    """The first token of a node, behind its anchor and tag."""
    if isinstance(node, ScalarNode):
        return place_in(node)
    mark = node.mark
    line = source_of(mark).line(mark.line)
    at = _content(line, mark.column)
    if node.style == ALIAS:
        return Place(mark.line, at, _token(line, at))
    if isinstance(node, MappingNode) and node.value and node.style != FLOW:
        key = place_in(node.value[0][0])
        return max(key, Place(mark.line, at))
    return Place(mark.line, at)


#: What may stand before a node's content: anchor and tag.
_PROPERTIES = re.compile(r"(?:[&!]\S*(?:[ \t]+|$))*")


def _content(line: str, column: int) -> int:
    """The column of a node's content, provided that it begins on the line of its anchor and tag."""
    found = _PROPERTIES.match(line, column)
    return found.end() if found and found.end() < len(line) else column


#: A quoted text, an alias, or the rest of a line up to a comment.
_TOKENS = re.compile(
    r""""(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|\*[^\s,\[\]{}]+|(?:(?![ \t]+#|[ \t]*$).)+"""
)


def _token(line: str, column: int) -> int:
    found = _TOKENS.match(line, column)
    return len(found[0]) if found else 1


def place_in(node: ScalarNode, start: int = 0, stop: int | None = None) -> Place:
    """Where characters of a scalar's text stand, as near as the way it is written allows.

    Args:
        node: The scalar.
        start: Index of the first character in the scalar's value.
        stop: Index after the last one; None means the whole scalar.
    """
    mark = node.mark
    if node.style == "|" and stop is not None:
        return _in_block(node, start, stop)
    line = source_of(mark).line(mark.line)
    at = _content(line, mark.column)
    text = at + (node.style in {'"', "'"})
    if not node.value or not line.startswith(node.value, text):
        return Place(mark.line, at, _token(line, at) if node.value or text > at else 1)
    if stop is None:
        return Place(mark.line, at, len(node.value) + 2 * (text - at))
    return Place(mark.line, text + start, max(1, stop - start))


#: The head of a literal block scalar; its text begins on the next line.
_HEAD = re.compile(r"\|[-+0-9]*[ \t]*(#.*)?$")


def _in_block(node: ScalarNode, start: int, stop: int) -> Place:
    """A place in a literal block, whose lines are the file's without their indentation."""
    source = source_of(node.mark)
    head = node.mark.line
    while head < len(source.lines) and not _HEAD.search(source.line(head)):
        head += 1
    before = node.value[:start]
    row = before.rfind("\n") + 1
    number = head + 1 + before.count("\n")
    line = source.line(number)
    indent = len(line) - len(node.value[row:].partition("\n")[0])
    column = max(0, indent + start - row)
    return Place(number, column, max(1, min(stop - start, len(line) - column)))
