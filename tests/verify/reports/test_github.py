"""Workflow commands, taken apart as GitHub's runner does."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from callsheet.verify.cells import Level, Outcome
from callsheet.verify.reports import github
from callsheet.verify.reports._details import details
from verify.reports import made

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def unescaped(text: str) -> str:
    """In the runner's order: https://github.com/actions/runner, ActionCommand.cs."""
    for escape, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escape, char)
    return text


def commands(outcome: Outcome) -> list[tuple[str, dict[str, str], str]]:
    found = []
    for line in github.render(outcome).splitlines():
        match = COMMAND.fullmatch(line)
        assert match, line
        pairs = (pair.partition("=") for pair in match[2].split(","))
        properties = {name: unescaped(value) for name, _, value in pairs}
        found.append((match[1], properties, unescaped(match[3])))
    return found


def test_a_failure_stands_at_the_spec_s_line() -> None:
    outcome = made.outcome()
    kind, properties, message = commands(outcome)[0]
    assert kind == "error"
    assert properties == {
        "title": "create-order with python/openai",
        "file": "spec/shop.yaml",
        "line": "12",
        "col": "7",
    }
    assert message.startswith("method: expected 'POST', got 'PUT', and 3 more differences\n")
    assert message.endswith(details(outcome, outcome.failures[0]))


@pytest.mark.parametrize(
    "text", ["100% of a,b::c", "%0A", "%25", "a\nb\r\nc", "::error::x", "", "照片 \U0001f600"]
)
def test_what_is_unescaped_is_what_was_said(text: str) -> None:
    line = github.command("error", {"title": text, "file": text}, text)
    match = COMMAND.fullmatch(line)
    assert match
    assert unescaped(match[3]) == text
    pairs = [pair.partition("=") for pair in match[2].split(",")]
    assert [(name, unescaped(value)) for name, _, value in pairs] == [
        ("title", text),
        ("file", text),
    ]


def test_failures_come_first() -> None:
    kinds = [kind for kind, _, _ in commands(made.outcome())]
    assert kinds == ["error"] * 4 + ["warning"] * 3 + ["notice"]


def test_hostile_texts_make_no_further_commands() -> None:
    assert len(commands(made.hostile())) == 1 + 1 + 9


@pytest.mark.parametrize("failures", [9, 10, 11, 300])
def test_github_s_limits_are_kept_and_what_is_left_out_is_told(failures: int) -> None:
    errors = [one for one in commands(made.many(failures)) if one[0] == "error"]
    assert len(errors) == min(failures, 10)
    told = [one for one in errors if "file" not in one[1]]
    if failures <= 10:
        assert not told
    else:
        ((_, _, message),) = told
        assert message.startswith(f"{failures - 9} more failures without an annotation")
        assert "bad-9 · curl/curl · spec/shop.yaml:10:7: method: expected" in message


def test_no_kind_has_more_than_ten() -> None:
    missing = (
        made.verdict(made.cell("a", f"l{n}/c"), "unavailable", Level.PARSED, f"no {n}")
        for n in range(30)
    )
    notes = tuple(f"note {n}" for n in range(30))
    found = commands(Outcome("s", (*made.many(30).verdicts, *missing), (), notes))
    assert Counter(kind for kind, _, _ in found) == {"error": 10, "warning": 10, "notice": 10}
    assert "note 29" in found[-1][2]


def test_a_message_stays_below_64_kb() -> None:
    raw = ("照" * 390 + "\n").encode() * 100
    found = made.verdict(made.cell("a", "b/c"), "failed", Level.RAN, stderr=raw, stdout=raw)
    ((_, _, message),) = commands(Outcome("s", (found,)))
    assert len(message.encode()) < 64_000
    assert re.search(r"\n… \d+ more lines$", message)
