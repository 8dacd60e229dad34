"""What the verifier finds: a Difference names a place, what was declared there, and what came."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

#: Characters of a value that are shown, and of them before the place where two part.
_LONGEST, _BEFORE = 300, 100


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
    return _cut(repr(value), 0)


def parted(expected: str, actual: str) -> tuple[str, str]:
    """Two texts for a report; where they are long, what lies around the place where they part."""
    if max(len(expected), len(actual)) <= _LONGEST:
        return expected, actual
    pairs = zip(expected, actual, strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    start = max(0, same - _BEFORE) if same > _LONGEST // 2 else 0
    return _cut(expected, start), _cut(actual, start)


def _cut(text: str, start: int) -> str:
    end = start + _LONGEST
    before = f"({start} characters) …" if start else ""
    after = f"… ({len(text)} characters)" if len(text) > end else ""
    return f"{before}{text[start:end]}{after}"


def differ(what: str, expected: object, actual: object) -> list[Difference]:
    """A difference where two values are not equal, else none."""
    if expected == actual:
        return []
    return [Difference(what, *parted(repr(expected), repr(actual)))]
