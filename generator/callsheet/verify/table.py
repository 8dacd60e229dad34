"""Verdicts to a table that fills on the terminal: an example a row, a language a column."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.live import Live
from rich.table import Table as Grid
from rich.text import Text

from callsheet import terminal
from callsheet.errors import harmless
from callsheet.verify.live import COLOURS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callsheet.verify.cells import Cell, Status, Verdict

_MARKS: dict[Status, str] = {
    "passed": "✓",
    "failed": "✗",
    "unavailable": "?",
    "unsupported": "-",
    "expected-failure": "!",
}
_WAITS = Text("·", style="bright_black")
#: Lines of the table beside its rows.
_FRAME = 6


class Table:
    """The table; where the examples are more than fit, it counts them by language."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        colour = terminal.colour(sys.stderr)
        self._console = Console(stderr=True, no_color=not colour, highlight=False)
        self._cells = cells
        self._languages = tuple(dict.fromkeys(cell.language for cell in cells))
        self._examples = tuple(dict.fromkeys(cell.example for cell in cells))
        self._found: dict[str, Verdict] = {}
        self._live = Live(console=self._console, get_renderable=self._grid, refresh_per_second=8)

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def see(self, verdict: Verdict) -> None:
        """Marks its cell."""
        self._found[verdict.cell.name] = verdict

    def _grid(self) -> Grid:
        fits = len(self._examples) + _FRAME <= self._console.height
        return self._marks() if fits else self._counts()

    def _marks(self) -> Grid:
        grid = Grid("example", *self._languages, caption=self._caption())
        placed: dict[tuple[str, str], list[Cell]] = {}
        for cell in self._cells:
            placed.setdefault((cell.example, cell.language), []).append(cell)
        for example in self._examples:
            row = (placed.get((example, language), []) for language in self._languages)
            marks = (Text(" ").join(self._mark(cell) for cell in cells) for cells in row)
            grid.add_row(harmless(example), *marks)
        return grid

    def _mark(self, cell: Cell) -> Text:
        verdict = self._found.get(cell.name)
        return Text(_MARKS[verdict.status], COLOURS[verdict.status]) if verdict else _WAITS

    def _counts(self) -> Grid:
        grid = Grid("language", *_MARKS, "waiting", caption=self._caption())
        found = Counter((v.cell.language, v.status) for v in self._found.values())
        cells = Counter(cell.language for cell in self._cells)
        for language in self._languages:
            numbers = [found[language, status] for status in _MARKS]
            waiting = cells[language] - sum(numbers)
            grid.add_row(language, *_shown(numbers), str(waiting or ""))
        return grid

    def _caption(self) -> str:
        return f"{len(self._found):,} of {len(self._cells):,} cells"


def _shown(numbers: list[int]) -> Iterator[Text]:
    for status, number in zip(_MARKS, numbers, strict=True):
        yield Text(f"{number:,}" if number else "", COLOURS[status])
