"""Plain scalars of YAML 1.2 (core schema) to values, number lexemes kept."""

from __future__ import annotations

import re
from typing import Final

from callsheet.spec.jsontext import from_json
from callsheet.values import Json, Number

__all__ = ["from_json", "plain"]

#: https://yaml.org/spec/1.2.2/#103-core-schema
_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMERIC: Final = frozenset("+-.0123456789")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_OCTAL_OR_HEX = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
#: A number that JSON would write the same way (RFC 8259, section 6).
_JSON_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
#: More digits of another base than Python converts in linear time.
_LONGEST = 1_000


def plain(text: str) -> Json:
    """The value of a plain scalar.

    Raises:
        ValueError: `.inf` and `.nan`, which JSON cannot say.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMERIC:
        return text
    if _JSON_NUMBER.fullmatch(text):
        return Number(text)
    if _DECIMAL.fullmatch(text):
        return Number(_json_lexeme(text))
    if _OCTAL_OR_HEX.fullmatch(text):
        if len(text) > _LONGEST:
            raise ValueError(f"more than {_LONGEST:,} digits of a base other than 10")
        return Number(str(int(text, 0)))
    if _NOT_FINITE.fullmatch(text):
        raise ValueError(f"JSON has no `{text}`")
    return text


def _json_lexeme(text: str) -> str:
    """The nearest JSON spelling: no plus, no leading zeros, digits on both sides of the point."""
    sign = "-" if text[0] == "-" else ""
    mantissa, mark, exponent = re.split("([eE]|$)", text.lstrip("+-"), maxsplit=1)
    whole, point, fraction = mantissa.partition(".")
    whole = whole.lstrip("0") or "0"
    return sign + whole + (f".{fraction or '0'}" if point else "") + mark + exponent
