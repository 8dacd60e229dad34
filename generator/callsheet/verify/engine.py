"""Cells to Verdicts: what is proven is read, all else is given to a crew in chunks."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from callsheet.verify.chunks import chunks
from callsheet.verify.crew import Threads
from callsheet.verify.known import settled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from callsheet.verify.cells import Cell, Verdict
    from callsheet.verify.crew import Crew
    from callsheet.verify.terms import Terms


def recall(cells: Sequence[Cell], terms: Terms) -> list[Verdict]:
    """The verdicts of those cells that were proven before."""
    if terms.proofs is None:
        return []
    found = (terms.proofs.find(cell, terms) for cell in cells)
    return [proof for proof in found if proof is not None]


def verify(
    cells: Sequence[Cell],
    terms: Terms,
    watch: Callable[[Verdict], None] = lambda _: None,
    proven: Sequence[Verdict] = (),
    crew: Crew | None = None,
) -> tuple[Verdict, ...]:
    """The verdicts in the order of the cells; `fail_fast` leaves out those that were not begun.

    Args:
        cells: What is verified, of one spec.
        terms: How. Where this raises, as on Ctrl-C, every program that runs is ended at once.
        watch: Is shown each verdict as it is found.
        proven: What `recall` found of them, which is not verified again.
        crew: Who verifies the others, where that is not this process.
    """
    known = {verdict.cell.name for verdict in proven}
    waiting = [cell for cell in cells if cell.name not in known]
    crew = crew or Threads(terms)
    found: dict[str, Verdict] = {}
    try:
        for raw in chain(proven, crew.work(chunks(waiting, terms, crew.bundle))):
            verdict = settled(raw, terms.today)
            found[verdict.cell.name] = verdict
            watch(verdict)
            if terms.proofs:
                terms.proofs.keep(raw, terms)
            if terms.stops(raw):
                crew.stop()
    except BaseException:
        crew.dismiss()
        raise
    return tuple(found[cell.name] for cell in cells if cell.name in found)
