"""What a spec says, typed so that it cannot be printed by accident: Number, Env, Text, Value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Number:
    """A JSON number as it was written: `1.10`, `1e400` and 20-digit integers keep their lexeme."""

    lexeme: str


@dataclass(frozen=True, slots=True)
class Env:
    """A value that the reader's environment holds when the snippet runs.

    Attributes:
        name: The variable's name.
        escape: "" as it is, or "url" percent-encoded where it lands.
    """

    name: str
    escape: str = ""


@dataclass(frozen=True, slots=True)
class Local(Env):
    """A value that the snippet itself finds out, in a local of this name: `token`, `signature`."""


Json = None | bool | Number | str | Env | list["Json"] | dict[str, "Json"]


class Unwritten(TypeError):  # noqa: N818  names the fault, not the class of error
    """A template printed a value of the spec without a filter of its language."""


class Guarded:
    """Refuses to become text: only a language's literal writer may write it."""

    __slots__ = ()

    def __str__(self) -> NoReturn:
        raise Unwritten(f"{self!r} was printed without a filter (lit, value, wire, comment …)")

    __format__ = None  # type: ignore[assignment]
    __html__ = __str__


@dataclass(frozen=True, slots=True, repr=True)
class Text(Guarded):
    """Text of the spec, in which parts may come from the environment; never a bare `str`.

    Compares equal to a plain `str` of the same content, so that a template may ask, but not print.
    """

    parts: tuple[str | Env, ...]

    __str__ = Guarded.__str__

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            return self.parts == (other,) or (not other and not self.parts)
        return isinstance(other, Text) and self.parts == other.parts

    def __hash__(self) -> int:
        return hash(self.parts)

    def __bool__(self) -> bool:
        return bool(self.parts)

    def __add__(self, other: Text) -> Text:
        return joined(*self.parts, *other.parts)

    def __iter__(self) -> Iterator[str | Env]:
        return iter(self.parts)

    @property
    def env(self) -> tuple[Env, ...]:
        """The parts that come from the environment, in order, and those that are found out."""
        return tuple(part for part in self.parts if isinstance(part, Env))


EMPTY = Text(())


@dataclass(frozen=True, slots=True, repr=True, eq=False)
class Value(Guarded):
    """A JSON value of the spec on its way into a template."""

    json: Json

    __str__ = Guarded.__str__


def joined(*parts: str | Env) -> Text:
    """A Text of these parts; neighbouring literals are merged and empty ones dropped."""
    merged: list[str | Env] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        elif part != "":
            merged.append(part)
    return Text(tuple(merged))


def literal(text: Text) -> str:
    """The content of a Text that holds nothing of the environment.

    Raises:
        ValueError: A part comes from the environment.
    """
    if text.env:
        raise ValueError(f"needs ${text.env[0].name} of the environment")
    return fixed(text)


def fixed(text: Text) -> str:
    """What of a Text does not come from the environment."""
    return "".join(part for part in text.parts if isinstance(part, str))


def env_names(value: Json) -> Iterator[str]:
    """Names of the environment variables in a JSON value, in order, repeats included."""
    if isinstance(value, Env):
        yield value.name
    elif isinstance(value, list):
        for item in value:
            yield from env_names(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from env_names(item)
