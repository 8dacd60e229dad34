"""Roots of a folder's files to one root: top-level keys are joined, and the mappings below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.errors import quoted
from callsheet.spec.nodes import BLOCK, FAULTY, NONE, MappingNode
from callsheet.spec.types import MAPPING

if TYPE_CHECKING:
    from callsheet.spec.context import Context
    from callsheet.spec.nodes import Node, ScalarNode

#: Keys that every file of a folder may repeat.
_EVERYWHERE = {"callsheet"}


def merged(roots: list[Node], context: Context, *, complete: bool) -> Node:
    """One root.

    Args:
        roots: The roots of the files that could be read, one or more.
        context: Where faults are noted.
        complete: Whether these are all; where not, what is joined is marked as faulty, so that
            no name is missed that may stand in another file.
    """
    mappings = [root for root in roots if isinstance(root, MappingNode)]
    if not mappings or (len(roots) == 1 and complete):
        return roots[0]
    for root in roots:
        if not isinstance(root, MappingNode):
            context.wrong(root, "the spec (a mapping)", MAPPING)
    tag = NONE if complete and len(mappings) == len(roots) else FAULTY
    entries: dict[str, tuple[ScalarNode, Node]] = {}
    for key, value in (entry for root in mappings for entry in root.value):
        first = entries.get(key.value)
        if first is None:
            copied = _copy(value, tag) if isinstance(value, MappingNode) else value
            entries[key.value] = (key, copied)
        elif isinstance(first[1], MappingNode) and isinstance(value, MappingNode):
            _join(first[1], value, context)
        elif key.value not in _EVERYWHERE:
            _note_twice(key, first[0], context)
    return MappingNode(tag, list(entries.values()), mappings[0].mark, BLOCK)


def _copy(node: MappingNode, tag: str) -> MappingNode:
    """A mapping that others may be joined to; an alias may point at the original."""
    return MappingNode(node.tag or tag, list(node.value), node.mark, node.style)


def _join(whole: MappingNode, more: MappingNode, context: Context) -> None:
    seen = {key.value: key for key, _ in whole.value}
    for key, _ in more.value:
        if key.value in seen:
            _note_twice(key, seen[key.value], context)
    whole.value += more.value


def _note_twice(key: ScalarNode, first: ScalarNode, context: Context) -> None:
    mark = first.mark
    message = f"the key {quoted(key.value)} stands twice; first on line {mark.line + 1}"
    if mark.name != key.mark.name:
        message += f" of {mark.name}"
    context.fault(key, "CS102", message, "remove one of the two")
