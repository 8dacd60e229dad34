"""A command to a Run: closed stdin, a time limit, capped output, and nothing that it leaves behind.

See `watch.py` for how what it leaves behind is found and ended.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from callsheet.verify.wardens import Broken
from callsheet.verify.watch import Pipe, stopped, watched

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from callsheet.verify.wardens import Watched

#: Seconds that output may still take once a program has ended.
GRACE = 2.0
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
class Output:
    """What a program writes to one of its pipes.

    Attributes:
        limit: Bytes that are kept.
        heard: Is called after each piece.
        flooded: Is called once, when there is more than is kept.
    """

    limit: int
    heard: Callable[[], None]
    flooded: Callable[[], None]
    text: bytearray = field(default_factory=bytearray)
    stamps: list[tuple[float, int]] = field(default_factory=list)
    dropped: int = 0

    def take(self, piece: bytes) -> None:
        """Adds a piece that came now; what is past the limit is counted alone."""
        kept = piece[: self.limit - len(self.text)]
        if kept and len(self.stamps) < _PIECES:
            self.stamps.append((time.monotonic(), len(self.text)))
        self.text += kept
        if len(kept) < len(piece):
            first, self.dropped = not self.dropped, self.dropped + len(piece) - len(kept)
            if first:
                self.flooded()
        self.heard()

    def read(self, source: int) -> None:
        """Reads to the end, so that the program is not held up."""
        with open(source, "rb", buffering=0) as stream:
            while piece := stream.read(65536):
                self.take(piece)

    @property
    def pieces(self) -> tuple[tuple[float, bytes], ...]:
        """See Run."""
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
    with Pipe() as out, Pipe() as err:
        start = time.monotonic()
        with watched(command, folder, environment, [out.write, err.write]) as program:
            return _ended(program, start, limits, heard, (out, err))


def _ended(
    program: Watched,
    start: float,
    limits: Limits,
    heard: Callable[[], None],
    pipes: tuple[Pipe, Pipe],
) -> Run:
    cut: list[str] = []

    def flooded() -> None:
        cut.append(flood(limits))
        program.end()

    out = Output(limits.output, heard, flooded)
    err = Output(limits.output, lambda: None, flooded)
    readers = [
        threading.Thread(target=output.read, args=(pipe.take(),), daemon=True)
        for output, pipe in zip((out, err), pipes, strict=True)
    ]
    for reader in readers:
        reader.start()
    status = _status(program, limits, cut)
    seconds = time.monotonic() - start
    for reader in readers:
        reader.join(GRACE)
    text, dropped = bytes(out.text), out.dropped + err.dropped
    return Run(text, bytes(err.text), status, seconds, out.pieces, "".join(cut[:1]), dropped)


def flood(limits: Limits) -> str:
    """Why a program is ended that writes too much."""
    return f"it wrote more than {limits.output:,} bytes"


def overrun(limits: Limits) -> str:
    """Why a program is ended that takes too long."""
    return f"it ran for more than {limits.seconds:g} s"


def _status(program: Watched, limits: Limits, cut: list[str]) -> int:
    """How it ended, by itself or from outside; a reason is added to `cut`."""
    try:
        try:
            status = program.wait(limits.seconds)
        except TimeoutError:
            cut.append(overrun(limits))
            program.end()
            status = program.wait(GRACE * 10)
    except OSError as error:
        cut.append(str(error) if isinstance(error, Broken) else "it cannot be ended")
        return -9
    if stopped():
        cut.append("the verification was stopped")
    return status
