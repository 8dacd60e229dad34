"""Facts of verified cells to the lines of the terminal's summary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callsheet.spec.model import Position
from callsheet.verify.cells import Cell, Level, Outcome, Verdict
from callsheet.verify.reports._cells import unproven
from callsheet.verify.reports._lines import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Facts = dict[str, Any]


def lines(found: Sequence[Facts], *, everything: bool) -> Iterator[tuple[str, str]]:
    """Lines with the colour of each.

    Args:
        found: What `Bench.facts` says of each cell.
        everything: Whether to say why the spec or a client lets a cell not pass as well.
    """
    found = sorted(found, key=lambda facts: facts["at"])  # xdist tells them as they come
    missing = [facts for facts in found if facts["status"] == "unavailable"]
    yield from ((line, "red") for line in unproven(_outcome(missing)))
    if everything:
        others = [facts for facts in found if facts["status"] != "unavailable"]
        yield from ((line, "yellow") for line in unproven(_outcome(others)))
    notes = dict.fromkeys(note for facts in found for note in facts["notes"])
    yield from ((f"note: {short(note)}", "yellow") for note in notes)


def _outcome(found: Sequence[Facts]) -> Outcome:
    required = tuple(found[0]["required"]) if found else ()
    return Outcome("", tuple(map(_verdict, found)), required)


def _verdict(facts: Facts) -> Verdict:
    example, language, client = facts["cell"]
    cell = Cell(example, language, client, Position("", 0, 0), None)
    return Verdict(cell, facts["status"], Level.RENDERED, Level.MATCHED, facts["reason"])
