"""Cells of the hostile specs, and cells to verdicts in a fenced process of their own."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from callsheet.options import Options
from callsheet.spec.load import collector_off
from callsheet.spec.read import load
from callsheet.verify import selection
from callsheet.verify.cells import Outcome
from callsheet.verify.enclosure import Enclosure
from callsheet.verify.ladder import prepare
from callsheet.verify.process import Limits
from callsheet.verify.reports.text import failure
from callsheet.verify.terms import Terms
from callsheet.verify.versions import versions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callsheet.spec.model import Spec
    from callsheet.verify.cells import Cell, Verdict

FOLDER = Path(__file__).parents[1] / "specs" / "hostile"
#: Hard cases of one language each, by the language's name.
OWN = FOLDER.with_name("exact")
#: Failures of one test that are shown in full; of the others, what failed.
_FULL = 5


@cache
def specs() -> dict[str, Spec]:
    """The themes of the corpus by name."""
    return {path.stem: load(path) for path in sorted(FOLDER.glob("*.yaml"))}


def cells(spec: Spec, language: str = "") -> list[Cell]:
    """Every example through every client, of one language or of all."""
    options = Options(languages=(language,) if language else (), clients=("*/*",))
    with collector_off():
        return selection.cells(spec, options)


def verdicts(found: Sequence[Cell], seconds: float = 60) -> list[Verdict]:
    """What their programs do, each run for real.

    Args:
        found: The cells; their names are unique.
        seconds: What a program may take.
    """
    terms = Terms(
        today=datetime.now(tz=UTC).date(),
        limits=Limits(seconds=seconds),
        jobs=_jobs(),
        versions=versions(found),
        obstacles=prepare(found),
    )
    enclosure = Enclosure("auto")
    try:
        return enclosure.verify(found, terms)
    finally:
        enclosure.close()


def _jobs() -> int:
    """This worker's share of the processors, and one more: programs wait for their calls."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    return (os.cpu_count() or 1) // workers + 1


def hold(found: Sequence[Verdict]) -> None:
    """Fails where a program is wrong, or cannot be run on CI; skips where it cannot elsewhere."""
    wrong = [verdict for verdict in found if not verdict.good]
    missing = {verdict.reason for verdict in wrong if verdict.status == "unavailable"}
    if missing and not os.environ.get("CI"):
        wrong = [verdict for verdict in wrong if verdict.status != "unavailable"]
    assert not wrong, report(wrong)
    if missing:
        pytest.skip("; ".join(sorted(missing)))


def report(wrong: Sequence[Verdict]) -> str:
    """Case, client, differences and program of the first ones; of the rest, what failed."""
    lines = [f"{len(wrong)} cells are wrong"]
    for verdict in wrong[:_FULL]:
        outcome = Outcome(str(verdict.cell.position.file), (verdict,))
        text = verdict.cell.snippet.text if verdict.cell.snippet else ""
        lines += [failure(outcome, verdict), "the program:", text]
    lines += [f"{verdict.cell.name}: {verdict.reason}" for verdict in wrong[_FULL:]]
    return "\n\n".join(lines)
