"""An Outcome to the report that people read: matrix, failures in full, one line of counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.layout import columns
from callsheet.verify.reports._cells import matrix, summary, unproven
from callsheet.verify.reports._details import details, heading, headline
from callsheet.verify.reports._format import Format
from callsheet.verify.reports._lines import counted, inert, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.verify.cells import Outcome, Verdict
    from callsheet.verify.reports._cells import Matrix

FORMAT = Format("text", "for people", (".txt", ".log"))

#: Columns of the terminal; wider matrices are printed in parts.
_WIDTH = 100
#: Between two columns of the matrix.
_GAP = "  "
#: Failures shown in full; further ones are shown on a line each.
_FULL = 100


def render(outcome: Outcome) -> str:
    """The report; readable without colour, and nothing in it acts on a terminal."""
    failures = outcome.failures
    parts = [
        *_matrix(matrix(outcome)),
        *(failure(outcome, verdict) for verdict in failures[:_FULL]),
        *_further(failures[_FULL:]),
        "\n".join(unproven(outcome)),
        "\n".join([summary(outcome), *(f"note: {short(note)}" for note in outcome.notes)]),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def failure(outcome: Outcome, verdict: Verdict) -> str:
    """A failure in full, without a line end at its end."""
    lines = details(outcome, verdict).split("\n")
    return "\n".join([f"✗ {heading(verdict)}", *(f"  {line}".rstrip() for line in lines)])


def _further(failures: tuple[Verdict, ...]) -> list[str]:
    if not failures:
        return []
    lines = [f"✗ {heading(verdict)}: {headline(verdict)}" for verdict in failures]
    return ["\n".join([f"… and {counted(len(failures), 'more failure')}, in short:", *lines])]


def _matrix(table: Matrix) -> Iterator[str]:
    """The matrix in parts that fit the width, each with the examples' names."""
    names = [inert(name) for name in table.rows]
    first = _column(["", "", *names])
    room = _WIDTH - columns(first[0])
    for part in _parts([_client(table, client) for client in table.clients], room):
        rows = (_GAP.join(cells).rstrip() for cells in zip(first, *part, strict=True))
        yield "\n".join(rows)
    if table.left_out:
        yield f"… and {counted(table.left_out, 'example')} of which every cell passed"


def _client(table: Matrix, client: str) -> list[str]:
    language, _, name = client.partition("/")
    cells = [row.get(client, "") for row in table.rows.values()]
    return _column([inert(language), inert(name), *cells])


def _parts(found: list[list[str]], room: int) -> Iterator[list[list[str]]]:
    part: list[list[str]] = []
    used = 0
    for column in found:
        width = len(_GAP) + columns(column[0])
        if part and used + width > room:
            yield part
            part, used = [], 0
        part.append(column)
        used += width
    if part:
        yield part


def _column(cells: list[str]) -> list[str]:
    """Cells filled up to one width."""
    width = max(columns(cell) for cell in cells)
    return [cell + " " * (width - columns(cell)) for cell in cells]
