"""The JSON Schema: valid, current; it takes what the reader takes and refuses what it refuses."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from callsheet.spec.format_root import ROOT, json_schema, schema_text
from callsheet.spec.load import compose, read_text
from callsheet.spec.nodes import PLAIN, MappingNode, Node, SequenceNode
from callsheet.spec.scalars import plain
from callsheet.values import Number

PROJECT = Path(__file__).parents[2]
ERRORS = PROJECT / "tests" / "specs" / "errors"
GOOD = [
    PROJECT / "spec" / "clawdrouter.yaml",
    PROJECT / "tests" / "spec" / "whole.yaml",
    *(PROJECT / "tests" / "specs").glob("*.yaml"),
]


@cache
def validator() -> Draft7Validator:
    return Draft7Validator(json_schema())


def data(node: Node) -> Any:
    """A tree as an editor's YAML parser reads it; our tags are text."""
    if isinstance(node, MappingNode):
        return {key.value: data(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [data(item) for item in node.value]
    try:
        value = plain(node.value) if node.tag == PLAIN else node.value
    except ValueError:  # .inf and .nan
        return float(node.value.replace(".", ""))
    return json.loads(value.lexeme) if isinstance(value, Number) else value


def complaints(text: str) -> list[str]:
    return [error.message for error in validator().iter_errors(data(compose(text, "spec", [])))]


def spec(example: str = "{}", more: str = "", endpoint: str = "", request: str = "GET /a") -> str:
    return (
        f"callsheet: 1\ntitle: a\nserver: https://a.example\n{more}endpoints:\n  a:\n"
        f"    request: {request}\n{endpoint}    examples: {{b: {example}}}\n"
    )


def test_it_is_valid_draft_7() -> None:
    Draft7Validator.check_schema(json_schema())


def test_the_file_beside_the_spec_is_current() -> None:
    written = PROJECT / "spec" / "callsheet.schema.json"
    assert written.read_bytes().decode() == schema_text(), "run `callsheet schema`"
    assert json.loads(schema_text()) == json_schema()


def test_it_is_small_because_what_is_shared_stands_once() -> None:
    text = json.dumps(json_schema())
    assert len(text) < 30_000
    names = set(json_schema()["definitions"])  # type: ignore[call-overload]
    assert {"endpoint", "example", "body", "response", "auth-style", "headers", "title"} <= names
    assert set(re.findall(r'"#/definitions/([^"]+)"', text)) == names


def described(schema: Any, where: str = "") -> list[str]:
    """Properties without a description for editors."""
    if isinstance(schema, list):
        return [name for item in schema for name in described(item, where)]
    if not isinstance(schema, dict):
        return []
    found = [name for key, value in schema.items() for name in described(value, f"{where}/{key}")]
    return found + [
        f"{where}/{name}"
        for name, value in schema.get("properties", {}).items()
        if isinstance(value, dict) and "description" not in value and "const" not in value
    ]


def test_every_property_says_what_it_is_for() -> None:
    assert described(json_schema()) == []


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_specs_that_the_reader_takes_are_taken(path: Path) -> None:
    assert complaints(read_text(path, str(path))) == []


@pytest.mark.parametrize(
    "text",
    [
        spec("{title: {en: a}, path: {}, query: {a: [1, b, true]}, headers: [{A: b}, {A: 1}]}"),
        spec("{auth: [a, b], cookies: {a: b}, clients: {python: [requests], node: fetch}}"),
        spec("{body: {json: null}, response: {status: 204}, prints: 'a.b[0][\"c\"]'}"),
        spec("{body: {multipart: [{name: a, text: b}, {name: c, file: d}]}}"),
        spec("{response: {sse: [a, {data: 1}], type: text/event-stream}}"),
        spec(more="auth: {a: {scheme: header, name: X, env: Y, prefix: Z}}\n"),
        spec(more="variables: {A: b, C: {value: d, title: {en: e}}}\npages: a.md\n"),
        spec(request="PURGE /a/{b-c}/%zz"),
        spec().replace("https://a.example", "__API_ORIGIN__"),
    ],
)
def test_what_the_format_allows_is_taken(text: str) -> None:
    assert complaints(text) == []


@pytest.mark.parametrize(
    "text",
    [
        spec(more="colour: red\n"),
        spec().replace("title: a\n", ""),
        spec().replace("callsheet: 1", "callsheet: 2"),
        spec().replace("title: a\n", "title: 1\n"),
        spec().replace("title: a\n", "title: {}\n"),
        spec().replace("https://a.example", "a.example"),
        spec("{colour: red}"),
        spec("[]"),
        spec(request="1"),
        spec(request="get a"),
        spec(endpoint="    body: {json: 1}\n"),
        spec("{body: {}}"),
        spec("{body: {json: 1, text: a}}"),
        spec("{body: {text: [a]}}"),
        spec("{body: {multipart: []}}"),
        spec("{body: {multipart: [{text: a}]}}"),
        spec("{body: {multipart: [{name: a, text: b, json: c}]}}"),
        spec("{response: {status: 99}}"),
        spec("{response: {status: OK}}"),
        spec("{response: {json: 1, sse: [a]}}"),
        spec("{response: {sse: []}}"),
        spec("{query: a}"),
        spec("{query: {a: {b: c}}}"),
        spec("{query: [{a: b, c: d}]}"),
        spec("{headers: {a b: c}}"),
        spec("{clients: {python: []}}"),
        spec("{title: {zh_CN: a}}"),
        spec(more="auth: {a: {scheme: bearer}}\n"),
        spec(more="auth: {a: {scheme: baerer, env: B}}\n"),
        spec(more="auth: {a: {scheme: bearer, env: B, name: C}}\n"),
        spec(more="auth: {a: {env: B}}\n"),
        spec(more="auth: {a: {scheme: basic, username_env: B}}\n"),
        spec(more="variables: {1a: b}\n"),
        spec(more="sdks: {acme: {}}\n"),
        spec(more="sdks: {python/acme: {runtime: a}}\n"),
        spec().replace("  a:\n", "  a b:\n"),
    ],
)
def test_what_the_reader_refuses_by_its_structure_is_refused(text: str) -> None:
    assert complaints(text) != []


#: Codes that speak of structure, which a schema can see.
STRUCTURE = re.compile(r"error\[CS(20[12]|304)\]|error\[CS203\]: (?!JSON has no)")


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in sorted(ERRORS.glob("*.yaml"))
        if STRUCTURE.search(path.with_suffix(".txt").read_text())
    ],
    ids=lambda path: path.stem,
)
def test_files_that_are_wrong_in_structure_are_refused(path: Path) -> None:
    assert complaints(path.read_text()) != []


def test_the_format_and_the_schema_name_the_same_keys() -> None:
    schema = json_schema()
    assert list(schema["properties"]) == list(ROOT.keys)  # type: ignore[call-overload]
    assert schema["additionalProperties"] is False
