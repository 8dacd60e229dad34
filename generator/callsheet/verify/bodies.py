"""A declared Payload and the bytes that arrived to Differences, by the body's kind."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from callsheet.values import literal
from callsheet.verify.differences import Difference, differ
from callsheet.verify.dummies import fill, fill_json
from callsheet.verify.jsonbody import json_differences
from callsheet.verify.parts import part_differences

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from callsheet.clients import Client
    from callsheet.message import Payload
    from callsheet.verify.http1 import Call


def body_differences(
    payload: Payload | None, call: Call, client: Client, env: Mapping[str, str], root: Path
) -> list[Difference]:
    """All differences between a declared body and the one that arrived."""
    body = call.body
    if payload is None:
        return differ("body", b"", body)
    if payload.kind == "json" and payload.json is not None:
        adds = client.sdk.adds if client.sdk else ()
        return json_differences(fill_json(payload.json.json, env), body, adds)
    if payload.kind == "form":
        fields = [(fill(name, env), fill(value, env)) for name, value in payload.fields]
        return differ("form", fields, pairs(body.decode("utf-8", "surrogateescape")))
    if payload.kind == "multipart":
        content_type = ", ".join(call.values("content-type"))
        return part_differences(payload.parts, body, content_type, env, root)
    if payload.kind == "file":
        return differ("body", (root / literal(payload.file)).read_bytes(), body)
    return differ("body", fill(payload.text, env).encode("utf-8", "surrogatepass"), body)


def pairs(text: str) -> list[tuple[str, str]]:
    """Decoded pairs of a query or form, in order; what is no UTF-8 is kept as surrogates."""
    if not text:
        return []
    found = (pair.partition("=") for pair in text.split("&"))
    return [(_decoded(name), _decoded(value)) for name, _, value in found]


def _decoded(text: str) -> str:
    return unquote_plus(text, errors="surrogateescape")
