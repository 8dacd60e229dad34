"""One fault makes one report, and hides none: shown on a spec that uses every key of the format."""

from __future__ import annotations

from pathlib import Path

import pytest

from callsheet.clients import catalog
from callsheet.errors import SpecError
from callsheet.spec.format import BODY, ENDPOINT, EXAMPLE, PART, RESPONSE, VARIABLE
from callsheet.spec.format_auth import AUTH
from callsheet.spec.format_root import ROOT
from callsheet.spec.format_sdk import ARGUMENTS, CALL, FIELD, OUTPUT, PACKAGE, SDK, STREAM
from callsheet.spec.load import compose
from callsheet.spec.nodes import FLOW, MappingNode, Node, ScalarNode, SequenceNode
from callsheet.spec.read import load
from callsheet.spec.source import place_in

WHOLE = Path(__file__).parent / "whole.yaml"
TEXT = WHOLE.read_text(encoding="utf-8")
LINES = TEXT.split("\n")


def values_of(node: Node, path: str = "") -> list[tuple[str, Node]]:
    """Each value of a tree under its path."""
    found = [(path, node)]
    if isinstance(node, MappingNode):
        for key, value in node.value:
            found += values_of(value, f"{path}/{key.value}")
    elif isinstance(node, SequenceNode):
        for index, item in enumerate(node.value):
            found += values_of(item, f"{path}/{index}")
    return found


def end_of_flow(at: int) -> int:
    """The index after the bracket that closes the one at an index; the file quotes no brackets
    that do not match."""
    depth = 0
    while True:
        depth += (TEXT[at] in "[{") - (TEXT[at] in "]}")
        at += 1
        if depth == 0:
            return at


def span_of(node: Node) -> tuple[int, int]:
    """Where a value stands in the text, its tag included."""
    start = sum(len(line) + 1 for line in LINES[: node.mark.line]) + node.mark.column
    if not isinstance(node, ScalarNode):
        return start, end_of_flow(start)
    place = place_in(node)
    return start, start + place.column - node.mark.column + place.length


PLACES = [
    (path, *span_of(node))
    for path, node in values_of(compose(TEXT, "whole.yaml"))
    if not (isinstance(node, ScalarNode) and node.style == "|")
    and (isinstance(node, ScalarNode) or node.style == FLOW)
]


def faults(text: str, folder: Path) -> list[tuple[int, int, str]]:
    (folder / "whole.yaml").write_text(text, encoding="utf-8")
    try:
        load(folder / "whole.yaml", catalog=catalog())
    except SpecError as error:
        return [(fault.line, fault.column, fault.message) for fault in error.diagnostics]
    return []


def place_of(index: int) -> tuple[int, int]:
    before = TEXT[:index]
    return before.count("\n") + 1, index - before.rfind("\n")


def test_the_whole_spec_is_a_good_one(tmp_path: Path) -> None:
    assert faults(TEXT, tmp_path) == []
    assert len(PLACES) > 180


def test_the_whole_spec_uses_every_key_of_the_format() -> None:
    records = [ROOT, ENDPOINT, EXAMPLE, BODY, PART, RESPONSE, VARIABLE, *AUTH.cases.values()]
    records += [SDK, PACKAGE, CALL, ARGUMENTS, FIELD, STREAM, OUTPUT]
    keys = {key for record in records for key in record.keys}
    used = {path.rpartition("/")[2] for path, _ in values_of(compose(TEXT, "whole.yaml"))}
    assert keys - used == set()


@pytest.mark.parametrize(("path", "start", "end"), PLACES, ids=[place[0] for place in PLACES])
def test_a_faulty_value_is_one_fault_at_its_place(
    path: str, start: int, end: int, tmp_path: Path
) -> None:
    text = f"{TEXT[:start]}!no x{TEXT[end:]}"
    assert faults(text, tmp_path) == [(*place_of(start), "unknown tag `!no`")], path


@pytest.mark.parametrize(("path", "start", "end"), PLACES, ids=[place[0] for place in PLACES])
def test_a_value_of_another_type_is_one_fault_of_its_line(
    path: str, start: int, end: int, tmp_path: Path
) -> None:
    found = faults(f"{TEXT[:start]}[[[]]]{TEXT[end:]}", tmp_path)
    if any(part in path for part in ("/json", "/sse", "/ndjson")):
        assert len(found) <= 1, path
    else:
        assert [line for line, _, _ in found] == [place_of(start)[0]], path


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        (  # a method that is at fault does not hide parameters
            "one: {request: 'GTE /a/{b}', examples: {x: {path: {b: 1, c: 1}}}}",
            ["unknown HTTP method `GTE`", "the path `/a/{b}` has no parameter `c`"],
        ),
        (  # a path that is at fault has no parameters that one could miss
            "one: {request: 'GET a/{b}', examples: {x: {path: {c: 1}}}}",
            ["`a/{b}` is not a path"],
        ),
        (  # a parameter that is at fault has been given
            "one: {request: 'GET /{b}', examples: {x: {path: {b: [1]}}}}",
            ["this must be text, not a list"],
        ),
        (  # a status that is at fault does not hide the content
            "one: {request: GET /, examples: {x: {response: {status: 1, json: {}}, prints: b}}}",
            ["`1` is not a final HTTP status", "the declared response has no `b`"],
        ),
        (  # content that is at fault is not looked into
            "one: {request: GET /, examples: {x: {response: {json: [!no x]}, prints: b}}}",
            ["unknown tag `!no`"],
        ),
        (
            "one: {request: GET /, examples: {x: {response: {sse: [{b: 1}, !no x]}, prints: c}}}",
            ["unknown tag `!no`"],
        ),
        (
            "one: {request: GET /, examples: {x: {response: {jsn: {b: 1}}, prints: b}}}",
            ["unknown key `jsn` in a response"],
        ),
        (
            "one: {request: GET /, examples: {x: {response: [], prints: b}}}",
            ["this must be a response (a mapping), not a list"],
        ),
        (  # an auth style that is at fault is defined all the same
            "one: {request: GET /, auth: [bad, none], examples: {x: {auth: bda}}}",
            ["unknown auth scheme `baerer`", "unknown auth style `bda`"],
        ),
        (  # what a merge would bring cannot be missed
            "one: {<<: *it, examples: {x: {}}}",
            ["YAML 1.2 has no merge keys"],
        ),
        (  # a key that stands twice is read twice
            "one: {request: GET /, request: GTE /, examples: {x: {}}}",
            ["unknown HTTP method `GTE`", "the key `request` stands twice; first on line 7"],
        ),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_faults_neither_hide_nor_cause_others(
    text: str, messages: list[str], tmp_path: Path
) -> None:
    auth = "{scheme: baerer, env: KEY}" if "bad" in text else "&it {scheme: bearer, env: KEY}"
    spec = f"""callsheet: 1
title: Shop
server: https://api.shop.example
auth:
  bad: {auth}
endpoints:
  {text}
"""
    assert sorted(message for _, _, message in faults(spec, tmp_path)) == sorted(messages)


def test_all_values_may_be_faulty_at_once(tmp_path: Path) -> None:
    scalars = [
        (start, end)
        for path, start, end in PLACES
        if TEXT[start] not in "[{" and not path.endswith("/scheme")
    ]
    text = TEXT
    for start, end in reversed(scalars):
        text = f"{text[:start]}!no x{text[end:]}"
    found = faults(text, tmp_path)
    assert [message for _, _, message in found] == ["unknown tag `!no`"] * len(scalars)
