"""What reading a spec gathers on the way: its faults, its files, and what they are read against."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final, Literal

from callsheet.errors import Diagnostic, SpecError, suggest
from callsheet.spec.composer import too_many
from callsheet.spec.includes import Includes
from callsheet.spec.limits import MAX_FAULTS
from callsheet.spec.nodes import FAULTY, OURS, PLAIN, MappingNode, Node, ScalarNode, SequenceNode
from callsheet.spec.scalars import plain
from callsheet.spec.source import Complaint, fault, fault_in, fault_of_tag
from callsheet.values import Json, Number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path


class _Mark(Enum):
    INVALID = "invalid"


Invalid = Literal[_Mark.INVALID]
#: What reading a node answers once its faults are noted.
INVALID: Final = _Mark.INVALID


@dataclass(slots=True)
class Context:
    """What reading needs and gathers.

    Attributes:
        root: The spec's folder; every path in a spec starts here.
        faults: What was found so far.
        includes: The files it included.
        owner: The key whose value is being read: where a key that the value lacks is shown.
        environment: How many `!env` were read so far.
        skipped: How many nodes were passed over because their fault is noted already.
        catalog: The languages and clients that may be named, or None where any may.
    """

    root: Path
    faults: list[Diagnostic] = field(default_factory=list)
    includes: Includes = field(default_factory=Includes)
    owner: Node | None = None
    environment: int = 0
    skipped: int = 0
    catalog: Mapping[str, Collection[str]] | None = None

    @property
    def count(self) -> int:
        """How many faults were met so far; equal before and after means that all was well."""
        return len(self.faults) + self.skipped

    def note(self, diagnostic: Diagnostic) -> Invalid:
        """Notes a fault; what is read there is INVALID.

        Raises:
            SpecError: There are too many.
        """
        if len(self.faults) >= MAX_FAULTS:
            raise SpecError([too_many(diagnostic.file)])
        self.faults.append(diagnostic)
        return INVALID

    def fault(self, node: Node, code: str, message: str, way_out: str) -> Invalid:
        """Notes a fault at a node; silent where the node's fault is noted already."""
        if node.tag == FAULTY:
            self.skipped += 1
            return INVALID
        return self.note(fault(node, code, message, way_out))

    def tag_fault(self, node: Node, message: str, way_out: str) -> Invalid:
        """Notes a fault of a node's tag."""
        return self.note(fault_of_tag(node, message, way_out))

    def complain(self, node: Node, code: str, complaint: Complaint) -> Invalid:
        """Notes a fault at those characters of a node that are at fault."""
        return self.note(fault_in(node, code, complaint))

    def wrong(self, node: Node, wanted: str, way_out: str) -> Invalid:
        """Notes that a node is of another type than wanted."""
        if isinstance(node, ScalarNode) and not node.value and node.tag == PLAIN:
            return self.fault(node, "CS203", f"{wanted} is missing", way_out)
        message = f"this must be {wanted}, not {kind_of(node)}"
        if node.tag in OURS:
            return self.tag_fault(node, message, way_out)
        return self.fault(node, "CS203", message, way_out)

    def unknown(self, node: Node, code: str, message: str, known: Iterable[str]) -> Invalid:
        """Notes that a node's text is none of the known words, and which was probably meant."""
        return self.fault(node, code, message, suggest(str(node.value), known))


def kind_of(node: Node) -> str:
    """What a node is, in the user's words."""
    if isinstance(node, MappingNode):
        return "a mapping"
    if isinstance(node, SequenceNode):
        return "a list"
    if node.tag.startswith("!"):
        return f"`{node.tag}`"
    value = typed(node)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    return "a number" if isinstance(value, Number) else "text"


def typed(node: Node) -> Json:
    """The value of a scalar; text where it is quoted or tagged, or JSON cannot say it."""
    if node.tag != PLAIN or not isinstance(node, ScalarNode):
        return str(node.value)
    try:
        return plain(node.value)
    except ValueError:
        return node.value
