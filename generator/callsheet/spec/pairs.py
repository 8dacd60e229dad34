"""Ordered pairs of the spec: query, headers, cookies and form fields, repeats included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from callsheet.spec.load import MappingNode, Node, SequenceNode
from callsheet.spec.types import INVALID, Context, Scalar, Schema, Str, Type

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class PairsType(Type):
    """A mapping, or a list of one-key mappings; a list as value repeats the name.

    Read as a tuple of (name, Text), in the order they are sent.
    """

    what: str
    name: Str
    value: Scalar

    def read(self, node: Node, context: Context) -> Any:
        if not isinstance(node, MappingNode | SequenceNode):
            return context.wrong(node, f"a mapping of {self.what}")
        pairs: list[tuple[str, Any]] = []
        before = len(context.faults)
        for name_node, value_node in self._entries(node, context):
            name = self.name.read(name_node, context)
            many = value_node.value if isinstance(value_node, SequenceNode) else [value_node]
            pairs += [(name, self.value.read(item, context)) for item in many]
        return INVALID if len(context.faults) > before else tuple(pairs)

    def _entries(self, node: Node, context: Context) -> Iterator[tuple[Node, Node]]:
        if isinstance(node, MappingNode):
            yield from node.value
            return
        for item in node.value:
            if isinstance(item, MappingNode) and len(item.value) == 1:
                yield item.value[0]
            else:
                context.fault(item, "CS203", "this must be a mapping with one key")

    def schema(self) -> Schema:
        one = self.value.schema()
        mapping: Schema = {
            "type": "object",
            "additionalProperties": {"anyOf": [one, {"type": "array", "items": one}]},
        }
        single = {**mapping, "minProperties": 1, "maxProperties": 1}
        return {"anyOf": [mapping, {"type": "array", "items": single}]}
