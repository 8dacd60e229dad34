"""What a program prints of the declared answer; in: a request, out: facts about that."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from callsheet.values import Number

if TYPE_CHECKING:
    from callsheet.request import Request
    from callsheet.values import Json


def result_value(request: Request) -> Json:
    """The value that is printed of an answer that is no stream; None where all of it is."""
    document: Any = request.response.content
    if request.result is None or request.stream:
        return None
    for step in request.result.steps:
        document = document[step]
    value: Json = document
    return value


def rounds(value: Json, *, whole: bool) -> bool:
    """Whether a number is another one as a double.

    Args:
        value: A JSON value.
        whole: Whether integers are doubles as well.
    """
    if isinstance(value, Number):
        if not whole and value.lexeme.lstrip("-").isdigit():
            return False
        return Decimal(value.lexeme) != Decimal(repr(float(value.lexeme)))
    inside = list(value.values()) if isinstance(value, dict) else value
    return isinstance(inside, list) and any(rounds(item, whole=whole) for item in inside)
