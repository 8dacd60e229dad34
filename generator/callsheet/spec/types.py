"""Types of the spec format: each reads a node into a value and describes itself as JSON Schema."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from callsheet.errors import Diagnostic, suggest
from callsheet.spec.jsonvalues import json_of
from callsheet.spec.load import PLAIN, MappingNode, Node, ScalarNode, SequenceNode, fault
from callsheet.spec.scalars import plain
from callsheet.values import Env, Number, Text, joined

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Schema = dict[str, Any]
INVALID: Final = object()
ENV_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(slots=True)
class Context:
    """What reading needs and gathers: the spec's folder, the faults, the files it included."""

    root: Path
    faults: list[Diagnostic] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)

    def fault(self, node: Node, code: str, message: str, way_out: str = "") -> Any:  # noqa: ANN401
        """Notes a fault at a node; what is read there is INVALID."""
        self.faults.append(fault(node, code, message, way_out))
        return INVALID

    def wrong(self, node: Node, wanted: str) -> Any:  # noqa: ANN401
        """Notes that a node is of another type than wanted."""
        return self.fault(node, "CS203", f"this must be {wanted}, not {kind_of(node)}")


def kind_of(node: Node) -> str:
    """What a node is, in the user's words."""
    if isinstance(node, MappingNode):
        return "a mapping"
    if isinstance(node, SequenceNode):
        return "a list"
    if node.tag.startswith("!"):
        return f"`{node.tag}`"
    value = _typed(node)
    if value is None:
        return "empty"
    return {bool: "a boolean", Number: "a number"}.get(type(value), "text")


def _typed(node: Node) -> Any:  # noqa: ANN401
    try:
        return plain(node.value) if node.tag == PLAIN else node.value
    except ValueError:
        return node.value


class Type:
    """What a node may be."""

    def read(self, node: Node, context: Context) -> Any:  # noqa: ANN401
        """The node's value, or INVALID once its faults are noted."""
        raise NotImplementedError

    def schema(self) -> Schema:
        """The same as JSON Schema (draft-07)."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Str(Type):
    """Text in one piece; `check` answers a complaint or ""."""

    what: str = "text"
    pattern: str = ""
    check: Callable[[str], tuple[str, str] | None] | None = None

    def read(self, node: Node, context: Context) -> Any:
        if not isinstance(node, ScalarNode) or node.tag.startswith("!"):
            return context.wrong(node, self.what)
        if not isinstance(_typed(node), str):
            message = f"this must be {self.what}, not {kind_of(node)}"
            way_out = f'put it in quotes: "{node.value}"' if node.value else ""
            return context.fault(node, "CS203", message, way_out)
        complaint = self.check(node.value) if self.check else None
        if complaint is None and self.pattern and not re.fullmatch(self.pattern, node.value):
            complaint = f"`{node.value}` is not {self.what}", ""
        return context.fault(node, "CS204", *complaint) if complaint else node.value

    def schema(self) -> Schema:
        return {"type": "string", **({"pattern": f"^{self.pattern}$"} if self.pattern else {})}


@dataclass(frozen=True, slots=True)
class Scalar(Type):
    """Text that is sent: any scalar as it is written, or `!env NAME`."""

    check: Callable[[str], tuple[str, str] | None] | None = None

    def read(self, node: Node, context: Context) -> Any:
        if not isinstance(node, ScalarNode):
            return context.wrong(node, "text")
        if node.tag == "!env":
            return env_of(node, context)
        if node.tag.startswith("!"):
            return context.wrong(node, "text or `!env NAME`")
        if node.tag == PLAIN and _typed(node) is None:
            return context.fault(node, "CS203", "a value is missing", 'empty text is written ""')
        complaint = self.check(node.value) if self.check else None
        return context.fault(node, "CS204", *complaint) if complaint else joined(node.value)

    def schema(self) -> Schema:
        return {"type": ["string", "number", "boolean"]}


def env_of(node: Node, context: Context) -> Any:  # noqa: ANN401
    """The Text of `!env NAME`."""
    if not ENV_NAME.fullmatch(node.value):
        message = f"`{node.value}` is not the name of an environment variable"
        return context.fault(node, "CS204", message, _ENV_HELP)
    return Text((Env(node.value),))


_ENV_HELP = "letters, digits and `_`, not starting with a digit"


@dataclass(frozen=True, slots=True)
class Int(Type):
    """A whole number in a range."""

    low: int
    high: int
    what: str

    def read(self, node: Node, context: Context) -> Any:
        value = _typed(node) if isinstance(node, ScalarNode) else None
        if not isinstance(value, Number) or not value.lexeme.lstrip("-").isdigit():
            return context.wrong(node, self.what)
        number = int(value.lexeme)
        if not self.low <= number <= self.high:
            way_out = f"from {self.low} to {self.high}"
            return context.fault(node, "CS204", f"{number} is not {self.what}", way_out)
        return number

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True, slots=True)
class Enum(Type):
    """One of a few words."""

    words: tuple[str, ...]
    what: str

    def read(self, node: Node, context: Context) -> Any:
        if not isinstance(node, ScalarNode):
            return context.wrong(node, self.what)
        if node.value not in self.words:
            message = f"unknown {self.what} `{node.value}`"
            return context.fault(node, "CS204", message, suggest(node.value, self.words))
        return node.value

    def schema(self) -> Schema:
        return {"enum": list(self.words)}


@dataclass(frozen=True, slots=True)
class JsonValue(Type):
    """Any JSON value, with `!env`, `!json` and `!include` inside."""

    what: str = "a JSON value"

    def read(self, node: Node, context: Context) -> Any:
        before = len(context.faults)
        value = json_of(node, context)
        return value if len(context.faults) == before else INVALID

    def schema(self) -> Schema:
        return {}


@dataclass(frozen=True, slots=True)
class ListOf(Type):
    """A list, or one item where `single` allows it; read as a tuple of (value, node)."""

    item: Type
    what: str
    single: bool = False
    empty: bool = True

    def read(self, node: Node, context: Context) -> Any:
        if not isinstance(node, SequenceNode):
            if not self.single:
                return context.wrong(node, self.what)
            value = self.item.read(node, context)
            return INVALID if value is INVALID else ((value, node),)
        if not node.value and not self.empty:
            return context.fault(node, "CS204", "this list is empty")
        values = [(self.item.read(item, context), item) for item in node.value]
        return INVALID if any(value is INVALID for value, _ in values) else tuple(values)

    def schema(self) -> Schema:
        many: Schema = {"type": "array", "items": self.item.schema()}
        if not self.empty:
            many["minItems"] = 1
        return {"anyOf": [self.item.schema(), many]} if self.single else many


@dataclass(frozen=True, slots=True)
class MapOf(Type):
    """A mapping with keys of the user's; read as {key: (value, key node)}."""

    value: Type
    what: str
    key: Str = field(default_factory=Str)

    def read(self, node: Node, context: Context) -> Any:
        if not isinstance(node, MappingNode):
            return context.wrong(node, self.what)
        found: dict[str, tuple[Any, Node]] = {}
        valid = True
        for key_node, value_node in node.value:
            key = self.key.read(key_node, context)
            value = self.value.read(value_node, context)
            valid = valid and key is not INVALID and value is not INVALID
            found[key_node.value] = (value, key_node)
        return found if valid else INVALID

    def schema(self) -> Schema:
        names = {"propertyNames": {"pattern": f"^{self.key.pattern}$"}} if self.key.pattern else {}
        return {"type": "object", "additionalProperties": self.value.schema(), **names}


@dataclass(frozen=True, slots=True)
class Either(Type):
    """One type for scalars, another for lists or mappings."""

    scalar: Type
    other: Type

    def read(self, node: Node, context: Context) -> Any:
        chosen = self.scalar if isinstance(node, ScalarNode) else self.other
        return chosen.read(node, context)

    def schema(self) -> Schema:
        return {"anyOf": [self.scalar.schema(), self.other.schema()]}
