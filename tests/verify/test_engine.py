from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from callsheet.verify import engine
from callsheet.verify.engine import Runner, recall, verify
from callsheet.verify.proofs import Proofs

from .cellmaking import TERMS, cell, real, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from callsheet.verify.cells import Cell, Verdict
    from callsheet.verify.terms import Terms

CELLS = [cell(f"{example}/{language}") for example in "abcdef" for language in ("go", "php")]


def passing(cells: Sequence[Cell], _: Terms) -> Iterator[Verdict]:
    for one in cells:
        yield verdict(one)


def both(runner: Runner) -> dict[str, Runner]:
    return {"go": runner, "php": runner}


def test_verdicts_have_the_order_of_the_spec_whatever_is_ready_first() -> None:
    seen: list[str] = []

    def slow_first(cells: Sequence[Cell], terms: Terms) -> Iterator[Verdict]:
        time.sleep(0.2 if cells[0] is CELLS[0] else 0)
        yield from passing(cells, terms)

    terms = replace(TERMS, jobs=2)
    found = verify(
        CELLS, terms, lambda one: seen.append(one.cell.name), runners=both(Runner(slow_first))
    )
    assert [one.cell for one in found] == CELLS
    assert seen[-1] == CELLS[0].name
    assert sorted(seen) == sorted(one.name for one in CELLS)


def test_a_runner_gets_as_many_cells_of_its_language_as_it_takes() -> None:
    chunks: list[list[Cell]] = []

    def noted(cells: Sequence[Cell], terms: Terms) -> Iterator[Verdict]:
        chunks.append(list(cells))
        yield from passing(cells, terms)

    verify(CELLS, TERMS, runners={"go": Runner(noted, most=4), "php": Runner(noted, most=100)})
    assert [[one.name for one in chunk] for chunk in chunks] == [
        ["a/go/it", "b/go/it", "c/go/it", "d/go/it"],
        [f"{example}/php/it" for example in "abcdef"],
        ["e/go/it", "f/go/it"],
    ]


def test_as_many_programs_run_at_once_as_there_are_jobs() -> None:
    together = threading.Barrier(3)

    def meeting(cells: Sequence[Cell], terms: Terms) -> Iterator[Verdict]:
        together.wait(10)
        yield from passing(cells, terms)

    found = verify(CELLS[:6], replace(TERMS, jobs=3), runners=both(Runner(meeting)))
    assert [one.status for one in found] == ["passed"] * 6


def test_what_a_runner_drops_is_verified_alone_and_nothing_counts_twice() -> None:
    def forgetful(cells: Sequence[Cell], _: Terms) -> Iterator[Verdict]:
        yield verdict(cells[0])
        yield verdict(cells[0], "failed")
        yield verdict(cell("x/go"))

    found = verify(CELLS, TERMS, runners=both(Runner(forgetful, most=100)))
    assert [one.cell for one in found] == CELLS
    # Alone, a cell without a program is unsupported.
    assert [one.status for one in found] == ["passed", "passed", *["unsupported"] * 10]


def test_a_fault_of_a_runner_is_raised_and_ends_what_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[bool] = []
    monkeypatch.setattr(engine, "end_all", lambda: ended.append(True))

    def broken(_: Sequence[Cell], __: Terms) -> Iterator[Verdict]:
        raise ZeroDivisionError
        yield

    with pytest.raises(ZeroDivisionError):
        verify(CELLS, TERMS, runners=both(Runner(broken)))
    assert ended


def test_an_interrupt_ends_what_runs_and_does_not_wait_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stop = threading.Event()
    monkeypatch.setattr(engine, "end_all", stop.set)

    def hanging(cells: Sequence[Cell], terms: Terms) -> Iterator[Verdict]:
        if cells[0] is not CELLS[0]:
            stop.wait(60)
        yield from passing(cells, terms)

    def interrupt(_: Verdict) -> None:
        raise KeyboardInterrupt

    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        verify(CELLS, replace(TERMS, jobs=2), interrupt, runners=both(Runner(hanging)))
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
    def third(cells: Sequence[Cell], _: Terms) -> Iterator[Verdict]:
        yield verdict(cells[0], status if cells[0] is CELLS[2] else "passed")  # type: ignore[arg-type]

    terms = replace(TERMS, fail_fast=True, required=required)
    found = verify(CELLS, terms, runners=both(Runner(third)))
    assert [one.cell for one in found] == CELLS[:count]


def test_without_fail_fast_every_cell_has_a_verdict() -> None:
    def failing(cells: Sequence[Cell], _: Terms) -> Iterator[Verdict]:
        yield verdict(cells[0], "failed")

    assert [one.status for one in verify(CELLS, TERMS, runners=both(Runner(failing)))] == [
        "failed"
    ] * 12


def test_what_is_proven_is_kept_and_not_verified_again(tmp_path: Path) -> None:
    cells = [real(tmp_path), real(tmp_path, "one/python/requests")]
    terms = replace(TERMS, proofs=Proofs(tmp_path / "proofs"))
    verify(cells[:1], terms, runners={"curl": Runner(passing)})
    proven = recall(cells, terms)
    assert [one.cell.name for one in proven] == ["one/curl/curl"]
    ran: list[str] = []

    def noted(chunk: Sequence[Cell], terms: Terms) -> Iterator[Verdict]:
        ran.extend(one.name for one in chunk)
        yield from passing(chunk, terms)

    runners = dict.fromkeys(("curl", "python"), Runner(noted))
    found = verify(cells, terms, proven=proven, runners=runners)
    assert ran == ["one/python/requests"]
    assert [one.cached for one in found] == [True, False]


def test_no_cell_is_no_work() -> None:
    assert verify([], TERMS) == ()
