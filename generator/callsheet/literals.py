"""Base literal writer, JSON-shaped: a spec's values to one language's source, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from callsheet.errors import Unsupported
from callsheet.layout import Doc, Items, Pair, Style, columns, lay
from callsheet.values import Env, Json, Local, Number, Text, joined, literal
from callsheet.wire import quoted, scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from callsheet.message import Header
    from callsheet.results import Result
    from callsheet.spec.model import Output

#: Doubles print in shortest form without an exponent between these in every language we write.
_PLAIN_FLOAT_LOW, _PLAIN_FLOAT_HIGH = 1e-4, 1e15


@dataclass(frozen=True, slots=True)
class Given:
    """What an SDK's call is given.

    Attributes:
        style: As in a binding: `kwargs`, `object`, …
        positional: Arguments before the body's fields.
        named: The body's fields.
        options: Arguments for further headers and the query.
    """

    style: str
    positional: list[str]
    named: list[tuple[str, Doc]]
    options: list[tuple[str, Doc]]


class Literals:
    """Writes values as a language's literals; a language states only its differences.

    Attributes:
        style: Line width and indentation of the language's formatter.
        words: How null, true and false are spelled.
        array: Brackets of a list.
        map: Brackets of a mapping.
        pad: What stands inside the brackets of a mapping on one line.
        colon: Between a key and its value.
        trailing: After the last item of a broken list.
        whole_low: Lowest integer that the language and its JSON writer carry exactly.
        whole_high: Highest such integer.
        whole_floats: Whether `1.0` stays `1.0` when the language writes JSON.
        surrogates: Whether its strings can hold a lone surrogate.
    """

    style: ClassVar[Style] = Style()
    words: ClassVar[Mapping[bool | None, str]] = {None: "null", True: "true", False: "false"}
    array: ClassVar[tuple[str, str]] = ("[", "]")
    map: ClassVar[tuple[str, str]] = ("{", "}")
    pad: ClassVar[str] = ""
    colon: ClassVar[str] = ": "
    trailing: ClassVar[str] = ","
    whole_low: ClassVar[int] = -(2**63)
    whole_high: ClassVar[int] = 2**63 - 1
    whole_floats: ClassVar[bool] = True
    surrogates: ClassVar[bool] = False

    @property
    def filters(self) -> Mapping[str, Callable[..., object]]:
        """Further filters of the language's templates."""
        return {}

    # --- text -----------------------------------------------------------------------------

    def string(self, text: str) -> str:
        """A string literal."""
        raise NotImplementedError

    def env(self, env: Env) -> str:
        """An expression that reads a variable of the environment and fails if it is unset."""
        raise NotImplementedError

    def local(self, name: str) -> str:
        """An expression for what the snippet holds in a local."""
        return name

    def variable(self, env: Env) -> str:
        """An expression for a part of a text that is known only when the snippet runs."""
        return self.local(env.name) if isinstance(env, Local) else self.env(env)

    def text(self, text: Text) -> str:
        """An expression for text that may hold parts of the environment."""
        if not text.env:
            return self.string(literal(text))
        return self.concat(text.parts)

    def concat(self, parts: tuple[str | Env, ...]) -> str:
        """Parts joined, where at least one comes from the environment."""
        words = [
            self.variable(part) if isinstance(part, Env) else self.string(part) for part in parts
        ]
        return " + ".join(words)

    def block(self, text: str) -> Doc:
        """Text of several lines in the form that reads best; a plain string otherwise."""
        return self.string(text)

    def comment(self, text: str) -> str:
        """One comment line that cannot end early."""
        raise NotImplementedError

    # --- JSON values ----------------------------------------------------------------------

    def value(self, value: Json) -> Doc:
        """A native literal of a JSON value.

        Raises:
            Unsupported: The language cannot carry it; ask `lacks` first.
        """
        reason = self.lacks(value)
        if reason:
            raise Unsupported(reason)
        return self._value(value)

    def _value(self, value: Json) -> Doc:
        if value is None or isinstance(value, bool):
            return self.words[value]
        if isinstance(value, Number):
            return self.number(value)
        if isinstance(value, str):
            return self.string(value)
        if isinstance(value, Env):
            return self.variable(value)
        if isinstance(value, list):
            return self.list_of([self._value(item) for item in value], value)
        return self.map_of([(key, self._value(item)) for key, item in value.items()])

    def number(self, number: Number) -> str:
        """A number literal; `lacks` has said that the lexeme survives."""
        return number.lexeme

    def list_of(self, items: list[Doc], _values: list[Json]) -> Doc:
        """A list literal."""
        return Items(self.array[0], tuple(items), self.array[1], self.trailing)

    def map_of(self, pairs: list[tuple[str, Doc]]) -> Doc:
        """A mapping literal."""
        items = tuple(Pair(self.key(key) + self.colon, item) for key, item in pairs)
        return Items(self.map[0], items, self.map[1], self.trailing, self.pad)

    def key(self, key: str) -> str:
        """A mapping's key."""
        return self.string(key)

    def lacks(self, value: Json) -> str:
        """Why the language's own values would not reach the wire as written; "" if they would."""
        if isinstance(value, Number):
            return "" if self.carries(value.lexeme) else f"{value.lexeme} would be sent otherwise"
        if isinstance(value, str):
            return self._lacks_text(value)
        if isinstance(value, list):
            return next((reason for item in value if (reason := self.lacks(item))), "")
        if isinstance(value, dict):
            inside = (self._lacks_text(key) or self.lacks(item) for key, item in value.items())
            return next((reason for reason in inside if reason), "")
        return ""

    def _lacks_text(self, text: str) -> str:
        if text.isascii() or self.surrogates or not any("\ud800" <= c <= "\udfff" for c in text):
            return ""
        return "a lone surrogate cannot stand in its strings"

    def carries(self, lexeme: str) -> bool:
        """Whether a number survives the way through the language's own number and JSON writer."""
        if lexeme.lstrip("-").isdigit():
            return lexeme != "-0" and self.whole_low <= int(lexeme) <= self.whole_high
        value = float(lexeme)
        plain = value == 0 or _PLAIN_FLOAT_LOW <= abs(value) < _PLAIN_FLOAT_HIGH
        if repr(value) != lexeme or not plain:
            return False
        return self.whole_floats or not lexeme.endswith(".0")

    # --- JSON text ------------------------------------------------------------------------

    def wire(self, value: Json) -> Doc:
        """The exact JSON text of a value in the language's best string form."""
        return self.block(pretty(value))

    # --- arguments ------------------------------------------------------------------------

    def block_of(self, text: Text) -> Doc:
        """Text of several lines, or an expression where parts come from the environment."""
        if text.env:
            return self.text(text)
        return self.block(literal(text))

    def header(self, line: Header) -> str:
        """A header as one line of text."""
        return self.text(line.name + joined(": ") + line.value)

    def headers(self, lines: tuple[Header, ...], *more: tuple[str, str]) -> Doc:
        """Header lines as a mapping; a client that cannot repeat a name says so in its head.

        Args:
            lines: The headers.
            more: Further names, with code of their values.
        """
        pairs = [(literal(line.name), self.text(line.value)) for line in lines]
        return self.map_of([*pairs, *more])

    def call(self, name: str, *arguments: Doc) -> Doc:
        """A call of a function; its arguments break as the language's formatter breaks them."""
        return Items(f"{name}(", arguments, ")", self.trailing)

    def arguments(self, given: Given) -> Doc:
        """The arguments of an SDK's call, parentheses included.

        Raises:
            Unsupported: The language has no such style.
        """
        raise Unsupported(f"`{given.style}` arguments cannot be written in this language")

    # --- the response ---------------------------------------------------------------------

    def at(self, base: str, result: Result) -> str:
        """An expression for the value at a path below `base`; nothing where it is optional."""
        raise NotImplementedError

    def loose_at(self, base: str, result: Result) -> str:
        """The same for a stream's event, in which any step may find nothing."""
        return self.at(base, result)

    def reach(self, base: str, result: Result, name: str, room: int) -> list[str]:
        """The value at a path in steps that each fit a line.

        Args:
            base: Where the path starts.
            result: The path.
            name: The local that each step but the last is assigned to.
            room: Columns that an expression may take.

        Returns:
            Expressions; all but the first start from `name`.
        """
        found = [self.at(base, result)]
        while columns(found[-1]) > room and len(result.steps) > 1:
            start = base if len(found) == 1 else name
            fits = (
                n for n in range(len(result.steps) - 1, 1, -1) if self._fits(start, result, n, room)
            )
            cut = next(fits, 1)
            found[-1:] = [self.at(start, result.head(cut)), self.at(name, result.tail(cut))]
            result = result.tail(cut)
        return found

    def _fits(self, base: str, result: Result, length: int, room: int) -> bool:
        return columns(self.at(base, result.head(length))) <= room

    def guard(self, base: str, result: Result) -> str:
        """The list that must not be empty before the path can be followed, or ""."""
        for index, step in enumerate(result.steps):
            if isinstance(step, int):
                return self.at(base, result.head(index))
        return ""

    def shape(self, result: Result) -> Doc:
        """A type that the response is decoded into, for languages that declare one."""
        raise NotImplementedError

    def attributes(self, base: str, result: Result) -> Output:
        """How an SDK's object is asked for the value at a path."""
        raise Unsupported(f"the binding does not say how `{base}` gives `{result.path}`")


class _JsonText(Literals):
    """JSON itself, laid out for reading: two spaces, a flat list where it fits."""

    style = Style(width=80, indent="  ")
    trailing = ""

    def string(self, text: str) -> str:
        return quoted(text)

    def number(self, number: Number) -> str:
        return scalar(number)

    def env(self, env: Env) -> str:
        raise Unsupported(f"${env.name} inside JSON text")


_JSON = _JsonText()


def pretty(value: Json) -> str:
    """JSON text for reading; its lines fit 80 columns where they can."""
    return lay(_JSON._value(value), _JSON.style)  # noqa: SLF001  its own module's writer
