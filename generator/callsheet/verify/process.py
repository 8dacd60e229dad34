"""A command to a Run: closed stdin, a time limit, capped output, and nothing that it leaves behind.

On Linux, a warden (see `wardens.py`) ends all that a program started, daemons too; macOS knows only
its process group, and Windows the processes below it: `note` says so.
"""

from __future__ import annotations

import atexit
import os
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Self

from callsheet.verify.trees import started
from callsheet.verify.wardens import Broken, Stopped, Wardens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from callsheet.verify.wardens import Warden, Watched

__all__ = ["STANDARD", "Broken", "Limits", "Run", "Stopped", "end_all", "note", "rest", "run"]

#: Seconds that output may still take once the process has ended.
_GRACE = 2.0
#: Pieces that are told apart; what comes after them counts to the last.
_PIECES = 10_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What a program may use.

    Attributes:
        seconds: Time to run, compilation included.
        output: Bytes to write to each of its outputs.
        patience: Seconds in which it must show the first piece of a stream.
    """

    seconds: float = 120.0
    output: int = 16 * 1024 * 1024
    patience: float = 10.0


STANDARD = Limits()


@dataclass(frozen=True, slots=True)
class Run:
    """A program that has run.

    Attributes:
        stdout: What it printed.
        stderr: What it complained of.
        status: Exit status; negative where a signal ended it.
        seconds: From start to end.
        pieces: Its stdout as it came: seconds of `time.monotonic`, and the bytes.
        cut: Why it was ended from outside, or "".
        dropped: Bytes that it wrote past the limit, until it was ended.
    """

    stdout: bytes
    stderr: bytes
    status: int
    seconds: float
    pieces: tuple[tuple[float, bytes], ...]
    cut: str = ""
    dropped: int = 0


@dataclass(slots=True)
class _Output:
    """One pipe of a process, read in a thread of its own."""

    limit: int
    heard: Callable[[], None]
    flooded: Callable[[], None]
    text: bytearray = field(default_factory=bytearray)
    stamps: list[tuple[float, int]] = field(default_factory=list)
    dropped: int = 0

    def read(self, source: int) -> None:
        """Reads to the end, so that the program is not held up; keeps what the limit allows."""
        with open(source, "rb", buffering=0) as stream:
            while piece := stream.read(65536):
                kept = piece[: self.limit - len(self.text)]
                if kept and len(self.stamps) < _PIECES:
                    self.stamps.append((time.monotonic(), len(self.text)))
                self.text += kept
                if len(kept) < len(piece):
                    first, self.dropped = not self.dropped, self.dropped + len(piece) - len(kept)
                    if first:
                        self.flooded()
                self.heard()

    @property
    def pieces(self) -> tuple[tuple[float, bytes], ...]:
        ends = [start for _, start in self.stamps[1:]] + [len(self.text)]
        parts = zip(self.stamps, ends, strict=True) if self.stamps else ()
        return tuple((when, bytes(self.text[start:end])) for (when, start), end in parts)


def run(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    limits: Limits = STANDARD,
    heard: Callable[[], None] = lambda: None,
) -> Run:
    """Runs a command to its end.

    Args:
        command: The program and its arguments.
        folder: Where it runs.
        environment: All of its environment.
        limits: Past these, it is ended together with all that it started.
        heard: Is called after each piece of its stdout, in another thread.

    Raises:
        FileNotFoundError: There is no such program.
        Stopped: `end_all` was called, in another thread, before it was started.
        Broken: It cannot be watched on this machine.
    """
    with _Pipe() as out, _Pipe() as err:
        start = time.monotonic()
        with _started(command, folder, environment, [out.write, err.write]) as watched:
            return _watched(watched, start, limits, heard, (out, err))


class _Pipe:
    """Both ends of a pipe, of which this process keeps one; whoever reads it, closes it."""

    def __enter__(self) -> Self:
        self.read, self.write = os.pipe()
        self._open = [self.read, self.write]
        return self

    def __exit__(self, *_: object) -> None:
        while self._open:
            os.close(self._open.pop())

    def take(self) -> int:
        """The end to read from, which is the caller's now; the other one is closed."""
        os.close(self._open.pop())
        return self._open.pop()


def _watched(
    watched: Watched,
    start: float,
    limits: Limits,
    heard: Callable[[], None],
    pipes: tuple[_Pipe, _Pipe],
) -> Run:
    cut: list[str] = []

    def flooded() -> None:
        cut.append(f"it wrote more than {limits.output:,} bytes")
        watched.end()

    out = _Output(limits.output, heard, flooded)
    err = _Output(limits.output, lambda: None, flooded)
    readers = [
        threading.Thread(target=output.read, args=(pipe.take(),), daemon=True)
        for output, pipe in zip((out, err), pipes, strict=True)
    ]
    for reader in readers:
        reader.start()
    status = _status(watched, limits.seconds, cut)
    seconds = time.monotonic() - start
    for reader in readers:
        reader.join(_GRACE)
    text, dropped = bytes(out.text), out.dropped + err.dropped
    return Run(text, bytes(err.text), status, seconds, out.pieces, "".join(cut[:1]), dropped)


def _status(watched: Watched, seconds: float, cut: list[str]) -> int:
    """How it ended, by itself or from outside; a reason is added to `cut`."""
    try:
        try:
            status = watched.wait(seconds)
        except TimeoutError:
            cut.append(f"it ran for more than {seconds:g} s")
            watched.end()
            status = watched.wait(_GRACE * 10)
    except OSError as error:
        cut.append(str(error) if isinstance(error, Broken) else "it cannot be ended")
        return -9
    if _wardens().stopped:
        cut.append("the verification was stopped")
    return status


@contextmanager
def _started(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], pipes: list[int]
) -> Iterator[Watched]:
    """The program, which has ended when the block is left, however that is."""
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
