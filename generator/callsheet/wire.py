"""JSON values to JSON text: what is sent, with number lexemes as written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callsheet.values import Env, Json, Number, Unwritten

if TYPE_CHECKING:
    from collections.abc import Iterable

#: What may not stand as itself in a JSON string, or should not: controls (RFC 8259, section 7),
#: line separators and controls that editors and shells act on, direction marks, lone surrogates.
_ESCAPED = re.compile(
    r'["\\\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\uffff'
    r"\ud800-\udfff]"
)
_LONE = re.compile(r"[\ud800-\udfff]")
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def quoted(text: str) -> str:
    """A JSON string; other scripts stay readable."""
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    return _SHORT.get(char) or f"\\u{ord(char):04x}"


def scalar(value: bool | Number | str | None) -> str:  # noqa: FBT001  a value, not a switch
    """A JSON scalar."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Number):
        return value.lexeme
    return {None: "null", True: "true", False: "false"}[value]


def lone_surrogate(value: Json) -> str:
    """The first half of a surrogate pair that stands alone in a value's texts and keys, or ""."""
    if isinstance(value, str):
        found = _LONE.search(value)
        return found[0] if found else ""
    parts: Iterable[Json] = ()
    if isinstance(value, dict):
        parts = (*value, *value.values())
    elif isinstance(value, list):
        parts = value
    return next(filter(None, map(lone_surrogate, parts)), "")


def compact(value: Json) -> str:
    """JSON text on one line, without spaces.

    Raises:
        Unwritten: A part comes from the environment, which only a snippet can fill in.
    """
    if isinstance(value, list):
        return "[" + ",".join(compact(item) for item in value) + "]"
    if isinstance(value, dict):
        pairs = (f"{quoted(key)}:{compact(item)}" for key, item in value.items())
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, Env):
        raise Unwritten(f"${value.name} is known only when the snippet runs")
    return scalar(value)
