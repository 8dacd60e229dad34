"""Which value of the response a snippet writes, seen against every declared response and event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from callsheet.spec.bodies import found
from callsheet.spec.scalars import from_json
from callsheet.values import Guarded, Number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.spec.model import Example, Response


@dataclass(frozen=True, slots=True, repr=True, eq=True)
class Result(Guarded):
    """Which value of the response a snippet writes.

    Attributes:
        steps: Names and indexes from the response's root.
        optional: For each step, whether a declared event or response lacks it.
        kind: What the declared value is: text, number, or json for all else.
    """

    steps: tuple[str | int, ...]
    optional: tuple[bool, ...]
    kind: Literal["text", "number", "json"] = "json"

    __str__ = Guarded.__str__

    def head(self, length: int) -> Result:
        """The first steps alone."""
        return Result(self.steps[:length], self.optional[:length], self.kind)

    @property
    def certain(self) -> Result:
        """The same, where every step is known to be there."""
        return Result(self.steps, (False,) * len(self.steps), self.kind)

    def tail(self, start: int) -> Result:
        """The steps after the first ones."""
        return Result(self.steps[start:], self.optional[start:], self.kind)

    @property
    def text(self) -> bool:
        """Whether the value is text."""
        return self.kind == "text"

    @property
    def path(self) -> str:
        """The steps as `prints` writes them."""
        words = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.steps)
        return "".join(words).removeprefix(".")


def result_of(example: Example) -> Result | None:
    """What the snippets of an example write, seen against every declared event."""
    if not example.prints:
        return None
    answers = list(documents(example.response))
    steps = example.prints
    optional = tuple(_missing(answers, steps[:end]) for end in range(1, len(steps) + 1))
    values = [_walk(document, steps) for document in answers if found(document, steps)]
    return Result(steps, optional, _kind([value for value in values if value is not None]))


def _kind(values: list[Any]) -> Literal["text", "number", "json"]:
    if values and all(isinstance(value, str) for value in values):
        return "text"
    return "number" if values and all(isinstance(v, Number) for v in values) else "json"


def documents(response: Response) -> Iterator[Any]:
    """The JSON values of a response: its body, or those of its events that are JSON."""
    if response.kind == "json":
        yield response.content
    elif isinstance(response.content, tuple):
        yield from (from_json(event.data) for event in response.content if is_json(event.data))


def is_json(text: str) -> bool:
    """Whether a text is JSON."""
    try:
        from_json(text)
    except ValueError:
        return False
    return True


def _missing(answers: list[Any], steps: tuple[str | int, ...]) -> bool:
    """Whether some document has the step's parent but not the step, or null there."""
    parents = [document for document in answers if found(document, steps[:-1])]
    return not all(found(parent, steps) and _walk(parent, steps) is not None for parent in parents)


def _walk(document: Any, steps: tuple[str | int, ...]) -> Any:  # noqa: ANN401
    for step in steps:
        document = document[step]
    return document
