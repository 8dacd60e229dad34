"""How Go reads a result: the path of `prints` and the declared responses to structs or `any`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal
from unicodedata import category

from callsheet.errors import Unsupported
from callsheet.layout import Items, Pair
from callsheet.results import documents
from callsheet.values import Number

if TYPE_CHECKING:
    from callsheet.layout import Doc
    from callsheet.request import Request
    from callsheet.results import Result
    from callsheet.values import Json

#: https://go.dev/wiki/CodeReviewComments#initialisms
INITIALISMS = ("API", "HTML", "HTTP", "HTTPS", "ID", "IP", "JSON", "SQL", "URI", "URL", "UUID")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[^\W_A-Za-z0-9]+")
#: Letters that nobody sees.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0")
#: Punctuation that the name in a `json` tag may hold (encoding/json, isValidTag).
_TAG = frozenset("!#$%&()*+-./:;<=>?@[]^_{|}~ ")
#: Numbers and JSON stay text, so that they are printed as they came.
_TYPES = {"text": "string", "number": "json.Number", "json": "json.RawMessage"}


@dataclass(frozen=True, slots=True)
class Decoding:
    """How a result is decoded.

    Attributes:
        way: Into a "struct"; into a struct where other items are "mixed" in that it does not
            fit; or into "any", where no tag can name a key.
        result: The result, as the type of that way holds it.
    """

    way: Literal["struct", "mixed", "any"]
    result: Result


def decoding(request: Request) -> Decoding | None:
    """How the result of a request is decoded, or None where nothing is.

    Raises:
        Unsupported: The path has a key that encoding/json cannot find.
    """
    result = request.result
    if result is None:
        return None
    keys = [step for step in result.steps if isinstance(step, str)]
    if any("\ud800" <= char <= "\udfff" for key in keys for char in key):
        raise Unsupported("encoding/json reads a lone surrogate as U+FFFD")
    answers = list(documents(request.response))
    if not all(map(_taggable, keys)) or any(_is_shadowed(json, result.steps) for json in answers):
        if request.stream:
            raise Unsupported(f"no `json` tag of a struct names a key of `{result.path}` alone")
        return Decoding("any", result)
    if all(_fits(json, result.steps, result.kind) for json in answers):
        return Decoding("struct", result)
    # json.Number does not let a text beside it pass.
    return Decoding("mixed", replace(result, kind="text" if result.text else "json"))


def type_of(result: Result) -> Doc:
    """The type that holds what lies on the way to a result."""
    return _type(result.steps, _TYPES[result.kind], "")


def field(key: str) -> str:
    """An exported identifier: `created_at` is CreatedAt, `imageUrl` is ImageURL."""
    words = _WORD.findall(key)
    upper = (word.upper() for word in words)
    name = "".join(
        loud if loud in INITIALISMS else loud[:1] + word[1:]
        for loud, word in zip(upper, words, strict=True)
    )
    return name if name and category(name[0]) == "Lu" else f"X{name}"


def _type(steps: tuple[str | int, ...], leaf: str, tag: str) -> Doc:
    if not steps:
        return leaf + tag
    first, rest = steps[0], steps[1:]
    if isinstance(first, int):
        return Pair("[]", _type(rest, leaf, tag))
    # The tag "-" alone leaves a field out.
    name = f' `json:"{first}{"," if first == "-" else ""}"`'
    member = Pair(f"{field(first)} ", _type(rest, leaf, name))
    return Items("struct {", (member,), f"}}{tag}", trailing="", mode="break")


def _taggable(key: str) -> bool:
    letters = (c in _TAG or category(c)[0] == "L" or category(c) == "Nd" for c in key)
    return key != "" and _BLANK.isdisjoint(key) and all(letters)


def _is_shadowed(value: Json, steps: tuple[str | int, ...]) -> bool:
    """Whether a key beside the path is taken for its own: encoding/json does not see case."""
    for step in steps:
        if isinstance(value, dict) and isinstance(step, str):
            if any(key != step and key.casefold() == step.casefold() for key in value):
                return True
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return False
    return False


def _fits(value: Json, steps: tuple[str | int, ...], kind: str) -> bool:
    """Whether all of a value that a type names can be decoded into it; null always can."""
    if value is None:
        return True
    if not steps:
        return kind == "json" or isinstance(value, str if kind == "text" else Number)
    first, rest = steps[0], steps[1:]
    if isinstance(first, int):
        return isinstance(value, list) and all(_fits(item, rest, kind) for item in value)
    return isinstance(value, dict) and _fits(value.get(first), rest, kind)
