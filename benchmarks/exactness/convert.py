"""A Request to what the generators read: a HAR request, a Postman request, a cURL command line.

Nothing is taken from callsheet's snippets: all three are made from its neutral request, as a
browser, Postman's app and a person at a shell would make them. The generators know no environment
variables, so `literal_request` first writes the values of the secrets into the request.
"""

from __future__ import annotations

import base64
import shlex
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from callsheet.message import Credentials, Header
from callsheet.values import Text, joined, literal
from callsheet.verify.dummies import fill
from callsheet.wire import compact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from callsheet.message import Payload, Piece
    from callsheet.request import Request

Json = dict[str, Any]


def literal_request(request: Request, values: Mapping[str, str]) -> Request:
    """The same call with the values of its variables in their places."""

    def filled(text: Text) -> Text:
        return joined(fill(text, values))

    basic = request.basic
    return replace(
        request,
        url=filled(request.url),
        headers=tuple(Header(line.name, filled(line.value)) for line in request.headers),
        basic=Credentials(filled(basic.username), filled(basic.password)) if basic else None,
        auth=(),
    )


def har(request: Request, root: Path) -> Json:
    """HAR 1.2, section `request`: the query in the URL, cookies in a header.

    HAR also has lists for the two, from which the generators that read it make more mistakes.
    """
    found: Json = {
        "method": literal(request.method),
        "url": literal(request.url),
        "httpVersion": "HTTP/1.1",
        "headers": _headers(request),
        "cookies": [],
        "queryString": [],
        "headersSize": -1,
        "bodySize": -1,
    }
    if request.body:
        found["postData"] = _post_data(request.body, root)
    return found


def _post_data(body: Payload, root: Path) -> Json:
    found: Json = {"mimeType": literal(body.type)}
    if body.kind == "form":
        return {**found, "params": _named(_pairs(body.fields)), "text": literal(body.text)}
    if body.kind == "multipart":
        return {**found, "params": [_har_part(piece) for piece in body.pieces]}
    return {**found, "text": text_of(body, root)}


def _har_part(piece: Piece) -> Json:
    found = {"name": literal(piece.name)}
    if piece.type:
        found["contentType"] = literal(piece.type)
    if piece.file is not None:
        return {**found, "fileName": literal(piece.file)}
    return {**found, "value": _piece_text(piece)}


def postman(request: Request) -> Json:
    """A request of a Postman collection; its app adds a Content-Type to all but form-data."""
    found: Json = {
        "method": literal(request.method),
        "header": [{"key": line["name"], "value": line["value"]} for line in _headers(request)],
        "url": literal(request.url),
    }
    if request.body:
        found["body"] = _postman_body(request.body)
    return found


def _postman_body(body: Payload) -> Json:
    if body.kind == "form":
        pairs = [{"key": name, "value": value} for name, value in _pairs(body.fields)]
        return {"mode": "urlencoded", "urlencoded": pairs}
    if body.kind == "multipart":
        return {"mode": "formdata", "formdata": [_postman_part(piece) for piece in body.pieces]}
    if body.kind == "file":
        return {"mode": "file", "file": {"src": literal(body.file)}}
    media = literal(body.type).partition(";")[0]
    word = "json" if media.endswith("json") else media.partition("/")[2]
    language = word if word in {"json", "xml", "html", "javascript"} else "text"
    return {"mode": "raw", "raw": _raw(body), "options": {"raw": {"language": language}}}


def _postman_part(piece: Piece) -> Json:
    found = {"key": literal(piece.name)}
    if piece.type:
        found["contentType"] = literal(piece.type)
    if piece.file is not None:
        return {**found, "type": "file", "src": literal(piece.file)}
    return {**found, "type": "text", "value": _piece_text(piece)}


def curl(request: Request) -> str:
    """A command line as a person writes it, every word in single quotes where it needs quotes."""
    words = ["curl", "--request", literal(request.method), literal(request.url)]
    if request.basic:
        words += ["--user", literal(request.basic.pair)]
    for line in _headers(request, basic=False):
        name, value = line["name"], line["value"]
        words += ["--cookie", value] if name == "Cookie" else ["--header", f"{name}: {value}"]
    words += _curl_body(request.body) if request.body else ()
    return " ".join(map(shlex.quote, words))


def _curl_body(body: Payload) -> Iterator[str]:
    if body.kind == "multipart":
        for piece in body.pieces:
            yield from _curl_part(piece)
    elif body.kind == "file":
        yield from ("--data-binary", f"@{literal(body.file)}")
    else:
        yield from ("--data-raw", literal(body.text) if body.kind == "form" else _raw(body))


def _curl_part(piece: Piece) -> tuple[str, str]:
    name, media = literal(piece.name), f";type={literal(piece.type)}" if piece.type else ""
    if piece.file is not None:
        return "--form", f"{name}=@{literal(piece.file)}{media}"
    if not media:
        return "--form-string", f"{name}={_piece_text(piece)}"
    quoted = _piece_text(piece).replace("\\", "\\\\").replace('"', '\\"')
    return "--form", f'{name}="{quoted}"{media}'


def text_of(body: Payload, root: Path) -> str:
    """A body's text; that of a file, since HAR has no word for a file that is the whole body."""
    return (root / literal(body.file)).read_text("utf-8") if body.kind == "file" else _raw(body)


def _raw(body: Payload) -> str:
    return compact(body.json.json) if body.json else literal(body.text)


def _piece_text(piece: Piece) -> str:
    return compact(piece.json.json) if piece.json else literal(piece.text or joined())


def _headers(request: Request, *, basic: bool = True) -> list[dict[str, str]]:
    """Lines by name and value; that of a multipart body's type is the generator's own affair."""
    found = [(literal(line.name), literal(line.value)) for line in request.headers]
    if request.basic and basic:
        encoded = base64.b64encode(literal(request.basic.pair).encode()).decode()
        found.append(("Authorization", f"Basic {encoded}"))
    if request.body and request.body.kind != "multipart":
        found.append(("Content-Type", literal(request.body.type)))
    return _named(found)


def _pairs(pairs: tuple[tuple[Text, Text], ...]) -> list[tuple[str, str]]:
    return [(literal(name), literal(value)) for name, value in pairs]


def _named(pairs: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in pairs]
