"""Ordered pairs of the spec: query, headers, cookies and form fields, repeats included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from callsheet.spec.nodes import MappingNode, Node, ScalarNode, SequenceNode
from callsheet.spec.types import INVALID, MAPPING, Context, Invalid, Scalar, Schema, Str

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.spec.model import Pairs
    from callsheet.values import Text


@dataclass(frozen=True, slots=True)
class PairsType:
    """A mapping, or a list of one-key mappings; a list as value repeats the name.

    Read as a tuple of (name, Text), in the order they are sent.
    """

    what: str
    name: Str
    value: Scalar

    def read(self, node: Node, context: Context) -> Pairs | Invalid:
        """The valid pairs."""
        if not isinstance(node, MappingNode | SequenceNode):
            return context.wrong(node, f"a mapping of {self.what}", MAPPING)
        pairs: list[tuple[str, Text]] = []
        for name_node, value_node in self._entries(node, context):
            name = self.name.checked(name_node, context)
            context.owner = name_node
            many = value_node.value if isinstance(value_node, SequenceNode) else [value_node]
            for item in many:
                value = self.value.read(item, context)
                if name is not INVALID and value is not INVALID:
                    pairs.append((name, value))
        return tuple(pairs)

    def _entries(
        self, node: MappingNode | SequenceNode, context: Context
    ) -> Iterator[tuple[ScalarNode, Node]]:
        if isinstance(node, MappingNode):
            yield from node.value
            return
        for item in node.value:
            if isinstance(item, MappingNode) and len(item.value) == 1:
                yield item.value[0]
            else:
                context.fault(
                    item, "CS203", "this must be a mapping with one key", "`- name: value`"
                )

    def schema(self, definitions: Schema) -> Schema:
        """An object, or an array of objects with one property."""
        one = self.value.schema(definitions)
        mapping: Schema = {
            "type": "object",
            "additionalProperties": {"anyOf": [one, {"type": "array", "items": one}]},
        }
        if self.name.pattern:
            mapping["propertyNames"] = {"pattern": f"^({self.name.pattern})$"}
        single = {**mapping, "minProperties": 1, "maxProperties": 1}
        return {"anyOf": [mapping, {"type": "array", "items": single}]}
