"""What this machine gives to this process: its processors, and work that they share.

A long list is cut into parts, of which all but the first are worked on by forks of this process.
Whatever goes wrong in a fork, its part is done here instead: there is one way to fail.
"""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress
from itertools import pairwise
from multiprocessing import get_context
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")


def processors() -> int:
    """How many processors this process may use; all there are where the system does not tell."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def shared(items: Sequence[T], work: Callable[[Sequence[T]], list[R]], parts: int) -> list[R]:
    """What becomes of the items, in their order, by as many processes as may work.

    Args:
        items: What is to be done.
        work: Does a part of it; its results are plain values, which cross a pipe.
        parts: How many parts are worth a process of their own.

    Raises:
        Exception: Whatever `work` raises; of the first part where it did.
    """
    count = max(1, min(_hands(), parts, len(items)))
    bounds = [len(items) * number // count for number in range(count + 1)]
    own, *others = (items[a:b] for a, b in pairwise(bounds))
    forks = [_Fork(part, work) for part in others]
    try:
        found = work(own)
        for fork in forks:
            found += fork.result()
    finally:
        for fork in forks:
            fork.end()
    return found


def _hands() -> int:
    """How many processes may work; one where a fork is not safe."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return processors()


class _Fork(Generic[T, R]):
    """A part that is worked on beside this process."""

    def __init__(self, part: Sequence[T], work: Callable[[Sequence[T]], list[R]]) -> None:
        self._part, self._work = part, work
        context = get_context("fork")
        self._answer, ours = context.Pipe(duplex=False)
        self._process = context.Process(target=self._send, args=(ours,), daemon=True)
        self._process.start()
        ours.close()

    def _send(self, answer: Connection) -> None:
        """In the fork."""
        with suppress(BaseException):  # done again by the parent, which says what is wrong
            answer.send(self._work(self._part))

    def result(self) -> list[R]:
        try:
            found: list[R] = self._answer.recv()
        except (EOFError, OSError):
            return self._work(self._part)
        return found

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._answer.close()
