"""A declared JSON value and the bytes that arrived to Differences, each at its deepest place."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from callsheet.spec.scalars import from_json
from callsheet.values import Json, Number
from callsheet.verify.differences import Difference, parted, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

_MISSING = object()


def json_differences(
    declared: Json, body: bytes, adds: tuple[str, ...] = (), place: str = "body"
) -> list[Difference]:
    """All differences of a JSON text: the value, and blanks around it.

    Args:
        declared: The value.
        body: What arrived.
        adds: Fields of the outermost object that may arrive undeclared.
        place: What the text is called in a report.
    """
    try:
        text = body.decode()
        arrived = from_json(text)
    except (ValueError, RecursionError) as error:
        return [Difference(place, "the declared JSON", f"{shown(body)}: {error}")]
    if isinstance(arrived, dict) and isinstance(declared, dict):
        own = {name for name in adds if name not in declared}
        arrived = {name: value for name, value in arrived.items() if name not in own}
    bare = text == text.strip()
    around = [] if bare else [Difference(place, "no blanks around it", shown(text))]
    return [*around, *_values(declared, arrived, place, "")]


def _values(declared: object, arrived: object, place: str, path: str) -> Iterator[Difference]:
    """Differences of two values; numbers by their lexemes."""
    if isinstance(declared, dict) and isinstance(arrived, dict):
        for key in dict.fromkeys((*declared, *arrived)):
            one, other = declared.get(key, _MISSING), arrived.get(key, _MISSING)
            yield from _values(one, other, place, f"{path}.{key}" if path else key)
    elif isinstance(declared, list) and isinstance(arrived, list):
        longest = zip_longest(declared, arrived, fillvalue=_MISSING)
        for index, (one, other) in enumerate(longest):
            yield from _values(one, other, place, f"{path}[{index}]")
    elif type(declared) is not type(arrived) or declared != arrived:
        what = f"{place} at {path}" if path else place
        yield Difference(what, *parted(_word(declared), _word(arrived)))


def _word(value: object) -> str:
    if value is _MISSING:
        return "nothing"
    return value.lexeme if isinstance(value, Number) else repr(value)
