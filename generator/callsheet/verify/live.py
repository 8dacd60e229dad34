"""Verdicts to what a person sees of them as they come: a table on a terminal, else a line each."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol, Self

import click

from callsheet import terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callsheet.verify.cells import Cell, Status, Verdict

#: Status → its colour.
COLOURS: dict[Status, str] = {
    "passed": "green",
    "failed": "red",
    "unavailable": "yellow",
    "unsupported": "bright_black",
    "expected-failure": "cyan",
}


class Watcher(Protocol):
    """Shows verdicts on stderr."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def see(self, verdict: Verdict) -> None:
        """Shows one more."""


def watcher(cells: Sequence[Cell]) -> Watcher:
    """What suits stderr: the table needs a terminal that can move its cursor, and rich."""
    smart = sys.stderr.isatty() and os.environ.get("TERM") != "dumb" and find_spec("rich")
    if not smart:
        return Lines(cells)
    from callsheet.verify.table import Table

    return Table(cells)


class Lines:
    """A line for each verdict that is not from the cache, in the order of the spec."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self._waiting = {cell.name: None for cell in cells}
        self._early: dict[str, Verdict] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Shows those that wait for one that will not come."""
        for name in self._waiting:
            if name in self._early:
                _show(self._early[name])

    def see(self, verdict: Verdict) -> None:
        """Shows all whose turn it is."""
        self._early[verdict.cell.name] = verdict
        while self._waiting and (name := next(iter(self._waiting))) in self._early:
            del self._waiting[name]
            _show(self._early.pop(name))


def _show(verdict: Verdict) -> None:
    if verdict.cached and verdict.good:
        return
    status = click.style(f"{verdict.status:16}", fg=COLOURS[verdict.status])
    terminal.say(f"{status} {verdict.cell.name}  {verdict.seconds:.1f} s")
