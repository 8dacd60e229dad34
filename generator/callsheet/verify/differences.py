"""What the verifier finds: a Difference names a place, what was declared there, and what came."""

from __future__ import annotations

from dataclasses import dataclass

_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Difference:
    """One finding.

    Attributes:
        what: The place, such as "method" or "body at messages[0].content".
        expected: What the spec declares.
        actual: What arrived or was printed.
    """

    what: str
    expected: str
    actual: str

    def __str__(self) -> str:
        return f"{self.what}: expected {self.expected}, got {self.actual}"


def shown(value: object) -> str:
    """A value for a report: quoted, controls escaped, cut where it is long."""
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… ({len(text)} characters)"


def differ(what: str, expected: object, actual: object) -> list[Difference]:
    """A difference where two values are not equal, else none."""
    return [] if expected == actual else [Difference(what, shown(expected), shown(actual))]
