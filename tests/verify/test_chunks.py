"""How cells become chunks, and when a batch is believed."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from callsheet.options import Options
from callsheet.spec.read import load
from callsheet.verify import batch, chunks
from callsheet.verify.batch import Batch
from callsheet.verify.bench import Bench, Lost
from callsheet.verify.cells import Level
from callsheet.verify.chunks import Chunk, verdicts
from callsheet.verify.differences import Difference
from callsheet.verify.selection import cells

from .cellmaking import TERMS, cell, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from callsheet.render import Snippet
    from callsheet.verify.authority import Authority
    from callsheet.verify.cells import Cell, Verdict
    from callsheet.verify.terms import Terms

SHARED, OWN = Bench(("shared",), "x"), None
SPEC = """\
callsheet: 1
title: Shop
server: https://api.shop.example
endpoints:
  items:
    request: GET /items
    examples:
"""


@pytest.fixture
def six(tmp_path: Path) -> list[Cell]:
    """Six cells of PHP, which has no batch of its own."""
    examples = "".join(f"      e{number}: {{response: {{json: {{}}}}}}\n" for number in range(6))
    (tmp_path / "shop.yaml").write_text(SPEC + examples)
    return cells(load(tmp_path / "shop.yaml"), Options(languages=("php",)))


def way(alike: object = "", *, fault: Exception | None = None) -> Batch:
    @contextmanager
    def opened(
        snippets: Sequence[Snippet], bench: Bench, authority: Authority
    ) -> Iterator[list[Bench]]:
        assert bench.command[0] == "php"
        assert authority.pem.exists()
        if fault:
            raise fault
        yield [SHARED] * len(snippets)

    return Batch(lambda snippet: alike if alike == "" else snippet.example, opened, most=4)


@pytest.fixture(autouse=True)
def _php_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "of_tool", lambda tool: way() if tool == "php" else None)


def climbing(
    monkeypatch: pytest.MonkeyPatch, wrong: dict[str, tuple[str, str]] | None = None
) -> list[tuple[str, str]]:
    """Lets programs end as they are told to, shared and alone; says which ran, and how."""
    ran: list[tuple[str, str]] = []

    def climb(one: Cell, _: Terms, bench: Bench | None = None) -> Verdict:
        how = "shared" if bench else "alone"
        ran.append((one.example, how))
        status = (wrong or {}).get(one.example, ("passed", "passed"))[0 if bench else 1]
        if status == "lost":
            raise Lost("it crashed")
        if status == "passed":
            return verdict(one)
        return replace(
            verdict(one, "failed", Level.RAN), differences=(Difference(status, "1", "2"),)
        )

    monkeypatch.setattr(chunks, "climb", climb)
    return ran


def test_alike_programs_make_chunks_and_few_of_them_do_not(six: list[Cell]) -> None:
    found = chunks.chunks(six, TERMS)
    assert [(len(one.cells), one.shared) for one in found] == [(4, True), (2, True)]
    assert [len(one.cells) for one in chunks.chunks(six[:3], TERMS)] == [1, 1, 1]
    assert [one for chunk in found for one in chunk.cells] == six


def test_where_little_is_shared_no_job_is_idle(
    six: list[Cell], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "of_tool", lambda _: replace(way(), least=2, most=100))
    sizes = {
        jobs: [len(one.cells) for one in chunks.chunks(six, replace(TERMS, jobs=jobs))]
        for jobs in (1, 2, 8)
    }
    assert sizes == {1: [6], 2: [3, 3], 8: [2, 2, 2]}


@pytest.mark.parametrize(
    "terms",
    [
        replace(TERMS, exact=True),
        replace(TERMS, level=Level.PARSED),
        replace(TERMS, obstacles={"php/curl": "it is not there"}),
    ],
)
def test_exact_cells_and_those_that_do_not_run_are_alone(six: list[Cell], terms: Terms) -> None:
    assert [one.shared for one in chunks.chunks(six, terms)] == [False] * 6


def test_programs_that_are_not_alike_are_alone(
    six: list[Cell], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "of_tool", lambda _: way(None))
    assert [len(one.cells) for one in chunks.chunks(six, TERMS)] == [1] * 6


def test_the_slowest_to_begin_is_first(six: list[Cell], monkeypatch: pytest.MonkeyPatch) -> None:
    slow = replace(way(), seconds=8.0)
    monkeypatch.setattr(batch, "of_tool", lambda _: slow)
    found = chunks.chunks([cell("a/go"), *six], TERMS)
    assert found[-1].cells[0].name == "a/go/it"


def shared(of: Sequence[Cell], terms: Terms = TERMS) -> list[Verdict]:
    return list(verdicts(Chunk(tuple(of), shared=True), terms))


def test_the_first_is_run_both_ways_and_the_others_are_believed(
    six: list[Cell], monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = climbing(monkeypatch)
    assert [one.status for one in shared(six)] == ["passed"] * 6
    others = [(f"e{number}", "shared") for number in range(1, 6)]
    assert ran == [("e0", "shared"), ("e0", "alone"), *others]


@pytest.mark.parametrize("wrong", [("passed", "body"), ("body", "passed"), ("body", "header")])
def test_where_the_first_differs_all_are_alone_and_a_note_says_so(
    six: list[Cell], monkeypatch: pytest.MonkeyPatch, wrong: tuple[str, str]
) -> None:
    ran = climbing(monkeypatch, {"e0": wrong})
    found = shared(six)
    assert ran[1:] == [(one.example, "alone") for one in six]
    assert found[0].status == ("passed" if wrong[1] == "passed" else "failed")
    assert all(
        "of e0/php/curl, a process of its own says otherwise" in one.note for one in found[1:]
    )


def test_what_fails_is_confirmed_until_that_was_right_three_times(
    six: list[Cell], monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = {f"e{number}": ("body", "body") for number in range(6)}
    ran = climbing(monkeypatch, wrong)
    assert [one.status for one in shared(six)] == ["failed"] * 6
    assert [name for name, how in ran if how == "alone"] == ["e0", "e1", "e2", "e3"]


def test_a_process_of_its_own_decides_and_three_doubts_end_the_batch(
    six: list[Cell], monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = {"e1": ("body", "passed"), "e2": ("lost", "passed"), "e3": ("body", "passed")}
    ran = climbing(monkeypatch, wrong)
    found = shared(six)
    assert [one.status for one in found] == ["passed"] * 6
    assert ran[-2:] == [("e4", "alone"), ("e5", "alone")]
    assert [bool(one.note) for one in found] == [False] * 4 + [True] * 2


@pytest.mark.parametrize("fault", [OSError("no room"), Lost("no room")])
def test_where_there_is_no_batch_every_program_is_alone(
    six: list[Cell], monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    monkeypatch.setattr(batch, "of_tool", lambda _: way(fault=fault))
    ran = climbing(monkeypatch)
    found = shared(six)
    assert ran == [(one.example, "alone") for one in six]
    assert all("no room" in one.note for one in found)
