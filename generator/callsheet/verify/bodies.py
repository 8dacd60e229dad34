"""A declared Payload and the bytes that arrived to Differences, by the body's kind."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from callsheet.spec.scalars import from_json
from callsheet.values import Json, Number
from callsheet.verify.differences import Difference, differ, shown
from callsheet.verify.dummies import fill, fill_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from callsheet.clients import Client
    from callsheet.request import Payload

_MISSING = object()


def body_differences(
    payload: Payload | None, body: bytes, client: Client, env: Mapping[str, str]
) -> list[Difference]:
    """All differences between a declared body and the one that arrived."""
    if payload is None:
        return differ("body", b"", body)
    if payload.kind == "json" and payload.json is not None:
        adds = client.sdk.adds if client.sdk else ()
        return _json(fill_json(payload.json.json, env), body, adds)
    if payload.kind == "form":
        fields = [(fill(name, env), fill(value, env)) for name, value in payload.fields]
        return differ("form", fields, pairs(body.decode("utf-8", "surrogateescape")))
    if payload.kind == "text":
        return differ("body", fill(payload.text, env).encode("utf-8", "surrogatepass"), body)
    return [Difference("body", f"a {payload.kind} body", "one that cannot be compared yet")]


def pairs(text: str) -> list[tuple[str, str]]:
    """Decoded pairs of a query or form, in order; what is no UTF-8 is kept as surrogates."""
    if not text:
        return []
    found = (pair.partition("=") for pair in text.split("&"))
    return [(_decoded(name), _decoded(value)) for name, _, value in found]


def _decoded(text: str) -> str:
    return unquote_plus(text, errors="surrogateescape")


def _json(declared: Json, body: bytes, adds: tuple[str, ...]) -> list[Difference]:
    try:
        text = body.decode()
        arrived = from_json(text)
    except (ValueError, RecursionError) as error:
        return [Difference("body", "the declared JSON", f"{shown(body)}: {error}")]
    if isinstance(arrived, dict) and isinstance(declared, dict):
        sdk_fields = {name for name in adds if name not in declared}
        arrived = {name: value for name, value in arrived.items() if name not in sdk_fields}
    around = (
        [] if text == text.strip() else [Difference("body", "no blanks around it", shown(text))]
    )
    return [*around, *_values(declared, arrived, "")]


def _values(declared: object, arrived: object, path: str) -> Iterator[Difference]:
    """Differences of two JSON values, each at its deepest place; numbers by their lexemes."""
    if isinstance(declared, dict) and isinstance(arrived, dict):
        for key in dict.fromkeys((*declared, *arrived)):
            place = f"{path}.{key}" if path else key
            yield from _values(declared.get(key, _MISSING), arrived.get(key, _MISSING), place)
    elif isinstance(declared, list) and isinstance(arrived, list):
        longest = zip_longest(declared, arrived, fillvalue=_MISSING)
        for index, (one, other) in enumerate(longest):
            yield from _values(one, other, f"{path}[{index}]")
    elif type(declared) is not type(arrived) or declared != arrived:
        yield Difference(f"body at {path}" if path else "body", _word(declared), _word(arrived))


def _word(value: object) -> str:
    if value is _MISSING:
        return "nothing"
    return value.lexeme if isinstance(value, Number) else shown(value)
