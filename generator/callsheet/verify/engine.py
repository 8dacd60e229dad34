"""Cells to Verdicts, several at once: what is proven is read, all else is given to runners.

A runner takes cells of one language and yields a verdict for each. The only one here gives each
program a process of its own; a batch host is another.
"""

from __future__ import annotations

import queue
import threading
import time
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from callsheet.verify.known import settled
from callsheet.verify.ladder import climb
from callsheet.verify.process import end_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from callsheet.verify.cells import Cell, Verdict
    from callsheet.verify.terms import Terms

#: Seconds in which the workers may clean up once their programs were ended.
_CLEANING = 5.0


@dataclass(frozen=True, slots=True)
class Runner:
    """A way to verify cells of one language.

    Attributes:
        run: Cells → a verdict for each, in any order; one it drops is verified on its own.
        most: How many cells it takes at once.
    """

    run: Callable[[Sequence[Cell], Terms], Iterator[Verdict]]
    most: int = 1


def one_each(cells: Sequence[Cell], terms: Terms) -> Iterator[Verdict]:
    """Verifies each cell in a process of its own."""
    for cell in cells:
        yield climb(cell, terms)


_ONE_EACH = Runner(one_each)


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
    runners: Mapping[str, Runner] | None = None,
) -> tuple[Verdict, ...]:
    """The verdicts in the order of the cells; `fail_fast` leaves out those that were not begun.

    Args:
        cells: What is verified, of one spec.
        terms: How. Where this raises, as on Ctrl-C, every program that runs is ended at once.
        watch: Is shown each verdict as it is found.
        proven: What `recall` found of them, which is not verified again.
        runners: Language → its runner, where that is not one process each.
    """
    known = {verdict.cell.name for verdict in proven}
    waiting = [cell for cell in cells if cell.name not in known]
    crew = _Crew(terms, runners or {})
    found: dict[str, Verdict] = {}
    try:
        for raw in chain(proven, crew.work(waiting)):
            verdict = settled(raw, terms.today)
            found[verdict.cell.name] = verdict
            watch(verdict)
            if terms.proofs:
                terms.proofs.keep(raw, terms)
            crew.heed(verdict)
    except BaseException:
        crew.dismiss()
        raise
    return tuple(found[cell.name] for cell in cells if cell.name in found)


def _chunks(cells: Sequence[Cell], runners: Mapping[str, Runner]) -> list[list[Cell]]:
    """Cells of one language each, as many as its runner takes, in the order of their first."""
    chunks: list[list[Cell]] = []
    open_chunks: dict[str, list[Cell]] = {}
    for cell in cells:
        chunk = open_chunks.get(cell.language)
        if chunk is None or len(chunk) >= runners.get(cell.language, _ONE_EACH).most:
            chunk = open_chunks[cell.language] = []
            chunks.append(chunk)
        chunk.append(cell)
    return chunks


class _Crew:
    """Threads that take chunks and report verdicts."""

    def __init__(self, terms: Terms, runners: Mapping[str, Runner]) -> None:
        self._terms, self._runners = terms, runners
        self._todo: queue.SimpleQueue[list[Cell]] = queue.SimpleQueue()
        #: Verdicts; None for a thread that has ended, and what ended it where that is a fault.
        self._found: queue.SimpleQueue[Verdict | BaseException | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._stopped = False

    def work(self, cells: Sequence[Cell]) -> Iterator[Verdict]:
        """The verdicts of all cells as they are found; less once it was stopped."""
        chunks = _chunks(cells, self._runners)
        for chunk in chunks:
            self._todo.put(chunk)
        for _ in range(min(self._terms.jobs, len(chunks))):
            # A thread that hangs must not keep the command from ending.
            thread = threading.Thread(target=self._labour, daemon=True)
            self._threads.append(thread)
            thread.start()
        running = len(self._threads)
        while running:
            verdict = self._found.get()
            if isinstance(verdict, BaseException):
                raise verdict
            if verdict is None:
                running -= 1
            else:
                yield verdict

    def heed(self, verdict: Verdict) -> None:
        """Begins no further cell after a failure, where one is enough; what runs is finished."""
        if self._terms.fail_fast and self._terms.fails(verdict):
            self._stopped = True

    def dismiss(self) -> None:
        """Ends all programs at once, and waits until what they left is cleaned up."""
        self._stopped = True
        end_all()
        until = time.monotonic() + _CLEANING
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))

    def _labour(self) -> None:
        end: BaseException | None = None
        try:
            while not self._stopped:
                for verdict in self._answers(self._todo.get_nowait()):
                    self.heed(settled(verdict, self._terms.today))
                    self._found.put(verdict)
        except queue.Empty:
            pass
        except BaseException as fault:  # noqa: BLE001  raised where the verdicts are taken
            end = fault
        self._found.put(end)

    def _answers(self, chunk: list[Cell]) -> Iterator[Verdict]:
        """A verdict for each cell of a chunk, whatever its runner drops."""
        left = {cell.name: cell for cell in chunk}
        for verdict in self._runners.get(chunk[0].language, _ONE_EACH).run(chunk, self._terms):
            if left.pop(verdict.cell.name, None):
                yield verdict
        yield from one_each(tuple(left.values()), self._terms)
