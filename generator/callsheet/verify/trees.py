"""Programs on Windows: a command in; a Watched, which ends it with the processes below it, out."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from callsheet.verify.wardens import Watched


@contextmanager
def started(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], pipes: list[int]
) -> Iterator[Watched]:
    """A program that writes to these two file descriptors; it has ended when the block is left."""
    child = subprocess.Popen(  # noqa: S603  running the snippet is what this is for
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=pipes[0],
        stderr=pipes[1],
    )
    watched = Tree(child)
    try:
        yield watched
    finally:
        watched.end()
        child.wait()


@dataclass(frozen=True, slots=True)
class Tree:
    """A program on Windows, with the processes below it."""

    child: subprocess.Popen[bytes]

    def wait(self, seconds: float) -> int:
        """See Watched."""
        try:
            return self.child.wait(seconds)
        except subprocess.TimeoutExpired:
            raise TimeoutError from None

    def end(self) -> None:
        """See Watched."""
        if self.child.poll() is None:
            order = ["taskkill", "/F", "/T", "/PID", str(self.child.pid)]
            with suppress(OSError):
                subprocess.run(order, capture_output=True, check=False)  # noqa: S603  fixed words
            self.child.kill()
