"""Cells to Chunks, the unit of work; a Chunk to its Verdicts, on whichever machine. Plain values.

Programs that are alike share what is slow to start. That is never believed blindly: the first of a
chunk, and the first that fail, are run both ways, and what a process of its own says counts.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

from callsheet.errors import CallsheetError
from callsheet.verify import batch, runners
from callsheet.verify.bench import Lost
from callsheet.verify.cells import Level
from callsheet.verify.ladder import climb
from callsheet.verify.verdicts import signing

if TYPE_CHECKING:
    from collections.abc import Generator, Hashable, Sequence

    from callsheet.verify.batch import Batch
    from callsheet.verify.bench import Bench
    from callsheet.verify.cells import Cell, Verdict
    from callsheet.verify.terms import Terms

#: Failures of a chunk that a process of its own must confirm before the next is believed.
_CHECKS = 3
#: Programs whose verdicts differ, or that lose their host, before a chunk goes on without it.
_DOUBTS = 3


@dataclass(frozen=True, slots=True)
class Chunk:
    """Cells that are verified one after another.

    Attributes:
        cells: The cells; of one client.
        shared: Whether their programs share what is slow to start.
        seconds: What it takes to begin, about.
    """

    cells: tuple[Cell, ...]
    shared: bool = False
    seconds: float = 0.0


def chunks(cells: Sequence[Cell], terms: Terms, bundle: int = 1) -> list[Chunk]:
    """All cells in chunks: the slowest to begin first, then in the order of the spec.

    Args:
        cells: The cells.
        terms: The terms.
        bundle: How many cells of a client go together that share nothing.
    """
    alike: dict[Hashable, list[Cell]] = {}
    others: dict[str, list[Cell]] = {}
    for cell in cells:
        way = _batch(cell, terms)
        common = way.alike(cell.snippet) if way and cell.snippet else None
        if common is None:
            others.setdefault(cell.sender, []).append(cell)
        else:
            alike.setdefault((cell.sender, common), []).append(cell)
    found: list[Chunk] = []
    shares = [group for group in alike.values() if len(group) >= _least(group[0], terms)]
    # Where there is less to share than there are jobs, none of them shall be idle.
    parts = max(1, terms.jobs // len(shares)) if shares else 1
    for group in alike.values():
        way = _batch(group[0], terms)
        if way and len(group) >= way.least:
            size = min(way.most, max(way.least, ceil(len(group) / parts)))
            found += _cut(group, size, way.seconds, shared=True)
        else:
            others.setdefault(group[0].sender, []).extend(group)
    for group in others.values():
        way = _batch(group[0], terms)
        found += _cut(group, bundle, way.seconds if way else 0.0)
    place = {cell.name: index for index, cell in enumerate(cells)}
    return sorted(found, key=lambda chunk: (-chunk.seconds, place[chunk.cells[0].name]))


def _least(cell: Cell, terms: Terms) -> int:
    way = _batch(cell, terms)
    return way.least if way else 0


def _cut(group: Sequence[Cell], size: int, seconds: float, *, shared: bool = False) -> list[Chunk]:
    starts = range(0, len(group), size)
    return [Chunk(tuple(group[at : at + size]), shared, seconds) for at in starts]


def _batch(cell: Cell, terms: Terms) -> Batch | None:
    if terms.exact or terms.level <= Level.PARSED or cell.snippet is None:
        return None
    if cell.sender in terms.obstacles:
        return None
    return batch.of_tool(cell.snippet.language.runtime.command)


def verdicts(chunk: Chunk, terms: Terms) -> Generator[Verdict]:
    """The verdicts of a chunk, each as soon as it is found.

    To close the iterator ends what the programs share.
    """
    way = _batch(chunk.cells[0], terms) if chunk.shared else None
    if way is None:
        for cell in chunk.cells:
            yield climb(cell, terms)
        return
    with closing(_shared(chunk, terms, way)) as found:
        yield from found


def _shared(chunk: Chunk, terms: Terms, way: Batch) -> Generator[Verdict]:
    snippets = [cell.snippet for cell in chunk.cells if cell.snippet]
    judge, left = _Judge(), list(chunk.cells)
    try:
        bench = runners.prepare(snippets[0].language, snippets[0].client)
        with signing(terms.authority) as authority, way.open(snippets, bench, authority) as benches:
            terms = replace(terms, authority=authority)
            for own in benches:
                yield judge.verdict(left.pop(0), terms, own)
    except (CallsheetError, OSError) as fault:
        judge.doubt(str(fault))
    for cell in left:
        yield judge.alone(cell, terms)


class _Judge:
    """Believes a bench that is shared as long as it says what a process of its own says."""

    def __init__(self) -> None:
        self._checks = 0
        self._doubts = 0
        self._note = ""

    def doubt(self, reason: str) -> None:
        """Believes the bench no more."""
        self._note = f"programs did not share what is slow to start: {reason}"

    def alone(self, cell: Cell, terms: Terms) -> Verdict:
        """The verdict of a process of its own."""
        found = climb(cell, terms)
        return replace(found, note=f"{cell.sender}: {self._note}") if self._note else found

    def verdict(self, cell: Cell, terms: Terms, bench: Bench) -> Verdict:
        """The verdict of a bench, which is checked where there is reason to."""
        if self._note:
            return self.alone(cell, terms)
        try:
            found = climb(cell, terms, bench)
        except Lost as lost:
            self._differ(str(lost))
            return self.alone(cell, terms)
        first = not self._checks
        if not first and (found.status == "passed" or self._checks > _CHECKS):
            return found
        own = climb(cell, terms)
        if _sense(own) == _sense(found):
            self._checks += 1
        else:
            self._differ(f"of {cell.name}, a process of its own says otherwise", first=first)
        return own

    def _differ(self, reason: str, *, first: bool = False) -> None:
        self._doubts += 1
        if first or self._doubts >= _DOUBTS:
            self.doubt(reason)


def _sense(verdict: Verdict) -> tuple[object, ...]:
    """What verdicts of one program have in common, whatever its keys and ports are."""
    return verdict.status, verdict.level, {found.what for found in verdict.differences}
