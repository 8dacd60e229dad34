"""SARIF 2.1.0, held against the part of its schema that code scanning reads."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from callsheet.spec.model import Position
from callsheet.verify.cells import Outcome
from callsheet.verify.reports import sarif
from verify.reports import made

if TYPE_CHECKING:
    from pathlib import Path

MESSAGE = {
    "type": "object",
    "required": ["text"],
    "additionalProperties": False,
    "properties": {"text": {"type": "string", "minLength": 1}},
}


def closed(**properties: Any) -> dict[str, Any]:
    """An object with these properties, all required, and no others."""
    return {
        "type": "object",
        "required": list(properties),
        "additionalProperties": False,
        "properties": properties,
    }


def rows(items: dict[str, Any], **limits: int) -> dict[str, Any]:
    return {"type": "array", "items": items, **limits}


TEXT = {"type": "string", "minLength": 1}
FROM_ONE = {"type": "integer", "minimum": 1}
#: RFC 3986: a relative reference of path characters, neither absolute nor upwards.
URI = {
    "type": "string",
    "pattern": r"^(?!/)(?!.*\.\./)(?:[A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-F]{2})+$",
}
LOCATION = closed(
    physicalLocation=closed(
        artifactLocation=closed(uri=URI, uriBaseId={"const": "%SRCROOT%"}),
        region=closed(startLine=FROM_ONE, startColumn=FROM_ONE),
    )
)
RESULT = closed(
    ruleId=TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    level={"enum": ["none", "note", "warning", "error"]},
    message=MESSAGE,
    locations=rows(LOCATION, minItems=1, maxItems=1),
    partialFingerprints={"type": "object", "minProperties": 1, "additionalProperties": TEXT},
)
RULE = closed(id=TEXT, shortDescription=MESSAGE)
RUN = closed(
    tool=closed(driver=closed(name=TEXT, version=TEXT, rules=rows(RULE))),
    originalUriBaseIds={"type": "object"},
    invocations=rows(
        closed(
            executionSuccessful={"type": "boolean"},
            toolExecutionNotifications=rows(closed(level=TEXT, message=MESSAGE)),
        )
    ),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    results=rows(RESULT, maxItems=5000),
)
SCHEMA = closed(**{"$schema": TEXT}, version={"const": "2.1.0"}, runs=rows(RUN, minItems=1))


def run(outcome: Outcome) -> Any:
    document = json.loads(sarif.render(outcome))
    jsonschema.validate(document, SCHEMA)
    return document["runs"][0]


def rules(outcome: Outcome) -> list[str]:
    return [result["ruleId"] for result in run(outcome)["results"]]


@pytest.mark.parametrize("outcome", [made.outcome(), made.hostile(), Outcome("s", ())])
def test_the_structure_is_sarif_s(outcome: Outcome) -> None:
    found = run(outcome)
    assert len(found["results"]) == len(outcome.failures)
    for result in found["results"]:
        assert found["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_the_rule_says_how_it_failed() -> None:
    assert rules(made.outcome()) == [
        "verify/matched",
        "verify/compiled",
        "verify/unavailable",
        "verify/known-failure",
    ]


def test_a_result_stands_at_the_spec_s_line_and_says_all() -> None:
    result = run(made.outcome())["results"][0]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "spec/shop.yaml"
    assert place["region"] == {"startLine": 12, "startColumn": 7}
    assert "- expected  'POST'\n+ got       'PUT'" in result["message"]["text"]
    assert "| KeyError: 'id'" in result["message"]["text"]


def prints(outcome: Outcome) -> list[dict[str, str]]:
    return [result["partialFingerprints"] for result in run(outcome)["results"]]


def test_fingerprints_differ_by_cell_and_stay_when_lines_move() -> None:
    before = made.outcome()
    found = prints(before)
    assert len({item["primaryLocationLineHash"] for item in found}) == len(found)
    moved = tuple(
        replace(verdict, cell=replace(verdict.cell, position=Position(made.SPEC, 99, 1)))
        for verdict in before.verdicts
    )
    assert prints(replace(before, verdicts=moved)) == found


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("spec/my shop#1.yaml", "spec/my%20shop%231.yaml"),
        ("spec/照.yaml", "spec/%E7%85%A7.yaml"),
        ("{folder}/spec/shop.yaml", "sub/spec/shop.yaml"),
        ("spec/shop.yaml", "sub/spec/shop.yaml"),
        ("../sub/./spec/shop.yaml", "sub/spec/shop.yaml"),
    ],
)
def test_uris_are_relative_to_the_repository(
    file: str, uri: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "sub"
    folder.mkdir()
    if not uri.startswith("sub"):
        (folder / ".git").write_text("gitdir: elsewhere\n")
    monkeypatch.chdir(folder)
    at = made.cell("a", "curl/curl")
    at = replace(at, position=Position(file.format(folder=folder), 1, 1))
    result = run(Outcome("s", (made.verdict(at, "failed"),)))["results"][0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_a_file_outside_of_it_is_named_whole() -> None:
    at = replace(made.cell("a", "curl/curl"), position=Position("/no where/shop.yaml", 1, 1))
    document = json.loads(sarif.render(Outcome("s", (made.verdict(at, "failed"),))))
    (location,) = document["runs"][0]["results"][0]["locations"]
    artifact = location["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": "file:///no%20where/shop.yaml"}


def test_more_results_than_github_keeps_are_counted() -> None:
    found = json.loads(sarif.render(made.many(5003)))["runs"][0]
    assert len(found["results"]) == 5000
    told = found["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    assert told.startswith("3 more failures")


def test_no_text_becomes_a_link() -> None:
    assert "](" not in sarif.render(made.hostile())
