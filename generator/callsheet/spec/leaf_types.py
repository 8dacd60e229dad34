"""Types of values that are one piece: text, numbers, words, JSON."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from callsheet.errors import quoted
from callsheet.spec.context import INVALID, Context, Invalid, typed
from callsheet.spec.jsonvalues import env_of, json_of
from callsheet.spec.nodes import PLAIN, Node, ScalarNode, parts_of
from callsheet.spec.source import Complaint
from callsheet.values import Json, Number, Text, joined

Schema = dict[str, object]
#: Answers what is wrong with a text.
Check = Callable[[str], Complaint | None]


@dataclass(frozen=True, slots=True)
class Str:
    """Text in one piece.

    Attributes:
        what: What it is, in the user's words.
        pattern: What all of it must match.
        hint: How it is written.
        filler: What may stand for characters that it cannot hold.
        check: Says more exactly what is wrong; the pattern is for editors then.
        refuse: Says what is wrong with a text that matches the pattern.
    """

    what: str = "text"
    pattern: str = ""
    hint: str = "text in one piece: plain, in quotes, or on the lines below `|`"
    filler: str = ""
    check: Check | None = None
    refuse: Check | None = None

    def read(self, node: Node, context: Context) -> str | Invalid:
        """The text."""
        if not isinstance(node, ScalarNode) or node.tag[:1] == "!":
            return context.wrong(node, self.what, self.hint)
        if node.tag == PLAIN and not isinstance(typed(node), str):
            way_out = f'put it in quotes: "{node.value}"' if node.value else self.hint
            return context.wrong(node, self.what, way_out)
        return self.checked(node, context)

    def checked(self, node: Node, context: Context) -> str | Invalid:
        """The text of a scalar of any type, as keys are read."""
        text = str(node.value)
        complaint = None
        if self.check:
            complaint = self.check(text)
        elif self.pattern and not re.fullmatch(self.pattern, text):
            what = quoted(text) if text else "empty text"
            complaint = Complaint(f"{what} is not {self.what}", self._way_out(text))
        elif self.refuse:
            complaint = self.refuse(text)
        return context.complain(node, "CS204", complaint) if complaint else text

    def _way_out(self, text: str) -> str:
        """The nearest text that is allowed, or how one is written."""
        near = re.sub(r"[^A-Za-z0-9]+", self.filler, text).strip(self.filler or None)
        is_near = self.filler and re.fullmatch(self.pattern, near) and 2 * len(near) > len(text)
        return f"did you mean {quoted(near)}?" if is_near else self.hint

    def schema(self, _definitions: Schema) -> Schema:
        """A string."""
        return {"type": "string", **({"pattern": f"^({self.pattern})$"} if self.pattern else {})}


_TEXT = "write the text itself, in quotes where it holds more than a word"


@dataclass(frozen=True, slots=True)
class Scalar:
    """Text that is sent: any scalar as it is written, or `!env NAME`.

    Attributes:
        check: Says what is wrong with a text.
        environment: Whether `!env` may stand here.
    """

    check: Check | None = None
    environment: bool = True

    def read(self, node: Node, context: Context) -> Text | Invalid:
        """The text."""
        if not isinstance(node, ScalarNode):
            return context.wrong(node, "text", _TEXT)
        if node.tag == "!env" and self.environment:
            name = env_of(node, context)
            return Text((name,)) if name else INVALID
        if node.tag[:1] == "!":
            return context.wrong(node, "text or `!env NAME`" if self.environment else "text", _TEXT)
        if node.tag == PLAIN and typed(node) is None:
            return context.wrong(node, "text", 'empty text is written ""')
        complaint = self.check(node.value) if self.check else None
        return context.complain(node, "CS204", complaint) if complaint else joined(node.value)

    def schema(self, _definitions: Schema) -> Schema:
        """A scalar."""
        return {"type": ["string", "number", "boolean"]}


@dataclass(frozen=True, slots=True)
class Int:
    """A whole number in a range."""

    low: int
    high: int
    what: str

    def read(self, node: Node, context: Context) -> int | Invalid:
        """The number."""
        value = typed(node)
        choice = f"from {self.low} to {self.high}"
        choice = choice if self.low < self.high else f"known: `{self.low}`"
        if not isinstance(value, Number) or node.tag != PLAIN:
            return context.wrong(node, self.what, choice)
        lexeme = value.lexeme
        # Longer ones are out of range, and slow to convert.
        number = int(lexeme) if re.fullmatch(r"-?[0-9]{1,9}", lexeme) else self.low - 1
        if self.low <= number <= self.high:
            return number
        return context.fault(node, "CS204", f"{quoted(str(node.value))} is not {self.what}", choice)

    def schema(self, _definitions: Schema) -> Schema:
        """An integer."""
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True, slots=True)
class Enum:
    """One of a few words."""

    words: tuple[str, ...]
    what: str

    def read(self, node: Node, context: Context) -> str | Invalid:
        """The word."""
        if not isinstance(node, ScalarNode) or node.tag[:1] == "!" or not node.value:
            article = "an" if self.what[0] in "aeiou" else "a"
            choice = ", ".join(f"`{word}`" for word in self.words)
            return context.wrong(node, f"{article} {self.what}", f"known: {choice}")
        if node.value in self.words:
            return str(node.value)
        message = f"unknown {self.what} {quoted(node.value)}"
        return context.unknown(node, "CS204", message, self.words)

    def schema(self, _definitions: Schema) -> Schema:
        """An enumeration."""
        return {"enum": list(self.words)}


@dataclass(frozen=True, slots=True)
class JsonValue:
    """Any JSON value, with `!env`, `!json` and `!include` inside.

    Attributes:
        environment: Why `!env` may not stand here, or "" where it may.
    """

    environment: str = ""

    def read(self, node: Node, context: Context) -> Json | Invalid:
        """The value."""
        before, variables = context.count, context.environment
        value = json_of(node, context)
        if self.environment and context.environment > variables:
            context.tag_fault(_env_node(node), self.environment, "write the value itself")
        return value if context.count == before else INVALID

    def schema(self, _definitions: Schema) -> Schema:
        """Anything."""
        return {}


def _env_node(node: Node) -> Node:
    """The first `!env` in a value, or the value itself where an included file holds it."""
    todo = [node]
    while todo:
        found = todo.pop()
        if found.tag == "!env":
            return found
        todo += reversed(parts_of(found))
    return node
