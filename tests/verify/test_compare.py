from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from callsheet import clients
from callsheet.spec.model import Package, Sdk
from callsheet.values import joined
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


def test_the_declared_call_has_no_difference(tmp_path: Path) -> None:
    assert found(tmp_path, CALL) == []


@pytest.mark.parametrize(
    "call",
    [
        body('{"a":"1"}', '{ "a" :\n"1" }'),
        body('"model":"m","n":4', '"n":4,"model":"m"'),
        body("é", "\\u00e9"),
        target("x%20y", "x+y"),
        target("red", "%72ed"),
        header("content-TYPE", "Application/JSON"),
        header("Accept", "*/*"),
        header("Connection", "close"),
        replace(CALL, headers=tuple((name.upper(), value) for name, value in HEADERS)),
        replace(CALL, headers=tuple(HEADERS[at] for at in (8, 7, 2, 6, 3, 5, 0, 1, 4))),
    ],
)
def test_what_the_table_tolerates_is_no_difference(tmp_path: Path, call: Call) -> None:
    assert found(tmp_path, call) == []


@pytest.mark.parametrize(
    ("call", "places"),
    [
        (replace(CALL, method="POST"), ["method"]),
        (replace(CALL, method="put"), ["method"]),
        (target("/base", ""), ["path"]),
        (target("/base", "/BASE"), ["path"]),
        (target("/v1", "//v1"), ["path"]),
        (target("/photos", "/photos/"), ["path"]),
        (target("%2F", "/"), ["path"]),
        (target("%2F", "%2f"), ["path"]),
        (target("%2F", "%252F"), ["path"]),
        (target("/base", "http://api.test/base"), ["path"]),
        (target("tag=red&tag=x%20y", "tag=x%20y&tag=red"), ["query"]),
        (target("tag=red&", ""), ["query"]),
        (target("&page=2", "&page=2&page=2"), ["query"]),
        (target("&page=2", "&page=2&"), ["query"]),
        (target("x%20y", "x%2520y"), ["query"]),
        (target("x%20y", "x%2By"), ["query"]),
        (target("page=2", "page=02"), ["query"]),
        (target("page", "Page"), ["query"]),
        (target("?tag=red&tag=x%20y&page=2", ""), ["query"]),
        (header("Authorization"), ["header authorization"]),
        (header("Authorization", "Bearer sk-2"), ["header authorization"]),
        (header("Authorization", "bearer sk-1"), ["header authorization"]),
        (header("Authorization", "sk-1"), ["header authorization"]),
        (header("Authorization", "Bearer sk-1", "Bearer sk-1"), ["header authorization"]),
        (header("Request-Id"), ["header request-id"]),
        (header("Request-Id", "t%201/2"), ["header request-id"]),
        (header("Request-Id", "T 1/2"), ["header request-id"]),
        (header("X-Trace", "one"), ["header x-trace"]),
        (header("X-Trace", "two", "one"), ["header x-trace"]),
        (header("X-Trace", "one, two"), ["header x-trace"]),
        (header("Cookie"), ["cookies"]),
        (header("Cookie", "size=3; theme=dark"), ["cookies"]),
        (header("Cookie", "theme=dark", "size=3"), ["cookies"]),
        (header("Cookie", 'theme="dark"; size=3'), ["cookies"]),
        (header("Content-Type"), ["header content-type"]),
        (header("Content-Type", "text/json"), ["header content-type"]),
        (header("Content-Type", "application/json; charset=utf-8"), ["header content-type"]),
        (header("Content-Type", "application/json", "application/json"), ["header content-type"]),
        (header("X-Api-Key", "sk-1"), ["extra header x-api-key"]),
        (header("x-stainless-lang", "python"), ["extra header x-stainless-lang"]),
        (header("Origin", "null"), ["extra header origin"]),
        (header("Expect", "100-continue"), ["extra header expect"]),
        (body('"model":"m"', '"model":"M"'), ["body at model"]),
        (body('"n":4', '"n":5'), ["body at n"]),
        (body('"n":4', '"n":4.0'), ["body at n"]),
        (body('"n":4', '"n":"4"'), ["body at n"]),
        (body("1.10", "1.1"), ["body at price"]),
        (body("true", '"true"'), ["body at on"]),
        (body("true", "1"), ["body at on"]),
        (body("true", "false"), ["body at on"]),
        (body('"none":null,', ""), ["body at none"]),
        (body("null", '""'), ["body at none"]),
        (body('"n":4', '"n":4,"m":null'), ["body at m"]),
        (body('{"a":"1"}', '{"a":1}'), ["body at list[0].a"]),
        (body('{"a":"1"}', '[{"a":"1"}]'), ["body at list[0]"]),
        (body(",[]", ",{}"), ["body at list[1]"]),
        (body(",[]", ""), ["body at list[1]"]),
        (body("[]]", "[],[]]"), ["body at list[2]"]),
        (body('[{"a":"1"},[]]', '{"a":"1"}'), ["body at list"]),
        (body("é", "e\u0301"), ["body at text"]),
        (body('"m"', '"m "'), ["body at model"]),
        (body('"n":4', '"n":4,"n":4'), ["body"]),
        (body('"é"}', '"é"'), ["body"]),
        (body('"é"}', '"é"}\n'), ["body"]),
        (body('{"model"', '\ufeff{"model"'), ["body"]),
        (replace(CALL, body=BODY.encode("latin-1")), ["body"]),
        (replace(CALL, body=f"[{BODY}]".encode()), ["body"]),
        (replace(CALL, body=b"[" * 100_000), ["body"]),
        (replace(CALL, body=b""), ["body"]),
    ],
    ids=str,
)
def test_every_fault_of_a_call_is_found_at_its_place(
    tmp_path: Path, call: Call, places: list[str]
) -> None:
    assert found(tmp_path, call) == places


def test_all_faults_are_found_at_once(tmp_path: Path) -> None:
    call = Call("GET", "/", (("X", "y"),), b"{}")
    assert found(tmp_path, call)[:7] == [
        *("method", "path", "query", "header authorization", "header x-trace"),
        *("header request-id", "cookies"),
    ]


BASIC = "auth: basic"
GOOD = "Basic bWU6YTpi"


@pytest.mark.parametrize(
    ("value", "right"),
    [
        (GOOD, True),
        ("basic bWU6YTpi", True),
        ("Basic bWU6YTpj", False),
        ("Basic bWU6YTpi=", False),
        ("Basic me:a:b", False),
        ("Bearer bWU6YTpi", False),
        ("", False),
    ],
)
def test_basic_is_compared_as_user_and_password(tmp_path: Path, value: str, *, right: bool) -> None:
    call = Call("GET", "/base/v1/things", (("Authorization", value),))
    assert found(tmp_path, call, BASIC, "GET /v1/things") == ([] if right else ["HTTP Basic"])


def test_a_basic_header_may_not_be_missing(tmp_path: Path) -> None:
    call = Call("GET", "/base/v1/things", ())
    assert found(tmp_path, call, BASIC, "GET /v1/things") == ["HTTP Basic"]


@pytest.mark.parametrize(
    ("auth", "call", "right"),
    [
        ("query", Call("GET", "/base/v1/things?key=sk-1", ()), True),
        ("query", Call("GET", "/base/v1/things", (("key", "sk-1"),)), False),
        ("header", Call("GET", "/base/v1/things", (("X-API-KEY", "sk-1"),)), True),
        ("header", Call("GET", "/base/v1/things", (("Authorization", "Bearer sk-1"),)), False),
        ("cookie", Call("GET", "/base/v1/things", (("Cookie", "session=sk-1"),)), True),
        ("cookie", Call("GET", "/base/v1/things?session=sk-1", ()), False),
        ("none", Call("GET", "/base/v1/things", ()), True),
        ("none", Call("GET", "/base/v1/things", (("Authorization", "Bearer sk-1"),)), False),
        ("none", Call("GET", "/base/v1/things", (("Cookie", "a=b"),)), False),
        ("none", Call("GET", "/base/v1/things", (("Content-Type", "text/plain"),)), False),
        ("none", Call("GET", "/base/v1/things", (), b"x"), False),
    ],
)
def test_auth_must_arrive_in_its_place(
    tmp_path: Path, auth: str, call: Call, *, right: bool
) -> None:
    assert (found(tmp_path, call, f"auth: {auth}", "GET /v1/things") == []) is right


@pytest.mark.parametrize(
    ("sent", "right"),
    [
        (b"a=1&a=2&b=x%20y%26&c=", True),
        (b"a=1&a=2&b=x+y%26&c=", True),
        (b"a=2&a=1&b=x+y%26&c=", False),
        (b"a=1&b=x+y%26&c=", False),
        (b"a=1&a=2&b=x+y&c=", False),
        (b"a=1&a=2&b=x%2520y%26&c=", False),
        (b"a=1&a=2&b=x%20y%26&c=\n", False),
        (b'{"a":"1"}', False),
    ],
)
def test_a_form_is_compared_as_ordered_pairs(tmp_path: Path, sent: bytes, *, right: bool) -> None:
    kind = ("Content-Type", "application/x-www-form-urlencoded")
    call = Call("POST", "/base/v1/things", (kind,), sent)
    example = "auth: none\nbody: {form: {a: [1, 2], b: x y&, c: ''}}"
    assert found(tmp_path, call, example, "POST /v1/things") == ([] if right else ["form"])


@pytest.mark.parametrize(
    ("sent", "right"),
    [("é\r\nx", True), ("é\nx", False), ("é\r\nx\n", False), ("", False)],
)
def test_text_is_compared_by_bytes(tmp_path: Path, sent: str, *, right: bool) -> None:
    call = Call(
        "POST", "/base/v1/things", (("Content-Type", "text/plain;charset=UTF-8"),), sent.encode()
    )
    example = 'auth: none\nbody: {text: "é\\r\\nx"}'
    assert found(tmp_path, call, example, "POST /v1/things") == ([] if right else ["body"])


def test_a_variable_in_the_path_arrives_percent_encoded(tmp_path: Path) -> None:
    example = "auth: none\npath: {id: !env TRACE}"
    line = "GET /v1/things/{id}"
    assert found(tmp_path, Call("GET", "/base/v1/things/t%201%2F2", ()), example, line) == []
    assert found(tmp_path, Call("GET", "/base/v1/things/t%201/2", ()), example, line) == ["path"]


def test_a_body_that_cannot_be_compared_never_passes(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"x")
    kind = ("Content-Type", "application/octet-stream")
    call = Call("POST", "/base/v1/things", (kind,), b"x")
    assert found(tmp_path, call, "auth: none\nbody: {file: a.png}", "POST /v1/things") == ["body"]


SDK = Sdk(
    language="python",
    key="acme",
    title="Acme",
    package=Package("acme", "1"),
    runtime="3.9",
    imports=(),
    client="",
    calls={},
    sends=(("X-Version", joined("7")),),
    adds=("X-Sdk", "stream_options"),
)
ACME = replace(REQUESTS, key="acme", sdk=SDK)
WITH_MORE = (*HEADERS, ("x-sdk", "1"), ("x-version", "7"))


@pytest.mark.parametrize(
    ("call", "places"),
    [
        (replace(CALL, headers=WITH_MORE), []),
        (replace(CALL, headers=(*HEADERS, ("x-version", "8"))), ["extra header x-version"]),
        (body('"n":4', '"n":4,"stream_options":{}'), []),
        (body('"a":"1"', '"a":"1","stream_options":{}'), ["body at list[0].stream_options"]),
    ],
)
def test_what_a_binding_declares_to_add_may_come(
    tmp_path: Path, call: Call, places: list[str]
) -> None:
    assert found(tmp_path, call, client=ACME) == places


@pytest.mark.parametrize(
    ("client", "name", "tolerated"),
    [
        ("node/fetch", "sec-fetch-mode", True),
        ("python/requests", "sec-fetch-mode", False),
        ("node/openai", "X-Stainless-Lang", True),
        ("node/fetch", "X-Stainless-Lang", False),
        ("curl/curl", "Expect", True),
        ("curl/curl", "Accept-Language", False),
        ("java/http-client", "Upgrade", True),
        ("java/http-client", "HTTP2-Settings", True),
        ("go/net-http", "Upgrade", False),
    ],
)
def test_an_extra_header_is_tolerated_of_the_clients_that_send_it(
    tmp_path: Path, client: str, name: str, *, tolerated: bool
) -> None:
    call = replace(CALL, headers=(*HEADERS, (name, "x")))
    language, _, key = client.partition("/")
    places = found(tmp_path, call, client=clients.find(None, language, key))
    assert places == ([] if tolerated else [f"extra header {name.lower()}"])


def test_a_content_type_without_a_body_is_tolerated_of_ruby_alone(tmp_path: Path) -> None:
    call = Call("POST", "/base/v1/things", (("Content-Type", "text/plain"),))
    for client in ("ruby/net-http", "php/curl"):
        language, _, key = client.partition("/")
        sender = clients.find(None, language, key)
        places = found(tmp_path, call, "auth: none", "POST /v1/things", sender)
        assert places == ([] if client == "ruby/net-http" else ["extra header content-type"])


def test_a_difference_reads_as_a_sentence(tmp_path: Path) -> None:
    request = request_of(tmp_path, EXAMPLE, LINE)
    difference = compare(request, body("1.10", "1.1"), REQUESTS, ENV)[0]
    assert str(difference) == "body at price: expected 1.10, got 1.1"
    long = compare(request, replace(CALL, method="P" * 1000), REQUESTS, ENV)[0]
    assert len(str(long)) < 400
