"""A Difference to the lines of a diff."""

from __future__ import annotations

from difflib import unified_diff
from itertools import takewhile
from typing import TYPE_CHECKING

from callsheet.layout import columns
from callsheet.verify.reports._lines import cut, short, split

if TYPE_CHECKING:
    from callsheet.verify.differences import Difference

_EXPECTED, _GOT = "- expected  ", "+ got       "
#: Lines of a diff that are shown, and that are compared from the first one that differs.
_SHOWN, _COMPARED = 60, 400
#: Equal lines around a change.
_AROUND = 3
#: Shorter values need no caret.
_GLANCE = 20


def diff(difference: Difference) -> list[str]:
    """The place, what was expected and what came; a text of several lines line by line."""
    expected, actual = split(difference.expected), split(difference.actual)
    if len(expected) <= 1 and len(actual) <= 1:
        lines = _values(difference.expected, difference.actual)
    else:
        lines = cut(_texts(expected, actual), _SHOWN, "line")
    return [f"{short(difference.what)}:", *lines]


def _values(expected: str, actual: str) -> list[str]:
    one, other = _seen(expected), _seen(actual)
    lines = [f"{_EXPECTED}{one}".rstrip(), f"{_GOT}{other}".rstrip()]
    if one == other:
        return [*lines, "  (they differ after what is shown)"]
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    if not same or max(len(one), len(other)) <= _GLANCE:
        return lines
    return [*lines, " " * (len(_GOT) + columns(one[:same])) + "^"]


def _seen(text: str) -> str:
    """One line, with the blanks at its end to be seen."""
    shown = short(text)
    words = shown.rstrip(" ")
    return words + "\\x20" * (len(shown) - len(words))


def _texts(expected: list[str], actual: list[str]) -> list[str]:
    pairs = zip(expected, actual, strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    start = max(0, same - _AROUND)
    old, new = expected[start : start + _COMPARED], actual[start : start + _COMPARED]
    changes = list(unified_diff(old, new, "expected", "got", n=_AROUND, lineterm=""))
    body = [line for line in changes[2:] if not line.startswith("@@")]
    if not body:
        return ["  (they differ in a line end)"]
    return ["--- expected", "+++ got", *(f"{line[:1]} {_seen(line[1:])}" for line in body)]
