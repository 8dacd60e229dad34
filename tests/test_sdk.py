"""Bindings: a call through an SDK, a user's own SDK, and when plain HTTP takes over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callsheet.api import render_one
from callsheet.errors import Unsupported
from callsheet.spec.read import load
from support import ROOT, printed, spec_of

if TYPE_CHECKING:
    from pathlib import Path

OWN = """\
sdks:
  python/acme:
    title: Acme
    package: {name: acme, version: 1.2.0, install: "pip install {name}=={version}"}
    runtime: "3.9"
    imports: [import acme]
    base: /api
    auth: {scheme: header, name: x-api-key}
    sends: {acme-version: "7"}
    headers: extra_headers
    query: params
    client: |
      client = acme.Client({key}, url={base})
    calls:
      items:
        call: client.items.create
        bind: item
        arguments: {known: [name, size], extra: extra_body, rename: {size: size_}}
        results: {"": item.json()}
"""


def own(folder: Path, example: str) -> str:
    return printed(spec_of(folder, example, head=OWN), "python/acme")


def test_a_binding_of_the_spec_is_a_client(tmp_path: Path) -> None:
    body = "{json: {name: lamp, size: 2, color: red}}"
    example = f"{{auth: header, body: {body}, response: {{json: {{id: x}}}}, prints: id}}"
    assert own(tmp_path, example) == (
        "import os\n\n"
        "import acme\n\n"
        'client = acme.Client(os.environ["SHOP_KEY"], url="https://api.shop.example/v2/api")\n\n'
        "item = client.items.create(\n"
        '    name="lamp",\n'
        "    size_=2,\n"
        '    extra_body={"color": "red"},\n'
        ")\n\n"
        "print(item.id)\n"
    )


def test_headers_that_the_sdk_sends_are_left_to_it_and_others_are_passed_on(tmp_path: Path) -> None:
    example = (
        "{auth: header, headers: {acme-version: '7', Request-Id: a}, query: {page: 2},"
        " body: {json: {name: x}}, response: {json: {}}}"
    )
    text = own(tmp_path, example)
    assert '    extra_headers={"Request-Id": "a"},\n    params={"page": "2"},\n)' in text
    assert "acme-version" not in text
    assert text.endswith("print(item.json())\n")


@pytest.mark.parametrize(
    ("example", "reason"),
    [
        ("{auth: key, body: {json: {name: x}}}", "sends its key in another way"),
        ("{body: {json: {name: x}}}", "sends its key in another way"),
        ("{auth: header, body: {json: [1]}}", "takes a JSON object"),
        ("{auth: header, body: {text: x}}", "takes a JSON object"),
        ("{auth: header, query: {a: [1, 2]}, body: {json: {}}}", "repeated"),
        ("{auth: header, body: {json: {size: 1.10}}}", "1.10 would be sent otherwise"),
        ("{auth: header, body: {json: {}}, response: {sse: [a]}}", "no streaming form"),
        ("{auth: header, body: {json: {name: !json '\"\\ud800\"'}}}", r"may not send U\+D800"),
    ],
)
def test_what_the_sdk_would_not_send_exactly_is_refused(
    tmp_path: Path, example: str, reason: str
) -> None:
    with pytest.raises(Unsupported, match=reason):
        own(tmp_path, example)


@pytest.mark.parametrize(
    ("example", "language", "client"),
    [
        ("text-generation", "python", "openai"),
        ("streaming", "node", "openai"),
        ("anthropic-messages", "python", "anthropic"),
        ("anthropic-messages", "node", "anthropic"),
        ("video", "python", "requests"),
        ("video", "node", "fetch"),
    ],
)
def test_an_endpoint_the_sdk_does_not_serve_falls_back(
    example: str, language: str, client: str
) -> None:
    spec = load(ROOT / "spec/clawdrouter.yaml")
    assert render_one(spec, example, language, None).client.key == client


def test_a_changed_version_header_is_not_left_to_the_sdk() -> None:
    """The Anthropic SDK sends 2023-06-01; another declared version must be passed on."""
    spec = load(ROOT / "spec/clawdrouter.yaml")
    assert "extra_headers" not in printed(spec, "python/anthropic", "anthropic-messages")


def test_the_base_url_keeps_the_server_path() -> None:
    spec = load(ROOT / "spec/clawdrouter.yaml", server="https://gateway.example/a/b")
    assert 'base_url="https://gateway.example/a/b/v1"' in printed(
        spec, "python/openai", "streaming"
    )
    assert 'baseURL: "https://gateway.example/a/b"' in printed(
        spec, "node/anthropic", "anthropic-messages"
    )


def test_a_call_that_an_sdk_lacks_is_named_with_its_variables(tmp_path: Path) -> None:
    head = OWN.replace("      items:\n", "      GET /lists/{id}/all:\n")
    spec = spec_of(tmp_path, "{path: {id: !env ITEM}}", request="GET /items/{id}", head=head)
    with pytest.raises(Unsupported, match=r"`Acme` has no call for `GET /items/\$ITEM`"):
        printed(spec, "python/acme")
