from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from callsheet.verify.compare import compare
from callsheet.verify.http1 import Call

from .call import BODY, CALL, ENV, EXAMPLE, HEADERS, LINE, REQUESTS, body, found, header, target
from .support import request_of

if TYPE_CHECKING:
    from pathlib import Path


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


def test_a_difference_reads_as_a_sentence(tmp_path: Path) -> None:
    request = request_of(tmp_path, EXAMPLE, LINE)
    difference = compare(request, body("1.10", "1.1"), REQUESTS, ENV)[0]
    assert str(difference) == "body at price: expected 1.10, got 1.1"
    long = compare(request, replace(CALL, method="P" * 1000), REQUESTS, ENV)[0]
    assert len(str(long)) < 400
