"""Request and Call to Differences: everything that was declared, and everything that was not."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet.urls import split
from callsheet.verify.bodies import body_differences, pairs
from callsheet.verify.differences import Difference, differ, shown
from callsheet.verify.dummies import fill
from callsheet.verify.media import media_type
from callsheet.verify.tolerances import added

if TYPE_CHECKING:
    from collections.abc import Mapping

    from callsheet.clients import Client
    from callsheet.request import Request
    from callsheet.verify.http1 import Call

#: Compared by their parts, not as lines of text.
_APART = {"cookie", "content-type"}
_HERE = Path()


def compare(
    request: Request,
    call: Call,
    client: Client,
    env: Mapping[str, str],
    root: Path = _HERE,
) -> list[Difference]:
    """All differences between the call that was declared and the call that arrived.

    Args:
        request: The declaration, with the server that the snippet was printed for.
        call: What arrived.
        client: Who sent it; decides what may come undeclared.
        env: The environment's values that the snippet ran with.
        root: Folder of the spec, which a body's files lie in.
    """
    return [
        *differ("method", fill(request.method, env), call.method),
        *_target(request, call, env),
        *_headers(request, call, env),
        *_basic(request, call, env),
        *_cookies(request, call, env),
        *_content_type(request, call, env),
        *_extra(request, call, client),
        *body_differences(request.body, call, client, env, root),
    ]


def _target(request: Request, call: Call, env: Mapping[str, str]) -> list[Difference]:
    """The path byte for byte, the server's own included; the query as ordered pairs."""
    path, mark, query = call.target.partition("?")
    declared = [(fill(name, env), fill(value, env)) for name, value in request.query]
    bare = [] if query else differ("query", "", mark)
    return [
        *differ("path", split(request.server)[1] + fill(request.path, env), path),
        *differ("query", declared, pairs(query)),
        *bare,
    ]


def _declared(request: Request, env: Mapping[str, str]) -> dict[str, list[str]]:
    """Declared values by lower-case name, in order."""
    found: dict[str, list[str]] = {}
    for line in request.headers:
        found.setdefault(line.key, []).append(fill(line.value, env).strip())
    return found


def _headers(request: Request, call: Call, env: Mapping[str, str]) -> list[Difference]:
    found: list[Difference] = []
    for name, values in _declared(request, env).items():
        if name not in _APART:
            found += differ(f"header {name}", values, call.values(name))
    return found


def _basic(request: Request, call: Call, env: Mapping[str, str]) -> list[Difference]:
    if request.basic is None:
        return []
    credentials = [credentials_of(value) for value in call.values("authorization")]
    return differ("HTTP Basic", [fill(request.basic.pair, env)], credentials)


def credentials_of(value: str) -> str:
    """`user:password` of an Authorization value; the value itself where it is no HTTP Basic."""
    scheme, _, encoded = value.partition(" ")
    try:
        raw = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        return value
    exact = scheme.lower() == "basic" and base64.b64encode(raw) == encoded.encode()
    return raw.decode("utf-8", "surrogateescape") if exact else value


def _cookies(request: Request, call: Call, env: Mapping[str, str]) -> list[Difference]:
    """The pairs in order; RFC 6265, section 5.4, allows one Cookie line."""
    declared = _declared(request, env).get("cookie", [])
    arrived = call.values("cookie")
    if not declared:
        return []  # an undeclared Cookie is reported as extra
    return differ(
        "cookies", [_cookie(line) for line in declared], [_cookie(line) for line in arrived]
    )


def _cookie(line: str) -> list[tuple[str, str]]:
    parts = (pair.strip().partition("=") for pair in line.split(";"))
    return [(name, value) for name, _, value in parts]


def _content_type(request: Request, call: Call, env: Mapping[str, str]) -> list[Difference]:
    declared = _declared(request, env).get("content-type", [])
    if request.body is not None:
        declared = [fill(request.body.type, env)]
    if not declared:
        return []  # an undeclared Content-Type is reported as extra
    arrived = call.values("content-type")
    free = "boundary" if request.body and request.body.kind == "multipart" else ""
    if [media_type(value, free) for value in declared] == [
        media_type(value, free) for value in arrived
    ]:
        return []
    return [Difference("header content-type", shown(declared), shown(arrived))]


def _extra(request: Request, call: Call, client: Client) -> list[Difference]:
    """Header lines that nobody declared and that the client does not add by its nature."""
    known = {line.key for line in request.headers}
    known |= {"content-type"} if request.body else set()
    known |= {"authorization"} if request.basic else set()
    found: list[Difference] = []
    for name, value in call.headers:
        sent = _sent_by_sdk(client, name, value)
        if name.lower() not in known and not sent and not added(client, name):
            found.append(Difference(f"extra header {name.lower()}", "none", shown(value)))
    return found


def _sent_by_sdk(client: Client, name: str, value: str) -> bool:
    sends = client.sdk.sends if client.sdk else ()
    return any(name.lower() == known.lower() and text == value for known, text in sends)
