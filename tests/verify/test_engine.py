from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from callsheet.verify import crew
from callsheet.verify.crew import Threads
from callsheet.verify.engine import recall, verify
from callsheet.verify.proofs import Proofs

from .cellmaking import TERMS, cell, real, verdict

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from callsheet.verify.cells import Verdict
    from callsheet.verify.chunks import Chunk
    from callsheet.verify.terms import Terms

CELLS = [cell(f"{example}/{language}") for example in "abcdef" for language in ("go", "php")]


def passing(chunk: Chunk, _: Terms) -> Generator[Verdict]:
    for one in chunk.cells:
        yield verdict(one)


def test_verdicts_have_the_order_of_the_spec_whatever_is_ready_first() -> None:
    seen: list[str] = []

    def slow_first(chunk: Chunk, terms: Terms) -> Generator[Verdict]:
        time.sleep(0.2 if chunk.cells[0] is CELLS[0] else 0)
        yield from passing(chunk, terms)

    terms = replace(TERMS, jobs=2)
    found = verify(
        CELLS, terms, lambda one: seen.append(one.cell.name), crew=Threads(terms, slow_first)
    )
    assert [one.cell for one in found] == CELLS
    assert seen[-1] == CELLS[0].name
    assert sorted(seen) == sorted(one.name for one in CELLS)


def test_as_many_programs_run_at_once_as_there_are_jobs() -> None:
    together = threading.Barrier(3)

    def meeting(chunk: Chunk, terms: Terms) -> Generator[Verdict]:
        together.wait(10)
        yield from passing(chunk, terms)

    found = verify(CELLS[:6], TERMS, crew=Threads(replace(TERMS, jobs=3), meeting))
    assert [one.status for one in found] == ["passed"] * 6


def test_a_fault_of_a_runner_is_raised_and_ends_what_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[bool] = []
    monkeypatch.setattr(crew, "end_all", lambda: ended.append(True))

    def broken(_: Chunk, __: Terms) -> Generator[Verdict]:
        raise ZeroDivisionError
        yield

    with pytest.raises(ZeroDivisionError):
        verify(CELLS, TERMS, crew=Threads(TERMS, broken))
    assert ended


def test_an_interrupt_ends_what_runs_and_does_not_wait_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stop = threading.Event()
    monkeypatch.setattr(crew, "end_all", stop.set)

    def hanging(chunk: Chunk, terms: Terms) -> Generator[Verdict]:
        if chunk.cells[0] is not CELLS[0]:
            stop.wait(60)
        yield from passing(chunk, terms)

    def interrupt(_: Verdict) -> None:
        raise KeyboardInterrupt

    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        verify(CELLS, TERMS, interrupt, crew=Threads(replace(TERMS, jobs=2), hanging))
    assert stop.is_set()
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    ("status", "required", "count"),
    [
        ("failed", (), 3),
        ("unavailable", ("all",), 3),
        ("unavailable", ("go",), 3),
        ("unavailable", ("php",), 12),
        ("unavailable", (), 12),
        ("passed", ("all",), 12),
    ],
)
def test_fail_fast_begins_nothing_after_the_first_failure(
    status: str, required: tuple[str, ...], count: int
) -> None:
    def third(chunk: Chunk, _: Terms) -> Generator[Verdict]:
        yield verdict(chunk.cells[0], status if chunk.cells[0] is CELLS[2] else "passed")  # type: ignore[arg-type]

    terms = replace(TERMS, fail_fast=True, required=required)
    found = verify(CELLS, terms, crew=Threads(terms, third))
    assert [one.cell for one in found] == CELLS[:count]


def test_without_fail_fast_every_cell_has_a_verdict() -> None:
    def failing(chunk: Chunk, _: Terms) -> Generator[Verdict]:
        yield verdict(chunk.cells[0], "failed")

    assert [one.status for one in verify(CELLS, TERMS, crew=Threads(TERMS, failing))] == [
        "failed"
    ] * 12


def test_what_is_proven_is_kept_and_not_verified_again(tmp_path: Path) -> None:
    cells = [real(tmp_path), real(tmp_path, "one/python/requests")]
    terms = replace(TERMS, proofs=Proofs(tmp_path / "proofs"))
    verify(cells[:1], terms, crew=Threads(terms, passing))
    proven = recall(cells, terms)
    assert [one.cell.name for one in proven] == ["one/curl/curl"]
    ran: list[str] = []

    def noted(chunk: Chunk, terms: Terms) -> Generator[Verdict]:
        ran.extend(one.name for one in chunk.cells)
        yield from passing(chunk, terms)

    found = verify(cells, terms, proven=proven, crew=Threads(terms, noted))
    assert ran == ["one/python/requests"]
    assert [one.cached for one in found] == [True, False]


def test_no_cell_is_no_work() -> None:
    assert verify([], TERMS) == ()
