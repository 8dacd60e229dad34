"""What a spec is read with: a folder's files, includes, pages, bindings, and the known clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callsheet.clients import catalog
from callsheet.errors import SpecError
from callsheet.spec.model import Bearer, Spec
from callsheet.spec.read import load
from callsheet.values import Env, Number, joined

if TYPE_CHECKING:
    from pathlib import Path

TOP = """\
callsheet: 1
title: Shop
server: https://api.shop.example/v2
auth: {bearer: {scheme: bearer, env: SHOP_KEY}}
"""


def read(folder: Path, example: str, top: str = "") -> Spec:
    text = f"{TOP}{top}endpoints:\n  items:\n    request: POST /items\n"
    (folder / "shop.yaml").write_text(f"{text}    examples:\n      it: {example}\n")
    return load(folder / "shop.yaml")


def test_the_files_of_a_folder_are_one_spec(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        f"{TOP}clients: {{python: requests}}\n"
        "endpoints:\n  one: {request: GET /1, auth: late, examples: {x: {}}}\n"
    )
    (tmp_path / "b.yml").write_text(
        "callsheet: 1\nauth: {late: {scheme: bearer, env: LATE}}\nclients: {node: fetch}\n"
        "endpoints:\n  two: {request: GET /2, auth: bearer, examples: {y: {}}}\n"
    )
    spec = load(tmp_path)
    assert [endpoint.id for endpoint in spec.endpoints] == ["one", "two"]
    assert spec.endpoints[0].examples[0].auth == (Bearer("LATE"),)
    assert spec.endpoints[1].examples[0].clients == {"python": ("requests",), "node": ("fetch",)}
    assert spec.endpoints[1].examples[0].position.file == str(tmp_path / "b.yml")
    assert (spec.name, spec.root) == (tmp_path.name, tmp_path)
    assert spec.files == (tmp_path / "a.yaml", tmp_path / "b.yml")
    assert spec.patterns == ("*.yaml", "*.yml")


def test_includes_and_pages_are_known_to_the_spec(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "a.yaml").write_text("[1.0, !include parts/b.json, !env KEY]")
    (tmp_path / "parts" / "b.json").write_text('{"b": 2.0}')
    for name in ("b.md", "a.md", "c.txt"):
        (tmp_path / name).write_text("")
    text = "{body: {json: {a: !include parts/a.yaml, b: !include parts/a.yaml}}}"
    spec = read(tmp_path, text, "pages: [c.txt, '*.md', a.md]\n")
    body = spec.endpoints[0].examples[0].body
    value = [Number("1.0"), {"b": Number("2.0")}, Env("KEY")]
    assert body is not None
    assert body.content == {"a": value, "b": value}
    assert spec.files == tuple(
        tmp_path / name for name in ("shop.yaml", "parts/a.yaml", "parts/b.json")
    )
    assert spec.pages == (tmp_path / "c.txt", tmp_path / "a.md", tmp_path / "b.md")
    assert spec.patterns == ("*.md",)


SDK = """\
sdks:
  python/acme:
    package: {name: acme, version: "1.2", install: "pip install {name}=={version}"}
    runtime: "3.10"
    imports: [import acme]
    client: |
      client = acme.Client({key})
    auth: {scheme: bearer}
    sends: {X-Acme: "1"}
    calls:
      items: {call: client.items.add, results: {"": result, "a[0]": {text: b, when: c}}}
      GET /other/{id}: {call: client.other}
"""


def test_a_binding_of_the_specs_own(tmp_path: Path) -> None:
    spec = read(tmp_path, "{clients: {python: [acme, requests]}}", SDK)
    sdk = spec.sdks["python/acme"]
    assert (sdk.language, sdk.key, sdk.title, sdk.auth) == ("python", "acme", "acme", Bearer(""))
    assert (sdk.client, sdk.sends) == ("client = acme.Client({key})", (("X-Acme", joined("1")),))
    assert list(sdk.calls) == ["items", "GET /other/{id}"]
    assert [(o.text, o.when) for o in sdk.calls["items"].results.values()] == [
        *(("result", ""), ("b", "c"))
    ]


def test_names_are_checked_against_a_catalog_where_there_is_one(tmp_path: Path) -> None:
    read(tmp_path, "{clients: {python: [acme, requests]}}", SDK)
    load(tmp_path / "shop.yaml", catalog=catalog())
    read(tmp_path, "{clients: {cobol: [acme]}}", SDK)
    with pytest.raises(SpecError, match="unknown language `cobol`"):
        load(tmp_path / "shop.yaml", catalog=catalog())
    load(tmp_path / "shop.yaml", catalog={"python": (), "cobol": ("acme",)})


def test_a_template_folder_that_is_at_fault_is_told_with_the_specs_faults(tmp_path: Path) -> None:
    (tmp_path / "templates" / "python").mkdir(parents=True)
    (tmp_path / "templates" / "python" / "bad.py.jinja").write_text("no head")
    text = f"{TOP}clients: {{python: bad}}\ntitel: x\nendpoints: {{a: {{request: GTE /a}}}}\n"
    (tmp_path / "shop.yaml").write_text(text)
    with pytest.raises(SpecError) as raised:
        load(tmp_path / "shop.yaml", catalog=catalog((tmp_path / "templates",)))
    codes = [fault.code for fault in raised.value.diagnostics]
    assert codes == ["CS201", "CS202", "CS204", "CS501"]
