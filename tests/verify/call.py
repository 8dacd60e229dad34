"""A declared call with a part of every kind, the right call for it, and ways to spoil it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from callsheet import clients
from callsheet.verify.compare import compare
from callsheet.verify.http1 import Call

from .support import request_of

if TYPE_CHECKING:
    from pathlib import Path

    from callsheet.clients import Client

ENV = {"KEY": "sk-1", "NAME": "me", "PASSWORD": "a:b", "TRACE": "t 1/2"}
REQUESTS = clients.find(None, "python", "requests")

LINE = "PUT /v1/albums/{album}/photos"
EXAMPLE = """
auth: bearer
path: {album: a/b}
query: {tag: [red, "x y"], page: 2}
headers: {X-Trace: [one, two], Request-Id: !env TRACE}
cookies: {theme: dark, size: "3"}
body:
  json: {model: m, n: 4, price: 1.10, on: true, none: null, list: [{a: "1"}, []], text: "é"}
"""
TARGET = "/base/v1/albums/a%2Fb/photos?tag=red&tag=x%20y&page=2"
BODY = '{"model":"m","n":4,"price":1.10,"on":true,"none":null,"list":[{"a":"1"},[]],"text":"é"}'
HEADERS = (
    ("Host", "127.0.0.1:1"),
    ("authorization", "Bearer sk-1"),
    ("x-trace", "one"),
    ("X-TRACE", "two"),
    ("Request-Id", "t 1/2"),
    ("Cookie", "theme=dark; size=3"),
    ("Content-Type", "application/json"),
    ("User-Agent", "x/1"),
    ("Content-Length", "90"),
)
CALL = Call("PUT", TARGET, HEADERS, BODY.encode())


def found(
    folder: Path, call: Call, example: str = EXAMPLE, line: str = LINE, client: Client = REQUESTS
) -> list[str]:
    """The places at which a call differs."""
    request = request_of(folder, example, line)
    return [difference.what for difference in compare(request, call, client, ENV)]


def body(old: str, new: str) -> Call:
    assert old in BODY
    return replace(CALL, body=BODY.replace(old, new).encode())


def target(old: str, new: str) -> Call:
    assert old in TARGET
    return replace(CALL, target=TARGET.replace(old, new))


def header(name: str, *values: str) -> Call:
    """The call with other values of a header; none drops it."""
    rest = tuple(line for line in HEADERS if line[0].lower() != name.lower())
    return replace(CALL, headers=(*rest, *((name, value) for value in values)))
