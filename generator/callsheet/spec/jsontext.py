"""JSON text to a value with number lexemes kept, or to all of the text's faults."""

from __future__ import annotations

import json
import re
from functools import cached_property
from typing import NoReturn

from callsheet.errors import quoted, suggest
from callsheet.spec.limits import MAX_DEPTH
from callsheet.spec.source import Complaint
from callsheet.values import Json, Number


class JsonFaults(ValueError):  # noqa: N818  several faults, not one error
    """A text is not JSON."""

    def __init__(self, text: str, levels: int) -> None:
        self.text = text
        self.levels = levels
        super().__init__(text)

    def __str__(self) -> str:
        return "; ".join(fault.message for fault in self.faults)

    @cached_property
    def faults(self) -> list[Complaint]:
        """What is wrong with which characters."""
        deep = _too_deep(self.text, self.levels)
        return [deep] if deep else _faults(self.text)


def from_json(text: str, levels: int = MAX_DEPTH) -> Json:
    """The value of a JSON text (RFC 8259), number lexemes and key order kept.

    Raises:
        JsonFaults: Broken syntax, a key twice, NaN or Infinity, or more levels of nesting.
    """
    if _too_deep(text, levels):
        raise JsonFaults(text, levels)
    try:
        value: Json = json.loads(
            text,
            parse_int=Number,
            parse_float=Number,
            parse_constant=_refused,
            object_pairs_hook=_object,
        )
    except ValueError:
        raise JsonFaults(text, levels) from None
    return value


def _refused(constant: str) -> NoReturn:
    raise ValueError(constant)


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


DEEP_HELP = "no API nests that deep; send the value as `text` if it is meant so"
_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)


def _too_deep(text: str, levels: int) -> Complaint | None:
    if text.count("[") + text.count("{") <= levels:
        return None
    depth = 0
    for found in _STRING_OR_BRACKET.finditer(text):
        if found[0] in "[{":
            depth += 1
        elif found[0] in "]}":
            depth -= 1
        if depth > levels:
            message = f"more than {MAX_DEPTH} levels of nesting"
            return Complaint(message, DEEP_HELP, found.start(), found.start() + 1, "CS103")
    return None


_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+', re.DOTALL)


def _faults(text: str) -> list[Complaint]:
    """The place where the syntax breaks, and what is wrong before it."""
    broken = None
    try:
        json.loads(text, parse_int=str)  # takes keys that stand twice, and NaN
    except json.JSONDecodeError as error:
        broken = _syntax(text, error)
    end = broken.start if broken else len(text)
    found: list[Complaint] = []
    open_objects: list[dict[str, int] | None] = []
    for token in _TOKEN.finditer(text, 0, end):
        word = token[0]
        if word in "[{":
            open_objects.append({} if word == "{" else None)
        elif word in "]}":
            open_objects = open_objects[:-1]
        elif word in _CONSTANTS:
            message = f"JSON has no {quoted(word)}"
            found.append(Complaint(message, "write `null`, or a text in quotes", *token.span()))
        elif word[0] == '"' and open_objects and open_objects[-1] is not None:
            found += _repeated(text, token, open_objects[-1])
    return [*found, broken] if broken else found


_CONSTANTS = {"NaN", "Infinity", "-Infinity"}
_COLON = re.compile(r"\s*:")


def _repeated(text: str, token: re.Match[str], keys: dict[str, int]) -> list[Complaint]:
    """A complaint where a string is a key that its object has already."""
    if not _COLON.match(text, token.end()):
        return []
    key = str(json.loads(token[0]))
    if key in keys:
        message = f"the key {quoted(key)} stands twice in this object"
        return [Complaint(message, "remove one of the two", *token.span(), "CS102")]
    keys[key] = token.start()
    return []


def _syntax(text: str, error: json.JSONDecodeError) -> Complaint:
    """The one place where the syntax breaks, told alike on every version of Python."""
    at, problem = error.pos, error.msg
    if problem.startswith("Unterminated string"):
        return Complaint("this quote is never closed", 'close it with `"`', at, at + 1)
    if problem.startswith("Invalid control character"):
        return _control(text, at)
    if problem.startswith("Invalid \\"):
        return _escape(text, text.rfind("\\", 0, at + 1))
    number = _number(text, at)
    if number is not None:
        return number
    if problem.startswith("Extra data"):
        return Complaint("the JSON value has ended before this", "remove it", at, at + 1)
    return _unexpected(text, at, problem)


def _control(text: str, at: int) -> Complaint:
    if text[at] in "\r\n":
        return Complaint("a string goes over the end of its line", r"write `\n`", at - 1, at)
    message = f"the character U+{ord(text[at]):04X} cannot stand in a string"
    return Complaint(message, f"write `\\u{ord(text[at]):04x}`", at, at + 1)


_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{0,4}|.?)", re.DOTALL)


def _escape(text: str, at: int) -> Complaint:
    found = _ESCAPE.match(text, at)
    word = found[0] if found else "\\"
    message = f"{quoted(word)} is not an escape of JSON"
    return Complaint(message, r"a backslash is written `\\`", at, at + len(word))


_NUMBER = re.compile(r"[-+.\w]+")
_JSON_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")


def _number(text: str, at: int) -> Complaint | None:
    """A complaint about a word that only looks like a number, such as `01` or `.5`."""
    start = at
    while start and _NUMBER.fullmatch(text[start - 1]):
        start -= 1
    found = _NUMBER.match(text, start)
    if found is None or found[0][0] not in "-+.0123456789" or _JSON_NUMBER.fullmatch(found[0]):
        return None
    way_out = "as in `10`, `-1.5` or `1e3`"
    return Complaint(f"{quoted(found[0])} is not a JSON number", way_out, *found.span())


_WORD = re.compile(r"[A-Za-z_]\w*|\S")


def _unexpected(text: str, at: int, problem: str) -> Complaint:
    found = _WORD.search(text, at)
    before = text[:at].rstrip()
    if found is None:
        message = "the JSON ends before it is complete" if before else "a JSON value is missing"
        way_out = "close its brackets and quotes" if before else "write `null` for no value"
        return Complaint(message, way_out, max(0, len(before) - 1), max(1, len(before)))
    if (before.endswith(",") and found[0] in "]}") or problem.startswith("Illegal trailing"):
        comma = at if found[0] == "," else len(before) - 1
        return Complaint("JSON has no comma after the last item", "remove it", comma, comma + 1)
    if found[0] == "'":
        return Complaint("JSON strings take double quotes", 'write "…"', *found.span())
    if found[0] in "/#":
        return Complaint("JSON has no comments", "remove it", *found.span())
    if found[0][0].isalpha() and problem.startswith("Expecting value"):
        way_out = suggest(found[0], ("true", "false", "null"))
        return Complaint(f"{quoted(found[0])} is not a JSON value", way_out, *found.span())
    wanted = next(what for start, what in _WANTED.items() if problem.startswith(start))
    message = f"{wanted} is expected before {quoted(found[0])}"
    return Complaint(message, "is a quote, comma or bracket missing before it?", *found.span())


#: How Python's sentence begins → what it misses.
_WANTED = {
    "Expecting ',": "`,` or a closing bracket",
    "Expecting ':": "`:`",
    "Expecting property name": "a key in double quotes",
    "": "a value",
}
