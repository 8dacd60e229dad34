"""Who verifies chunks: threads of this process, or another crew that works in the same way."""

from __future__ import annotations

import queue
import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING, Protocol

from callsheet.verify.chunks import verdicts
from callsheet.verify.watch import end_all

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from callsheet.verify.cells import Verdict
    from callsheet.verify.chunks import Chunk
    from callsheet.verify.terms import Terms

    Work = Callable[[Chunk, Terms], Generator[Verdict]]

#: Seconds in which the workers may clean up once their programs were ended.
_CLEANING = 5.0


class Crew(Protocol):
    """Verifies chunks, several at once.

    Attributes:
        bundle: How many cells that share nothing go together.
    """

    bundle: int

    def work(self, chunks: Sequence[Chunk]) -> Iterator[Verdict]:
        """The verdicts of all cells as they are found; less once it was stopped."""

    def stop(self) -> None:
        """Begins no further cell; what runs is finished."""

    def dismiss(self) -> None:
        """Ends all programs at once, and waits until what they left is cleaned up."""


class Threads:
    """A crew on this machine: as many threads as there are jobs take chunks, one after another."""

    bundle = 1

    def __init__(self, terms: Terms, verdicts: Work = verdicts) -> None:
        self._terms, self._verdicts = terms, verdicts
        self._todo: queue.SimpleQueue[Chunk] = queue.SimpleQueue()
        #: Verdicts; None for a thread that has ended, and what ended it where that is a fault.
        self._found: queue.SimpleQueue[Verdict | BaseException | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._stopped = False

    def work(self, chunks: Sequence[Chunk]) -> Iterator[Verdict]:
        """See Crew."""
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

    def stop(self) -> None:
        """See Crew."""
        self._stopped = True

    def dismiss(self) -> None:
        """See Crew."""
        self._stopped = True
        end_all()
        until = time.monotonic() + _CLEANING
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))

    def _labour(self) -> None:
        end: BaseException | None = None
        try:
            while not self._stopped:
                self._take(self._todo.get_nowait())
        except queue.Empty:
            pass
        except BaseException as fault:  # noqa: BLE001  raised where the verdicts are taken
            end = fault
        self._found.put(end)

    def _take(self, chunk: Chunk) -> None:
        with closing(self._verdicts(chunk, self._terms)) as found:
            for verdict in found:
                # Before it is seen, since the next cell would be begun in the meantime.
                if self._terms.stops(verdict):
                    self._stopped = True
                self._found.put(verdict)
                if self._stopped:
                    return
