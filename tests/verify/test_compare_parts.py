from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from callsheet import clients
from callsheet.spec.model import Package, Sdk
from callsheet.values import joined
from callsheet.verify.compare import compare
from callsheet.verify.http1 import Call

from .call import CALL, ENV, HEADERS, REQUESTS, body, found
from .support import request_of

if TYPE_CHECKING:
    from pathlib import Path

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


@pytest.mark.parametrize(("sent", "places"), [(b"x\n", []), (b"x", ["body"]), (b"", ["body"])])
def test_a_file_is_compared_byte_for_byte(tmp_path: Path, sent: bytes, places: list[str]) -> None:
    (tmp_path / "a.png").write_bytes(b"x\n")
    request = request_of(tmp_path, "auth: none\nbody: {file: a.png}")
    kind = ("Content-Type", "application/octet-stream")
    call = Call("POST", "/base/v1/things", (kind,), sent)
    differences = compare(request, call, REQUESTS, ENV, tmp_path)
    assert [difference.what for difference in differences] == places


def test_a_question_mark_that_nothing_follows_is_a_difference(tmp_path: Path) -> None:
    call = Call("GET", "/base/v1/things?", ())
    assert found(tmp_path, call, "auth: none", "GET /v1/things") == ["query"]


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
