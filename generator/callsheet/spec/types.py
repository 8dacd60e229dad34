"""Types of the spec format: each reads a node into a value and describes itself as JSON Schema."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from callsheet.spec.context import INVALID, Context, Invalid
from callsheet.spec.leaf_types import Check, Enum, Int, JsonValue, Scalar, Schema, Str
from callsheet.spec.nodes import FAULTY, MappingNode, Node, ScalarNode, SequenceNode

__all__ = [
    "INVALID",
    "MAPPING",
    "Check",
    "Context",
    "Either",
    "Enum",
    "Int",
    "Invalid",
    "JsonValue",
    "ListOf",
    "MapOf",
    "Scalar",
    "Schema",
    "Shared",
    "Str",
    "Type",
]

T = TypeVar("T")
U = TypeVar("U")
T_co = TypeVar("T_co", covariant=True)


_LIST = "write `[…]`, or each item on a line after `- `"
MAPPING = "write `name: value` on lines of their own, or `{name: value}`"


class Type(Protocol[T_co]):
    """What a node may be.

    A faulty part does not hide its neighbours: a collection answers what could be read of it, and
    INVALID only stands for what is none. Whether all was well is known from `Context.count`.
    """

    def read(self, node: Node, context: Context) -> T_co | Invalid:
        """The node's value, or INVALID; its faults are noted in the context."""

    def schema(self, definitions: Schema) -> Schema:
        """The same as JSON Schema (draft-07); what is shared goes into the definitions."""


@dataclass(frozen=True, slots=True)
class ListOf(Generic[T]):
    """A list, or one item where `single` allows it; read as a tuple of (value, node)."""

    item: Type[T]
    what: str
    single: bool = False
    empty: bool = True

    def read(self, node: Node, context: Context) -> tuple[tuple[T, Node], ...] | Invalid:
        """The valid items."""
        if isinstance(node, SequenceNode):
            items = node.value
        elif self.single:
            items = [node]
        else:
            return context.wrong(node, self.what, _LIST)
        if not items and not self.empty:
            return context.fault(node, "CS204", "this list is empty", f"it is {self.what}")
        found: list[tuple[T, Node]] = []
        for item in items:
            if not self.single:
                context.owner = item
            value = self.item.read(item, context)
            if value is not INVALID:
                found.append((value, item))
        return tuple(found)

    def schema(self, definitions: Schema) -> Schema:
        """An array."""
        item = self.item.schema(definitions)
        many: Schema = {"type": "array", "items": item}
        if not self.empty:
            many["minItems"] = 1
        return {"anyOf": [item, many]} if self.single else many


@dataclass(frozen=True, slots=True)
class MapOf(Generic[T]):
    """A mapping with keys of the user's; read as {key: (value, key node)}."""

    value: Type[T]
    what: str
    key: Str = field(default_factory=Str)
    empty: bool = True

    def read(self, node: Node, context: Context) -> dict[str, tuple[T, ScalarNode]] | Invalid:
        """The valid entries."""
        if not isinstance(node, MappingNode):
            return context.wrong(node, self.what, MAPPING)
        if not node.value and not self.empty and node.tag != FAULTY:
            return context.fault(node, "CS204", "this mapping is empty", f"it is {self.what}")
        found: dict[str, tuple[T, ScalarNode]] = {}
        for key_node, value_node in node.value:
            key = self.key.checked(key_node, context)
            context.owner = key_node
            value = self.value.read(value_node, context)
            if key is not INVALID and value is not INVALID:
                found.setdefault(key, (value, key_node))
        return found

    def schema(self, definitions: Schema) -> Schema:
        """An object."""
        schema: Schema = {
            "type": "object",
            "additionalProperties": self.value.schema(definitions),
        }
        if self.key.pattern:
            schema["propertyNames"] = {"pattern": f"^({self.key.pattern})$"}
        if not self.empty:
            schema["minProperties"] = 1
        return schema


@dataclass(frozen=True, slots=True)
class Either(Generic[T, U]):
    """One type for scalars, another for mappings."""

    scalar: Type[T]
    mapping: Type[U]
    what: str

    def read(self, node: Node, context: Context) -> T | U | Invalid:
        """The value of the type that fits."""
        if isinstance(node, MappingNode):
            return self.mapping.read(node, context)
        if isinstance(node, ScalarNode):
            return self.scalar.read(node, context)
        return context.wrong(node, self.what, "as in `en: text`, one line per locale")

    def schema(self, definitions: Schema) -> Schema:
        """Either of the two."""
        return {"anyOf": [self.scalar.schema(definitions), self.mapping.schema(definitions)]}


@dataclass(frozen=True, slots=True)
class Shared(Generic[T]):
    """A type that stands once in the JSON Schema, under a name."""

    name: str
    doc: str
    type: Type[T]

    def read(self, node: Node, context: Context) -> T | Invalid:
        """What the type reads."""
        return self.type.read(node, context)

    def schema(self, definitions: Schema) -> Schema:
        """A reference."""
        if self.name not in definitions:
            definitions[self.name] = {"description": self.doc, **self.type.schema(definitions)}
        return {"$ref": f"#/definitions/{self.name}"}
