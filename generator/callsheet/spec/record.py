"""Records: mappings with known keys. In: a mapping node; out: its values and where each stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from callsheet.errors import suggest
from callsheet.spec.load import MappingNode, Node, ScalarNode
from callsheet.spec.types import INVALID, Context, Schema, Type

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a record: its type, what it is for, and whether it must be there."""

    type: Type
    doc: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Rec:
    """A record that was read; only valid values are in it."""

    node: Node
    values: dict[str, Any] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Node] = field(default_factory=dict)

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401
        """The value of a key, or the default where it is absent or was faulty."""
        return self.values.get(key, default)

    def at(self, key: str) -> Node:
        """The node of a key's value, or the record's own."""
        return self.nodes.get(key, self.node)


@dataclass(frozen=True, slots=True)
class Record(Type):
    """A mapping with known keys.

    A faulty value does not hide the faults of its neighbours: what could be read is read, so
    `read` answers a Rec even after faults, and INVALID only for what is no mapping.

    Attributes:
        name: What it is, in the user's words.
        keys: Its keys.
        one_of: Of these keys exactly one must be there (or at most one, with `optional`).
        optional: Whether none of `one_of` may be there.
        shorthand: A key that a plain text stands for.
    """

    name: str
    keys: Mapping[str, Key]
    one_of: tuple[str, ...] = ()
    optional: bool = False
    shorthand: str = ""

    def read(self, node: Node, context: Context) -> Any:
        if isinstance(node, ScalarNode) and self.shorthand:
            value = self.keys[self.shorthand].type.read(node, context)
            return INVALID if value is INVALID else Rec(node, {self.shorthand: value})
        if not isinstance(node, MappingNode):
            return context.wrong(node, f"{self.name} (a mapping)")
        rec = Rec(node)
        for key_node, value_node in node.value:
            self._read_key(rec, key_node, value_node, context)
        self._check(rec, context)
        return rec

    def _read_key(self, rec: Rec, key_node: Node, value_node: Node, context: Context) -> None:
        name = key_node.value
        key = self.keys.get(name)
        if key is None:
            message = f"unknown key `{name}` in {self.name}"
            context.fault(key_node, "CS201", message, suggest(name, self.keys))
            return
        rec.keys[name] = key_node
        rec.nodes[name] = value_node
        value = key.type.read(value_node, context)
        if value is not INVALID:
            rec.values[name] = value

    def _check(self, rec: Rec, context: Context) -> None:
        for name, key in self.keys.items():
            if key.required and name not in rec.keys:
                way_out = f"{name}: {key.doc}"
                context.fault(rec.node, "CS202", f"{self.name} lacks the key `{name}`", way_out)
        given = [name for name in self.one_of if name in rec.keys]
        if len(given) > 1:
            message = f"{self.name} has both `{given[0]}` and `{given[1]}`"
            context.fault(rec.keys[given[1]], "CS304", message, "keep one of them")
        elif self.one_of and not given and not self.optional:
            choice = ", ".join(f"`{name}`" for name in self.one_of)
            context.fault(rec.node, "CS202", f"{self.name} needs one of {choice}")

    def schema(self) -> Schema:
        properties = {
            name: {"description": key.doc, **key.type.schema()} for name, key in self.keys.items()
        }
        mapping: Schema = {
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
        }
        required = [name for name, key in self.keys.items() if key.required]
        if required:
            mapping["required"] = required
        if self.one_of:
            alone = [{"required": [name]} for name in self.one_of]
            mapping["oneOf"] = [*alone, {"not": {"anyOf": alone}}] if self.optional else alone
        if self.shorthand:
            return {"anyOf": [self.keys[self.shorthand].type.schema(), mapping]}
        return mapping
