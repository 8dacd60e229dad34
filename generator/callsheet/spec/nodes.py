"""What YAML text is made of: scalars, lists and mappings, each with its place and its tag."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from yaml.error import Mark

#: Tags of scalars that carry none: `plain` text is typed by scalars.py, quoted text is text.
PLAIN: Final = "plain"
QUOTED: Final = "quoted"
#: Tag of a collection that carries none.
NONE: Final = ""
#: Tags that a spec may use, all of them on scalars.
OURS: Final = ("!env", "!json", "!include")
#: Tag of a node whose fault is noted; what reads it is silent.
FAULTY: Final = "!faulty"

#: Style of a scalar or collection that stands where an alias points at it.
ALIAS: Final = "*"
FLOW: Final = "{"
BLOCK: Final = ""


@dataclass(slots=True, eq=False)
class ScalarNode:
    """A piece of text.

    Attributes:
        tag: PLAIN, QUOTED, one of OURS, or FAULTY.
        value: The text.
        mark: Where it starts, its anchor and tag included.
        style: "" for plain text, else the character that introduces it: `"`, `'`, `|`, `>`, `*`.
    """

    tag: str
    value: str
    mark: Mark
    style: str


@dataclass(slots=True, eq=False)
class SequenceNode:
    """A list; `style` is FLOW, BLOCK or ALIAS."""

    tag: str
    value: list[Node]
    mark: Mark
    style: str


@dataclass(slots=True, eq=False)
class MappingNode:
    """A mapping; `style` is FLOW, BLOCK or ALIAS. A key that stands twice is there twice."""

    tag: str
    value: list[tuple[ScalarNode, Node]]
    mark: Mark
    style: str


Node = ScalarNode | SequenceNode | MappingNode


def size_of(node: Node, known: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """How many values and characters a node is once its aliases are written out.

    Args:
        node: The node.
        known: Sizes of collections by the id of their parts, which aliases share.
    """
    if isinstance(node, ScalarNode):
        return 1, len(node.value)
    size = known.get(id(node.value))
    if size is None:
        parts = [size_of(part, known) for part in parts_of(node)]
        size = 1 + sum(part[0] for part in parts), sum(part[1] for part in parts)
        known[id(node.value)] = size
    return size


def parts_of(node: Node) -> list[Node]:
    """What stands directly in a node: items, or keys and values."""
    if isinstance(node, SequenceNode):
        return node.value
    if isinstance(node, MappingNode):
        return [part for entry in node.value for part in entry]
    return []
