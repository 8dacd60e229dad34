"""Children of a YAML mapping to its entries: keys that stand twice, and keys that are no text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from callsheet.errors import quoted
from callsheet.spec.nodes import (
    FAULTY,
    FLOW,
    PLAIN,
    QUOTED,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
)
from callsheet.spec.source import fault, fault_of_tag, place_in, source_of

if TYPE_CHECKING:
    from callsheet.errors import Diagnostic

    Entries = list[tuple[ScalarNode, Node]]

_TEXT = {PLAIN, QUOTED}


def entries_of(node: MappingNode, children: list[Node], faults: list[Diagnostic]) -> Entries:
    """The entries of a mapping that can be read; where some cannot, its tag says so.

    Args:
        node: The mapping.
        children: Its keys and values in turns.
        faults: Where faults are noted.
    """
    keys, values = children[::2], children[1::2]
    entries = zip(keys, values, strict=True)
    if _is_simple(node, keys, values):
        return cast("Entries", list(entries))
    seen: dict[str, ScalarNode] = {}
    kept = [(key, value) for key, value in entries if _note_faults(node, key, value, seen, faults)]
    if len(kept) < len(keys):
        node.tag = FAULTY
    return cast("Entries", kept)


def _is_simple(node: MappingNode, keys: list[Node], values: list[Node]) -> bool:
    """Whether all keys are text, each another one, and none needs a closer look."""
    if not {key.tag for key in keys} <= _TEXT:
        return False
    names = {cast("str", key.value) for key in keys}
    if len(names) < len(keys) or "" in names or "<<" in names:
        return False
    return node.style != FLOW or all(value.value != "" for value in values)


def _note_faults(
    node: MappingNode,
    key: Node,
    value: Node,
    seen: dict[str, ScalarNode],
    faults: list[Diagnostic],
) -> bool:
    """Notes what is wrong with an entry; answers whether it can be read."""
    if not isinstance(key, ScalarNode):
        _forget(key, value, faults)
    problem = _key_fault(key)
    if problem is not None or not isinstance(key, ScalarNode):
        faults += [problem] if problem else []
        return False
    if node.style == FLOW and _is_alone(key, value):
        faults.append(_alone_fault(key))
        value.tag = FAULTY
        return ":" not in key.value
    first = seen.setdefault(key.value, key)
    if first is not key:
        message = f"the key {quoted(key.value)} stands twice; first on line {first.mark.line + 1}"
        faults.append(fault(key, "CS102", message, "remove one of the two"))
    return True


def _forget(key: Node, value: Node, faults: list[Diagnostic]) -> None:
    """Drops what was noted inside a key that is not to be there at all, such as `{{ name }}`."""
    begin, end = (key.mark.line, key.mark.column), (value.mark.line, value.mark.column)
    faults[:] = [fault for fault in faults if not begin <= (fault.line - 1, fault.column - 1) < end]


def _key_fault(key: Node) -> Diagnostic | None:
    """The fault of a key that is no text."""
    if not isinstance(key, ScalarNode):
        kind = "a list" if isinstance(key, SequenceNode) else "a mapping"
        way_out = "put it in quotes if it is meant as text"
        return fault(key, "CS106", f"a key must be text, not {kind}", way_out)
    if key.tag == QUOTED or (key.tag == PLAIN and key.value not in {"", "<<"}):
        return None
    if key.tag == FAULTY:
        return None
    if key.tag != PLAIN:
        return fault_of_tag(key, "a key takes no tag", "put a key that starts with `!` in quotes")
    if key.value:
        way_out = "write the keys out, or put `<<` in quotes if it is meant as a key"
        return fault(key, "CS106", "YAML 1.2 has no merge keys", way_out)
    return fault(key, "CS106", "a key is missing before this colon", 'an empty key is written ""')


#: A colon, perhaps after comments and on a line of its own.
_COLON = re.compile(r"(?:\s|#.*)*:")


def _is_alone(key: ScalarNode, value: Node) -> bool:
    """Whether a key of a flow mapping has no colon, such as `b` in `{a: 1, b}`."""
    if not isinstance(value, ScalarNode) or value.tag != PLAIN or value.value:
        return False
    place = place_in(key)
    end = key.mark.index + place.column - key.mark.column + place.length
    return not _COLON.match(source_of(key.mark).text, end)


def _alone_fault(key: ScalarNode) -> Diagnostic:
    name, colon, value = key.value.partition(":")
    way_out = f"`{name}: {value}`, with a space" if colon else f"`{name}: null` if it has none"
    return fault(key, "CS106", f"the key {quoted(key.value)} has no value", way_out)
