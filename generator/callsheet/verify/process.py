"""A command to a Run: one process group with a time limit, closed stdin and capped output."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from typing import IO

#: Seconds that output may still take once the process has ended.
_GRACE = 2.0


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
    """

    stdout: bytes
    stderr: bytes
    status: int
    seconds: float
    pieces: tuple[tuple[float, bytes], ...]
    cut: str = ""


@dataclass(slots=True)
class _Output:
    """One pipe of a process, read in a thread of its own."""

    stream: IO[bytes]
    limit: int
    heard: Callable[[], None]
    flooded: Callable[[], None]
    pieces: list[tuple[float, bytes]] = field(default_factory=list)

    def read(self) -> None:
        total = 0
        with contextlib.suppress(OSError, ValueError):
            while piece := os.read(self.stream.fileno(), 65536):
                total += len(piece)
                if total > self.limit:
                    self.flooded()
                    return
                self.pieces.append((time.monotonic(), piece))
                self.heard()

    @property
    def text(self) -> bytes:
        return b"".join(piece for _, piece in self.pieces)


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
    """
    start = time.monotonic()
    process = subprocess.Popen(  # noqa: S603  running the snippet is what this is for
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    with process:
        return _watched(process, start, limits, heard)


def _watched(
    process: subprocess.Popen[bytes], start: float, limits: Limits, heard: Callable[[], None]
) -> Run:
    cut: list[str] = []

    def end(reason: str) -> None:
        cut.append(reason)
        _kill(process.pid)

    def flooded() -> None:
        end(f"it wrote more than {limits.output:,} bytes")

    out = _Output(process.stdout, limits.output, heard, flooded)  # type: ignore[arg-type]
    err = _Output(process.stderr, limits.output, lambda: None, flooded)  # type: ignore[arg-type]
    readers = [threading.Thread(target=pipe.read, daemon=True) for pipe in (out, err)]
    for reader in readers:
        reader.start()
    try:
        process.wait(limits.seconds)
    except subprocess.TimeoutExpired:
        end(f"it ran for more than {limits.seconds:g} s")
    finally:
        _kill(process.pid)  # what it left behind, and on Ctrl-C itself
    status, seconds = process.wait(), time.monotonic() - start
    for reader in readers:
        reader.join(_GRACE)
    return Run(out.text, err.text, status, seconds, tuple(out.pieces), "".join(cut[:1]))


def _kill(group: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)
