"""Faulty programs against the whole verifier: each is a rendered cURL snippet with one edit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from callsheet.verify.dummies import dummies
from callsheet.verify.process import Limits
from callsheet.verify.tolerances import TOLERANCES
from callsheet.verify.verdicts import Trial, attempt, judge

from .support import request_of, snippet_of

if TYPE_CHECKING:
    from pathlib import Path

    from callsheet.render import Snippet

PLAIN = """
auth: header
query: {q: x}
body: {json: {a: 1.10}}
response: {json: {ok: true}}
"""
STREAM = """
auth: bearer
body: {json: {a: 1}}
response: {sse: [{t: a}, {t: b}, "[DONE]"]}
prints: t
"""


def tried(snippet: Snippet, limits: Limits | None = None) -> tuple[Trial, list[str]]:
    variables = dummies(snippet.request.env)
    trial = attempt(snippet, variables, limits=limits or Limits(seconds=20))
    return trial, [difference.what for difference in judge(snippet, trial, variables)]


def edited(folder: Path, old: str, new: str, example: str = PLAIN) -> Snippet:
    snippet = snippet_of(request_of(folder, example))
    assert old in snippet.text
    return replace(snippet, text=snippet.text.replace(old, new, 1))


@pytest.mark.parametrize("example", [PLAIN, STREAM])
def test_a_right_snippet_is_proven(tmp_path: Path, example: str) -> None:
    trial, differences = tried(snippet_of(request_of(tmp_path, example)))
    assert differences == []
    assert len(trial.calls) == 1


@pytest.mark.parametrize(
    ("old", "new", "places"),
    [
        ("curl ", "curl --request PUT ", ["method"]),
        ("/v1/", "//v1/", ["path"]),
        ("q=x", "q=y", ["query"]),
        ('"x-api-key: ${KEY:?}"', "'x-api-key: sk-1'", ["header x-api-key"]),
        (
            "x-api-key: ",
            "Authorization: Bearer ",
            ["header x-api-key", "extra header authorization"],
        ),
        ("1.10", "1.1", ["body at a"]),
        ("curl ", "curl --silent -o /dev/null ", ["stdout"]),
        ("curl ", "curl --user-agent x --header 'X-More: 1' ", ["extra header x-more"]),
        ("curl ", "true ", ["number of calls", "stdout"]),
        ("--fail", "--no-such-option --fail", ["exit status", "number of calls", "stdout"]),
    ],
)
def test_a_faulty_snippet_is_caught(tmp_path: Path, old: str, new: str, places: list[str]) -> None:
    assert sorted(tried(edited(tmp_path, old, new))[1]) == sorted(places)


def test_a_second_request_is_caught(tmp_path: Path) -> None:
    snippet = snippet_of(request_of(tmp_path, PLAIN))
    twice = f"call() {{\n{snippet.text}}}\ncall >/dev/null\ncall\n"
    assert tried(replace(snippet, text=twice))[1] == ["number of calls"]


def test_bytes_that_are_no_request_are_caught(tmp_path: Path) -> None:
    snippet = snippet_of(request_of(tmp_path, PLAIN, server="http://api.test/base"))
    text = snippet.text.replace("curl ", "curl --http2-prior-knowledge ")
    assert "connection" in tried(replace(snippet, text=text))[1]


def test_a_program_that_fails_after_its_call_is_caught(tmp_path: Path) -> None:
    snippet = snippet_of(request_of(tmp_path, PLAIN))
    failing = replace(snippet, text=f"{snippet.text}\nexit 7\n")
    assert tried(failing)[1] == ["exit status"]


def test_a_snippet_that_hangs_says_so(tmp_path: Path) -> None:
    snippet = snippet_of(request_of(tmp_path, PLAIN))
    hanging = replace(snippet, text=f"{snippet.text}\nsleep 60\n")
    assert tried(hanging, Limits(seconds=3))[1] == ["end", "exit status"]


def test_a_stream_that_is_shown_at_its_end_is_caught(tmp_path: Path) -> None:
    snippet = snippet_of(request_of(tmp_path, STREAM))
    late = replace(snippet, text=f"all=$({snippet.text})\nprintf '%s\\n\\n' \"$all\"\n")
    assert tried(late, Limits(seconds=20, patience=0.3))[1] == ["stream"]


def test_the_table_says_why_for_each_tolerance_and_none_twice() -> None:
    assert all(len(row.reason) > 10 for row in TOLERANCES)
    assert len({(row.where, row.name, row.clients) for row in TOLERANCES}) == len(TOLERANCES)
