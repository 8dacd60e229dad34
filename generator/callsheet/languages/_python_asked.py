"""What Python's templates ask of a request: answers by yes and no."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any

from callsheet.errors import Unsupported
from callsheet.values import Number, literal

if TYPE_CHECKING:
    from callsheet.message import Payload
    from callsheet.request import Request
    from callsheet.values import Json

#: What UTF-8 cannot carry.
_LONE = re.compile("[\ud800-\udfff]")


def listed(body: Payload | None) -> bool:
    """Whether a form's fields are in order as a dict: the values of a name follow each other."""
    names = [literal(name) for name, _ in body.fields] if body else []
    return bool(names) and len(set(names)) == len(list(groupby(names)))


def escapes(request: Request, body: Payload | None) -> bool:
    """Whether a variable is percent-encoded by hand: in the URL, or in a body that is a text."""
    return any(env.escape for env in (*request.url.env, *(body.text.env if body else ())))


def lone(value: Json) -> bool:
    """Whether a text holds what UTF-8 cannot carry, and JSON writes as an escape."""
    if isinstance(value, dict):
        return any(map(lone, (*value, *value.values())))
    if isinstance(value, list):
        return any(map(lone, value))
    return isinstance(value, str) and bool(_LONE.search(value))


def guessed(request: Request) -> bool:
    """Whether requests would guess the charset of what is printed as text."""
    response = request.response
    given = (value for name, value in response.headers if name.lower() == "content-type")
    media_type = next(map(literal, given), response.type).lower()
    whole = response.kind == "json" and not request.result
    is_text = whole or response.kind in ("text", "ndjson")
    return is_text and "charset" not in media_type and "application/json" not in media_type


def rounded(request: Request) -> bool:
    """Whether a float of Python is not the number that is printed of an answer.

    Raises:
        Unsupported: It is one of several values that are printed together.
    """
    result = request.result
    if result is None or request.stream or not isinstance(request.response.content, dict | list):
        return False
    found: Any = request.response.content
    for step in result.steps:
        found = found[step]
    numbers = [number for number in _numbers(found) if not _exact(number.lexeme)]
    if numbers and not isinstance(found, Number):
        raise Unsupported(f"Python would print another number than {numbers[0].lexeme}")
    return bool(numbers)


def _numbers(value: Json) -> list[Number]:
    if isinstance(value, dict):
        return [number for item in value.values() for number in _numbers(item)]
    if isinstance(value, list):
        return [number for item in value for number in _numbers(item)]
    return [value] if isinstance(value, Number) else []


def _exact(lexeme: str) -> bool:
    whole = lexeme.lstrip("-").isdigit()
    return whole or Decimal(repr(float(lexeme))) == Decimal(lexeme)
