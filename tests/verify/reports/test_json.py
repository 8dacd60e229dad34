"""The report for programs, read again and joined."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from callsheet.errors import UsageError
from callsheet.options import Options
from callsheet.verify import reports
from callsheet.verify.cells import Level, Outcome, Verdict
from callsheet.verify.reports import jsonreport
from callsheet.verify.selection import cells
from support import spec_of
from verify.reports import made

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("outcome", [made.outcome(), made.hostile(), Outcome("s", ())])
@pytest.mark.parametrize("key", reports.keys())
def test_what_was_loaded_makes_the_same_reports(key: str, outcome: Outcome) -> None:
    again = jsonreport.load(jsonreport.render(outcome))
    assert reports.get(key).render(again) == reports.get(key).render(outcome)


def test_what_was_loaded_is_what_was_written() -> None:
    assert jsonreport.load(jsonreport.render(made.outcome())) == made.outcome()


def test_a_report_of_an_earlier_version_is_read_as_well() -> None:
    document = json.loads(jsonreport.render(made.outcome()))
    del document["run"]
    for cell in document["cells"]:
        del cell["sha256"]
    again = jsonreport.load(json.dumps(document))
    assert again.run == ""
    assert {verdict.cell.sha256 for verdict in again.verdicts} == {""}


def test_a_cell_is_known_by_the_text_of_its_snippet(tmp_path: Path) -> None:
    options = Options(languages=("curl",))
    (cell,) = cells(spec_of(tmp_path, "{body: {json: {a: 1}}}"), options)
    assert cell.snippet
    (found,) = json.loads(jsonreport.render(Outcome("s", (made.verdict(cell),))))["cells"]
    assert found["sha256"] == hashlib.sha256(cell.snippet.text.encode()).hexdigest()


def test_bytes_that_are_no_text_come_back() -> None:
    raw = b"\xff\x00\xfe caf\xe9"
    found = made.verdict(made.cell("a", "b/c"), stdout=raw, stderr=b"##[x]\n")
    (again,) = jsonreport.load(jsonreport.render(Outcome("s", (found,)))).verdicts
    assert (again.stdout, again.stderr) == (raw, b"##[x]\n")


def test_it_says_in_figures_what_a_script_asks_for() -> None:
    document = json.loads(jsonreport.render(made.outcome()))
    assert document["failures"] == 4
    assert document["counts"]["unavailable"] == 3
    assert [cell["fails"] for cell in document["cells"]].count(True) == 4


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        "[" * 100_000,
        '{"callsheet": 2}',
        jsonreport.render(made.outcome()).replace('"passed",', '"perfect",'),
        jsonreport.render(made.outcome()).replace('"matched"', '"proven"'),
        jsonreport.render(made.outcome()).replace('"spec/shop.yaml"', "7"),
        jsonreport.render(made.outcome()).replace('"line": 12', '"line": "a"'),
        jsonreport.render(made.outcome()).replace('"line": 12', '"line": Infinity'),
    ],
)
def test_another_text_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="report"):
        jsonreport.load(text)


def shard(number: int, *verdicts: Verdict, notes: tuple[str, ...] = ()) -> Outcome:
    return Outcome("spec.yaml", verdicts, notes=notes, shard=f"{number}/2")


def names(outcome: Outcome) -> list[str]:
    return [verdict.cell.name for verdict in outcome.verdicts]


def test_shards_are_joined_in_their_order_whichever_came_first() -> None:
    one, two, three = (made.verdict(made.cell(name, "curl/curl")) for name in "abc")
    whole = jsonreport.join([shard(2, three, notes=("x", "y")), shard(1, one, two, notes=("x",))])
    assert whole == Outcome("spec.yaml", (one, two, three), notes=("x", "y"))


def test_a_joined_run_began_when_its_first_shard_did() -> None:
    days = ("2026-11-24T09:30:00Z", "2026-11-23T23:59:59Z")
    parts = [replace(shard(number), run=day) for number, day in enumerate(days, 1)]
    assert jsonreport.join(parts).run == days[1]


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_verdicts_the_worse_is_kept(order: int) -> None:
    good = made.verdict(made.cell("a", "curl/curl"))
    ran = replace(good, status="failed", level=Level.RAN)
    parsed = replace(ran, level=Level.PARSED)
    other = made.verdict(made.cell("b", "curl/curl"))
    parts = [Outcome("s", (one, other)) for one in (good, ran, parsed)][::order]
    whole = jsonreport.join(parts)
    assert whole.verdicts == (parsed, other)


@pytest.mark.parametrize(
    ("parts", "complaint"),
    [
        ([], "none"),
        ([Outcome("a.yaml", ()), Outcome("b.yaml", ())], "`a.yaml`, `b.yaml`"),
        ([shard(2)], "missing: shard 1"),
        ([replace(shard(1), shard="1/3"), replace(shard(1), shard="2/3")], "missing: shard 3"),
        ([shard(1), shard(2), replace(shard(1), shard="1/3")], "different numbers"),
        ([replace(shard(1), shard="three")], "no shard"),
    ],
)
def test_what_is_no_whole_run_is_not_joined(parts: list[Outcome], complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        jsonreport.join(parts)


def test_what_any_shard_required_is_required_of_all() -> None:
    missing = made.verdict(made.cell("a", "go/net-http"), "unavailable", Level.PARSED)
    parts = [Outcome("s", (missing,)), Outcome("s", (), ("go",))]
    assert jsonreport.join(parts).failures == (missing,)
