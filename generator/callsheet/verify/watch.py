"""Programs that run, and all that they leave behind, which is ended with them.

On Linux, a warden (see `wardens.py`) ends all that a program started, daemons too; macOS knows only
its process group, and Windows the processes below it: `note` says so.
"""

from __future__ import annotations

import atexit
import os
import sys
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Self

from callsheet.verify.trees import started
from callsheet.verify.wardens import Broken, Wardens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from callsheet.verify.wardens import Warden, Watched


class Pipe:
    """Both ends of a pipe; those that are still open at the end of the block are closed then."""

    def __enter__(self) -> Self:
        self.read, self.write = os.pipe()
        self._open = {self.read, self.write}
        return self

    def __exit__(self, *_: object) -> None:
        while self._open:
            os.close(self._open.pop())

    def shut(self, end: int) -> None:
        """Closes one end."""
        self._open.remove(end)
        os.close(end)

    def take(self) -> int:
        """The end to read from, which the caller closes; the other one is closed."""
        self.shut(self.write)
        self._open.remove(self.read)
        return self.read


def stopped() -> bool:
    """Whether `end_all` was called: this thread starts nothing any more."""
    return _wardens().stopped


@contextmanager
def watched(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], pipes: list[int]
) -> Iterator[Watched]:
    """A program that runs, which has ended when the block is left, however that is.

    Args:
        command: The program and its arguments.
        folder: Where it runs.
        environment: All of its environment.
        pipes: What it writes its stdout and its stderr to. The numbers of further ones are added to
            its arguments; not on Windows.

    Raises:
        FileNotFoundError: There is no such program.
        Stopped: `end_all` was called, in another thread.
        Broken: It cannot be watched on this machine.
    """
    if sys.platform == "win32":
        with started(command, folder, environment, pipes) as tree:
            yield tree
        return
    warden = _begun(command, folder, environment, pipes)
    try:
        yield warden
    finally:
        _wardens().give_back(warden)


def _begun(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], pipes: list[int]
) -> Warden:
    """A warden that has started it; one that was ended while it was idle is replaced."""
    while True:
        warden = _wardens().take()
        try:
            warden.start(command, folder, environment, pipes)
        except BaseException as error:
            _wardens().give_back(warden)
            if isinstance(error, Broken) and warden.used:
                continue
            raise
        if _wardens().stopped:  # in the meantime, when it could not be told yet
            warden.end()
        return warden


@cache
def _wardens() -> Wardens:
    wardens = Wardens()
    atexit.register(wardens.stop)
    return wardens


def end_all() -> None:
    """Ends every program at once, in whichever thread it was started: for Ctrl-C.

    The other threads that live now can start none any more, so that a worker that was about to does
    not; a later verification, which has workers of its own, can.
    """
    _wardens().stop()


def rest() -> None:
    """Ends what waits for the next program; call it when that is to live in another network."""
    _wardens().rest()


def note(system: str = sys.platform) -> str:
    """What a report must say about this system, or ""."""
    if system == "linux":
        return ""
    known = "the processes below it" if system == "win32" else "its process group"
    return f"of what a snippet leaves behind, only {known} can be ended on this system"
