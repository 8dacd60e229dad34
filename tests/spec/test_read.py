"""A good spec to its model: defaults, auth styles, bodies, responses, paths, places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callsheet.spec.model import (
    ApiKey,
    Basic,
    Bearer,
    Body,
    ClientCredentials,
    Event,
    Example,
    Part,
    Position,
    Response,
    Spec,
)
from callsheet.spec.read import load
from callsheet.values import Env, Number, Text, joined

if TYPE_CHECKING:
    from pathlib import Path

TOP = """\
callsheet: 1
title: {en: Shop, zh: 商店}
server: https://api.shop.example/v2
auth:
  bearer: {scheme: bearer, env: SHOP_KEY}
  basic: {scheme: basic, username_env: SHOP_USER, password_env: SHOP_PASSWORD}
  header: {scheme: header, name: X-Key, env: SHOP_KEY, prefix: "Token "}
  query: {scheme: query, name: key, env: SHOP_KEY}
  cookie: {scheme: cookie, name: sid, env: SHOP_KEY}
  client:
    scheme: oauth2-client-credentials
    token_url: https://shop.example/token
    client_id_env: SHOP_ID
    client_secret_env: SHOP_SECRET
"""


def read(
    folder: Path, example: str, endpoint: str = "", top: str = "", request: str = "POST /items"
) -> Spec:
    text = f"{TOP}{top}endpoints:\n  items:\n    request: {request}\n{endpoint}"
    (folder / "shop.yaml").write_text(f"{text}    examples:\n      it: {example}\n")
    return load(folder / "shop.yaml")


def example(folder: Path, text: str, endpoint: str = "", top: str = "") -> Example:
    found = read(folder, text, endpoint, top).find("it")
    assert found is not None
    return found[1]


def test_an_example_takes_what_its_endpoint_gives_and_replaces_what_it_names(
    tmp_path: Path,
) -> None:
    endpoint = (
        "    query: {a: 1, b: 2}\n    headers: {X-A: one, X-B: two}\n    cookies: {c: d}\n"
        "    auth: bearer\n    clients: {python: requests, node: fetch}\n"
    )
    text = "{query: {b: [3, 012]}, headers: {x-b: three, X-C: four}, clients: {node: openai}}"
    found = example(tmp_path, text, endpoint, top="clients: {go: net-http, node: openai}\n")
    assert found.query == (("a", joined("1")), ("b", joined("3")), ("b", joined("012")))
    assert found.headers == (
        *(("X-A", joined("one")), ("x-b", joined("three"))),
        ("X-C", joined("four")),
    )
    assert found.cookies == (("c", joined("d")),)
    assert found.auth == (Bearer("SHOP_KEY"),)
    assert found.clients == {"go": ("net-http",), "node": ("openai",), "python": ("requests",)}


def test_pairs_may_be_a_list_where_the_order_matters(tmp_path: Path) -> None:
    found = example(tmp_path, "{query: [{a: 1}, {b: !env B}, {a: [2, 3]}, {c: []}]}")
    texts = [(name, value.parts) for name, value in found.query]
    assert texts == [("a", ("1",)), ("b", (Env("B"),)), ("a", ("2",)), ("a", ("3",))]


def test_text_that_is_sent_is_taken_as_it_is_written(tmp_path: Path) -> None:
    words = ["012", "+1", "0x1F", "1.10", "1e3", "true", "NO", "2024-01-01", "1:30", ".inf"]
    found = example(tmp_path, f"{{query: {{a: [{', '.join(words)}]}}}}")
    assert [value.parts[0] for _, value in found.query] == words


@pytest.mark.parametrize(
    ("text", "auth"),
    [
        ("bearer", (Bearer("SHOP_KEY"),)),
        ("[basic]", (Basic("SHOP_USER", "SHOP_PASSWORD"),)),
        ("header", (ApiKey("header", "X-Key", "SHOP_KEY", "Token "),)),
        (
            "[query, cookie]",
            (ApiKey("query", "key", "SHOP_KEY"), ApiKey("cookie", "sid", "SHOP_KEY")),
        ),
        (
            "client",
            (ClientCredentials("https://shop.example/token", "SHOP_ID", "SHOP_SECRET"),),
        ),
        ("none", ()),
        ("[]", ()),
    ],
)
def test_auth_of_an_example_replaces_its_endpoints(
    text: str, auth: tuple[object, ...], tmp_path: Path
) -> None:
    assert example(tmp_path, f"{{auth: {text}}}", "    auth: bearer\n").auth == auth


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("{json: {a: 1.10}}", Body("json", {"a": Number("1.10")}, "application/json")),
        ("{json: null}", Body("json", None, "application/json")),
        (
            "{form: {a: [1, 2]}}",
            Body(
                "form",
                (("a", joined("1")), ("a", joined("2"))),
                "application/x-www-form-urlencoded",
            ),
        ),
        ("{text: hello}", Body("text", joined("hello"), "text/plain; charset=utf-8")),
        ("{xml: <a/>, type: text/xml}", Body("xml", joined("<a/>"), "text/xml")),
        ("{text: !env NOTE}", Body("text", Text((Env("NOTE"),)), "text/plain; charset=utf-8")),
        (
            "{ndjson: [a, {b: 1}]}",
            Body("ndjson", ["a", {"b": Number("1")}], "application/x-ndjson"),
        ),
        ("{file: shop.yaml}", Body("file", "shop.yaml", "application/octet-stream")),
        (
            "{multipart: [{name: a, text: b}, {name: c, file: shop.yaml, filename: d}]}",
            Body(
                "multipart",
                (Part("a", text=joined("b")), Part("c", file="shop.yaml", filename="d")),
                "multipart/form-data",
            ),
        ),
    ],
)
def test_bodies(text: str, body: Body, tmp_path: Path) -> None:
    assert example(tmp_path, f"{{body: {text}}}").body == body


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ("{}", Response()),
        ("{status: 204}", Response(204)),
        ("{status: 0xC9, text: a}", Response(201, (), "text", "a", "text/plain; charset=utf-8")),
        (
            "{headers: {X-A: b}, json: [1]}",
            Response(200, (("X-A", joined("b")),), "json", [Number("1")], "application/json"),
        ),
        (
            "{ndjson: [1, a]}",
            Response(200, (), "ndjson", [Number("1"), "a"], "application/x-ndjson"),
        ),
        (
            '{sse: [{a: 1.0}, "[DONE]", {event: e, id: 7, data: {b: [1]}}, {data: "x\\ny"}, 5]}',
            Response(
                *(200, (), "sse"),
                (
                    *(Event('{"a":1.0}'), Event("[DONE]"), Event('{"b":[1]}', "e", "7")),
                    *(Event("x\ny"), Event("5")),
                ),
                "text/event-stream",
            ),
        ),
    ],
)
def test_responses(text: str, response: Response, tmp_path: Path) -> None:
    assert example(tmp_path, f"{{response: {text}}}").response == response


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("a", ("a",)),
        ("a.b[0]", ("a", "b", 0)),
        ("a.b[0].c-d", ("a", "b", 0, "c-d")),
        ('a["x y"]', ("a", "x y")),
        ('["a"].b[1]', ("a", "b", 1)),
        (r'a["\"q\""]', ("a", '"q"')),
    ],
)
def test_prints(text: str, steps: tuple[str | int, ...], tmp_path: Path) -> None:
    value = '{a: {b: [{c-d: 1}, 2], x y: 3, "\\"q\\"": 4}}'
    assert example(tmp_path, f"{{prints: '{text}', response: {{json: {value}}}}}").prints == steps


def test_paths_titles_and_places(tmp_path: Path) -> None:
    spec = read(
        tmp_path,
        "{title: {zh: 一}, path: {id: 007, part: !env PART}}",
        "    title: One item\n",
        "description: |\n  Two\n  lines\nvariables: {SHOP_URL: '{server}', B: {title: b}}\n",
        "GET  /items/{id}/%zz/{part}/..",
    )
    (endpoint,) = spec.endpoints
    (found,) = endpoint.examples
    line = (endpoint.id, endpoint.method, endpoint.path)
    assert line == ("items", "GET", "/items/{id}/%zz/{part}/..")
    assert found.path == {"id": joined("007"), "part": Text((Env("PART"),))}
    assert (spec.title.get("zh"), spec.title.get("de"), spec.name) == ("商店", "Shop", "shop")
    assert spec.description.get("en") == "Two\nlines\n"
    assert endpoint.title.get("zh") == "One item"
    assert (found.title.get("zh"), found.title.get("en")) == ("一", "一")
    assert [(one.name, one.value) for one in spec.variables] == [
        ("SHOP_URL", "{server}"),
        ("B", ""),
    ]
    assert found.position == Position(str(tmp_path / "shop.yaml"), 24, 7)
    assert endpoint.position == Position(str(tmp_path / "shop.yaml"), 20, 3)


def test_a_server_given_on_the_command_line_replaces_the_specs(tmp_path: Path) -> None:
    assert read(tmp_path, "{}").server == "https://api.shop.example/v2"
    assert load(tmp_path / "shop.yaml", server="__ORIGIN__").server == "__ORIGIN__"


@pytest.mark.parametrize(
    "server",
    [
        *("http://localhost", "http://127.0.0.1:8080/", "https://[::1]:8443/v1", "__API_ORIGIN__"),
        *("https://api.shop.example/a%20b/v1", "https://u_v.example/;a=~b"),
    ],
)
def test_servers_that_are_taken(server: str, tmp_path: Path) -> None:
    text = f"callsheet: 1\ntitle: a\nserver: {server}\nendpoints: {{}}\n"
    (tmp_path / "a.yaml").write_text(text)
    assert load(tmp_path / "a.yaml").server == server


@pytest.mark.parametrize("method", ["GET", "TRACE", "QUERY", "PROPFIND", "PURGE", "M-SEARCH", "X"])
def test_methods_that_are_taken(method: str, tmp_path: Path) -> None:
    spec = read(tmp_path, "{}", request=f"{method} /items")
    assert spec.endpoints[0].method == method
