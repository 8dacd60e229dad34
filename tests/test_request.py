"""Example to Request: what is on the wire, stated as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callsheet.values import Env, Text, joined, literal
from support import request_of, spec_of

if TYPE_CHECKING:
    from pathlib import Path


def wire(text: Text) -> str:
    """A Text with its variables as `$NAME`, or `$NAME|url` where they are escaped."""
    return "".join(
        (f"${part.name}|{part.escape}" if part.escape else f"${part.name}")
        if isinstance(part, Env)
        else part
        for part in text
    )


@pytest.mark.parametrize(
    ("request_line", "example", "url"),
    [
        ("GET /a", "{}", "/a"),
        ("GET /a/", "{}", "/a/"),
        ("GET /a%2Fb/ü", "{}", "/a%2Fb/%C3%BC"),
        ("GET /a/{x}", "{path: {x: b/c}}", "/a/b%2Fc"),
        ("GET /a/{x}", "{path: {x: 100%}}", "/a/100%25"),
        ("GET /a/{x}", "{path: {x: a%2Fb}}", "/a/a%252Fb"),
        ("GET /a/{x}-{y}", "{path: {x: '', y: 😀}}", "/a/-%F0%9F%98%80"),
        ("GET /a/{x}", "{path: {x: !env ID}}", "/a/$ID|url"),
        ("GET /a", "{query: {q: a b}}", "/a?q=a%20b"),
        ("GET /a", "{query: {q: a+b&c=d}}", "/a?q=a%2Bb%26c%3Dd"),
        ("GET /a", "{query: {tag: [red, blue], page: 2}}", "/a?tag=red&tag=blue&page=2"),
        ("GET /a", "{query: [{b: 1}, {a: 2}, {b: 3}]}", "/a?b=1&a=2&b=3"),
        (
            "GET /a",
            "{query: {'filter[x]': '', y: 1.10, z: true}}",
            "/a?filter%5Bx%5D=&y=1.10&z=true",
        ),
        ("GET /a", "{query: {q: !env Q}}", "/a?q=$Q|url"),
    ],
)
def test_urls(tmp_path: Path, request_line: str, example: str, url: str) -> None:
    spec = spec_of(tmp_path, example, request=request_line)
    assert wire(request_of(spec).url) == "https://api.shop.example/v2" + url


@pytest.mark.parametrize(
    ("example", "lines"),
    [
        ("{}", []),
        ("{auth: key}", ["Authorization: Bearer $SHOP_KEY"]),
        ("{auth: header}", ["x-api-key: $SHOP_KEY"]),
        ("{auth: [key, header]}", ["Authorization: Bearer $SHOP_KEY", "x-api-key: $SHOP_KEY"]),
        ("{headers: {A: [1, 2], B: ''}}", ["A: 1", "A: 2", "B: "]),
        ("{headers: [{A: 1}, {B: 2}, {A: 3}]}", ["A: 1", "B: 2", "A: 3"]),
        ("{headers: {Request-Id: !env RID}}", ["Request-Id: $RID"]),
        ("{cookies: {a: 1, b: 2}}", ["Cookie: a=1; b=2"]),
        ("{headers: {Content-Type: text/x}, body: {text: hi}}", []),
    ],
)
def test_headers(tmp_path: Path, example: str, lines: list[str]) -> None:
    request = request_of(spec_of(tmp_path, example))
    assert [f"{wire(line.name)}: {wire(line.value)}" for line in request.headers] == lines


@pytest.mark.parametrize(
    ("body", "media_type", "text"),
    [
        ("{text: hi}", "text/plain; charset=utf-8", "hi"),
        ("{text: hi, type: text/csv}", "text/csv", "hi"),
        ("{xml: <a/>}", "application/xml", "<a/>"),
        ("{ndjson: [{a: 1.10}, null]}", "application/x-ndjson", '{"a":1.10}\nnull\n'),
        ("{form: {a: b c, d: [1, 2]}}", "application/x-www-form-urlencoded", "a=b%20c&d=1&d=2"),
        ("{json: {a: 1}, type: application/vnd.api+json}", "application/vnd.api+json", ""),
    ],
)
def test_bodies(tmp_path: Path, body: str, media_type: str, text: str) -> None:
    payload = request_of(spec_of(tmp_path, f"{{body: {body}}}")).body
    assert payload
    assert literal(payload.type) == media_type
    assert wire(payload.text) == text


def test_an_example_inherits_and_overrides(tmp_path: Path) -> None:
    spec = spec_of(
        tmp_path,
        "{headers: {a: mine}, query: {q: 2}}",
        request="GET /x\n    headers: {A: theirs, B: kept}\n    query: {p: 1, q: 1}\n    auth: key",
    )
    request = request_of(spec)
    names = [(wire(line.name), wire(line.value)) for line in request.headers]
    assert names == [("Authorization", "Bearer $SHOP_KEY"), ("B", "kept"), ("a", "mine")]
    assert wire(request.url).endswith("/x?p=1&q=2")


def test_every_variable_is_named_once(tmp_path: Path) -> None:
    body = "{json: {a: !env RID, b: !env X}}"
    example = f"{{auth: [basic, header], headers: {{A: !env RID}}, body: {body}}}"
    request = request_of(spec_of(tmp_path, example))
    assert request.env == ("SHOP_USER", "SHOP_PASSWORD", "SHOP_KEY", "RID", "X")
    assert request.secrets == ("SHOP_USER", "SHOP_PASSWORD", "SHOP_KEY")


def test_an_answer_to_head_has_no_events(tmp_path: Path) -> None:
    example = "{response: {sse: [a]}}"
    assert request_of(spec_of(tmp_path, example, request="GET /x")).stream
    assert not request_of(spec_of(tmp_path, example, request="HEAD /x")).stream


def test_text_cannot_be_printed_by_accident() -> None:
    for attempt in (str, "{}".format, lambda text: f"{text}", lambda text: "%s" % text):  # noqa: UP031
        with pytest.raises(TypeError):
            attempt(joined("secret"))
