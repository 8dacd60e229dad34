"""Records: mappings with known keys. In: a mapping node; out: its values and where each stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from callsheet.errors import nearest, quoted
from callsheet.spec.nodes import FAULTY, MappingNode, Node, ScalarNode
from callsheet.spec.types import INVALID, Context, Enum, Invalid, Schema, Type

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a record: its type, what it is for, and whether it must be there."""

    type: Type[object]
    doc: str
    required: bool = False

    def schema(self, definitions: Schema) -> Schema:
        """The type's schema with what the key is for; draft-07 reads nothing beside `$ref`."""
        schema = self.type.schema(definitions)
        if "$ref" in schema:
            schema = {"allOf": [schema]}
        return {"description": self.doc, **schema}


@dataclass(frozen=True, slots=True)
class Rec:
    """A record that was read.

    Attributes:
        node: Its mapping.
        owner: Where a key that it lacks is shown.
        values: The values of its valid keys.
        nodes: The nodes of its known keys' values, valid or not.
        keys: The nodes of its known keys.
    """

    node: Node
    owner: Node
    values: dict[str, Any] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, ScalarNode] = field(default_factory=dict)

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a key, or the default where it is absent or was faulty."""
        return self.values.get(key, default)

    def at(self, key: str) -> Node:
        """The node of a key's value, or the record's own."""
        return self.nodes.get(key, self.node)

    def entries(self, key: str) -> list[tuple[ScalarNode, Node]] | None:
        """The entries of a mapping below a key, valid or not; None where they cannot be known."""
        node = self.nodes.get(key)
        if node is None:
            return [] if self.node.tag != FAULTY else None
        return node.value if isinstance(node, MappingNode) and node.tag != FAULTY else None

    def names(self, key: str) -> frozenset[str] | None:
        """The keys of a mapping below a key, valid or not; None where they cannot be known."""
        entries = self.entries(key)
        return None if entries is None else frozenset(name.value for name, _ in entries)


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with known keys.

    A faulty value does not hide the faults of its neighbours: what could be read is read, so
    `read` answers a Rec even after faults, and INVALID only for what is no mapping.

    Attributes:
        name: What it is, in the user's words.
        keys: Its keys.
        one_of: Of these keys exactly one must be there (or at most one, with `optional`).
        optional: Whether none of `one_of` may be there.
        shorthand: A key that a plain text stands for.
        elsewhere: Keys that are looked for here by mistake → the record that has them.
    """

    name: str
    keys: Mapping[str, Key]
    one_of: tuple[str, ...] = ()
    optional: bool = False
    shorthand: str = ""
    elsewhere: Mapping[str, str] = field(default_factory=dict)

    def read(self, node: Node, context: Context) -> Rec | Invalid:
        """The record."""
        owner = context.owner or node
        if isinstance(node, ScalarNode) and self.shorthand and node.value:
            value = self.keys[self.shorthand].type.read(node, context)
            return INVALID if value is INVALID else Rec(node, owner, {self.shorthand: value})
        if not isinstance(node, MappingNode):
            return context.wrong(node, f"{self.name} (a mapping)", self._way_out())
        values, nodes, keys, unknown = self._read_keys(node, context)
        if node.tag == FAULTY:
            context.skipped += 1
        else:
            self._check_missing(owner, keys, unknown, context)
        self._check_choice(keys, context)
        return Rec(node, owner, values, nodes, keys)

    def _way_out(self) -> str:
        """What a mapping of this kind looks like."""
        needed = [name for name, key in self.keys.items() if key.required] or self.one_of[:3]
        if not needed:
            return "write `{}` where nothing is to be said"
        return "it has the keys " + ", ".join(f"`{name}`" for name in needed)

    def _read_keys(
        self, node: MappingNode, context: Context
    ) -> tuple[dict[str, Any], dict[str, Node], dict[str, ScalarNode], list[str]]:
        """Values, value nodes and key nodes by key, and the keys that are not known."""
        values: dict[str, Any] = {}
        nodes: dict[str, Node] = {}
        keys: dict[str, ScalarNode] = {}
        unknown: list[str] = []
        for key_node, value_node in node.value:
            name = key_node.value
            key = self.keys.get(name)
            if key is None:
                unknown.append(name)
                self._note_unknown(key_node, context)
                continue
            context.owner = key_node
            value = key.type.read(value_node, context)
            if name in keys:  # it stands twice, which is noted already
                continue
            keys[name], nodes[name] = key_node, value_node
            if value is not INVALID:
                values[name] = value
        return values, nodes, keys, unknown

    def _note_unknown(self, key_node: ScalarNode, context: Context) -> None:
        name = key_node.value
        message = f"unknown key {quoted(name)} in {self.name}"
        if name in self.elsewhere:
            context.fault(key_node, "CS201", message, f"it is a key of {self.elsewhere[name]}")
        else:
            context.unknown(key_node, "CS201", message, self.keys)

    def _check_missing(
        self, owner: Node, keys: Mapping[str, Node], unknown: list[str], context: Context
    ) -> None:
        """Notes keys that are missing, but for those that an unknown key was probably meant as."""
        there = {*keys, *(nearest(name, self.keys) for name in unknown)}
        for name, key in self.keys.items():
            if key.required and name not in there:
                message = f"{self.name} lacks the key `{name}`"
                context.fault(owner, "CS202", message, f"{name}: {key.doc}")
        if self.one_of and not self.optional and there.isdisjoint(self.one_of):
            choice = ", ".join(f"`{name}`" for name in self.one_of)
            way_out = f"{self.one_of[0]}: {self.keys[self.one_of[0]].doc}"
            context.fault(owner, "CS202", f"{self.name} needs one of {choice}", way_out)

    def _check_choice(self, keys: Mapping[str, Node], context: Context) -> None:
        if not self.one_of:
            return
        given = [name for name in keys if name in self.one_of]
        for name in given[1:]:
            message = f"{self.name} has both `{given[0]}` and `{name}`"
            context.fault(keys[name], "CS304", message, "keep one of them")

    def schema(self, definitions: Schema) -> Schema:
        """A reference to an object with these properties."""
        name = slug(self.name)
        if name not in definitions:
            definitions[name] = {}  # holds the place, in the order of first use
            definitions[name] = self.properties(definitions)
        reference: Schema = {"$ref": f"#/definitions/{name}"}
        if not self.shorthand:
            return reference
        return {"anyOf": [self.keys[self.shorthand].type.schema(definitions), reference]}

    def properties(self, definitions: Schema) -> Schema:
        """The object itself."""
        schema: Schema = {
            "description": self.name,
            "type": "object",
            "properties": {name: key.schema(definitions) for name, key in self.keys.items()},
            "additionalProperties": False,
        }
        required = [name for name, key in self.keys.items() if key.required]
        if required:
            schema["required"] = required
        if self.one_of:
            alone: list[Schema] = [{"required": [name]} for name in self.one_of]
            schema["oneOf"] = [*alone, {"not": {"anyOf": alone}}] if self.optional else alone
        return schema


def slug(name: str) -> str:
    """A record's name without its article, as a definition's name."""
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"^(an?|the) ", "", name)).strip("-")


@dataclass(frozen=True, slots=True)
class Variants:
    """A record whose further keys depend on the value of one.

    Attributes:
        name: What it is, in the user's words.
        key: The key that tells.
        what: What that key's value is.
        doc: What that key is for.
        cases: Its value → the record that holds then.
    """

    name: str
    key: str
    what: str
    doc: str
    cases: Mapping[str, Record]

    def read(self, node: Node, context: Context) -> Rec | Invalid:
        """The record of the case; without a known case, its key alone."""
        if not isinstance(node, MappingNode):
            return context.wrong(node, f"{self.name} (a mapping)", f"it has the key `{self.key}`")
        chosen = next((value for key, value in node.value if key.value == self.key), None)
        if isinstance(chosen, ScalarNode) and chosen.value in self.cases:
            return self.cases[chosen.value].read(node, context)
        keys = {
            name: replace(key, required=False)
            for case in self.cases.values()
            for name, key in case.keys.items()
        }
        telling = Key(Enum(tuple(self.cases), self.what), self.doc, required=True)
        return Record(self.name, {**keys, self.key: telling}).read(node, context)

    def schema(self, definitions: Schema) -> Schema:
        """A reference to a choice that editors can follow: the key's value decides."""
        name = slug(self.name)
        if name not in definitions:
            definitions[name] = {}
            definitions[name] = {
                "description": self.name,
                "type": "object",
                "properties": {self.key: {"description": self.doc, "enum": list(self.cases)}},
                "required": [self.key],
                "allOf": [
                    {"if": self._is(case), "then": record.schema(definitions)}
                    for case, record in self.cases.items()
                ],
            }
        return {"$ref": f"#/definitions/{name}"}

    def _is(self, case: str) -> Schema:
        return {"properties": {self.key: {"const": case}}, "required": [self.key]}
