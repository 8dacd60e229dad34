"""YAML 1.2 core schema for plain scalars, and JSON text, both with number lexemes kept."""

from __future__ import annotations

import json
import re
from typing import NoReturn

from callsheet.values import Json, Number

#: https://yaml.org/spec/1.2.2/#103-core-schema
_NULL = {"", "~", "null", "Null", "NULL"}
_TRUE = {"true", "True", "TRUE"}
_FALSE = {"false", "False", "FALSE"}
_INT = re.compile(r"[-+]?[0-9]+")
_OCT = re.compile(r"0o[0-7]+")
_HEX = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


def plain(text: str) -> Json:
    """The value of a plain scalar.

    Raises:
        ValueError: `.inf` and `.nan`, which JSON cannot say.
    """
    if text in _NULL:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if text[0] not in "+-.0123456789":
        return text
    if _INT.fullmatch(text) or _FLOAT.fullmatch(text):
        return Number(_json_lexeme(text))
    if _OCT.fullmatch(text) or _HEX.fullmatch(text):
        return Number(str(int(text, 0)))
    if _NOT_FINITE.fullmatch(text):
        raise ValueError(f"JSON has no {text}")
    return text


def _json_lexeme(text: str) -> str:
    """The nearest JSON spelling: no plus, no leading zeros, digits on both sides of the point."""
    sign = "-" if text[0] == "-" else ""
    digits = text.lstrip("+-")
    mantissa, mark, exponent = re.fullmatch(r"([^eE]*)([eE]?)(.*)", digits).groups()  # type: ignore[union-attr]
    whole, point, fraction = mantissa.partition(".")
    whole = whole.lstrip("0") or "0"
    return sign + whole + (f".{fraction or '0'}" if point else "") + mark + exponent


def from_json(text: str) -> Json:
    """The value of a JSON text, number lexemes and key order kept.

    Raises:
        ValueError: Not JSON, a key twice, NaN or Infinity; `json.JSONDecodeError` has a position.
        RecursionError: Nested too deeply.
    """
    value: Json = json.loads(
        text,
        parse_int=Number,
        parse_float=Number,
        parse_constant=_not_json,
        object_pairs_hook=_object,
    )
    return value


def _not_json(constant: str) -> NoReturn:
    raise ValueError(f"JSON has no {constant}")


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key `{twice}` stands twice")
    return found
