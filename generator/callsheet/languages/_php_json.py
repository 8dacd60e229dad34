"""JSON in PHP: what `json_encode` needs so that a value arrives as it is written."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from callsheet.errors import Unsupported
from callsheet.values import Env, Number

if TYPE_CHECKING:
    from collections.abc import Callable

    from callsheet.request import Request
    from callsheet.results import Result
    from callsheet.values import Json

#: Integers that PHP holds as such; beyond these, they become floats.
_LOW, _HIGH = -(2**63), 2**63 - 1


def flags(value: Json) -> str:
    """Further arguments of `json_encode`: what this value needs to arrive as it is written."""
    words = ["JSON_PRESERVE_ZERO_FRACTION"] if has_zeros(value) else []
    if _any(value, lambda leaf: isinstance(leaf, Env)):
        words.append("JSON_THROW_ON_ERROR")
    return f", {' | '.join(words)}" if words else ""


def has_zeros(value: Json) -> bool:
    """Whether a number in it ends in `.0`, which `json_encode` leaves away."""
    return _any(value, lambda leaf: isinstance(leaf, Number) and leaf.lexeme.endswith(".0"))


def printed(value: str, result: Result) -> str:
    """Code of a value as JSON; text inside it as people read it."""
    readable = ", JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE"
    return f"json_encode({value}{readable if result.kind == 'json' else ''})"


def is_big(request: Request) -> bool:
    """Whether the number that is printed is an integer of more than 64 bits.

    Raises:
        Unsupported: The answer cannot be read, or a number that is printed would be rounded.
    """
    value: Any = request.response.content
    if request.result is None or request.response.kind != "json":
        return False
    if not request.result.text and _has_hidden_names(value):
        raise Unsupported("PHP's json_decode refuses a name that begins with U+0000")
    for step in request.result.steps:
        value = value[step]
    if isinstance(value, Number) and _is_big(value):
        return True
    if _any(value, lambda leaf: isinstance(leaf, Number) and _is_rounded(leaf)):
        raise Unsupported("PHP would round a number that is printed")
    return False


def _has_hidden_names(value: Json) -> bool:
    """Whether a name would be one that PHP keeps for private properties."""
    if isinstance(value, dict):
        found = any(name.startswith("\0") for name in value)
        return found or any(map(_has_hidden_names, value.values()))
    return isinstance(value, list) and any(map(_has_hidden_names, value))


def _is_big(number: Number) -> bool:
    return number.lexeme.lstrip("-").isdigit() and not _LOW <= int(number.lexeme) <= _HIGH


def _is_rounded(number: Number) -> bool:
    if number.lexeme.lstrip("-").isdigit():
        return _is_big(number)
    return Decimal(repr(float(number.lexeme))) != Decimal(number.lexeme)


def _any(value: Json, test: Callable[[Json], bool]) -> bool:
    if isinstance(value, dict):
        value = list(value.values())
    return any(_any(item, test) for item in value) if isinstance(value, list) else test(value)
