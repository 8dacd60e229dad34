"""The hostile corpus: each case through each client, run for real, is the declared call.

A client that cannot make a call says why, before anything is written. The golden table shows each
such cell, so that a new one is seen in review.
"""

from __future__ import annotations

from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from callsheet import clients, languages
from callsheet.spec.read import load

from .corpus import OWN, cells, hold, specs, verdicts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from callsheet.spec.model import Spec
    from callsheet.verify.cells import Cell

    Golden = Callable[[Path, str], None]

LANGUAGES = [language.key for language in languages.every()]
#: Cases that the corpus has at least.
LEAST = 150


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_client_makes_every_hostile_call_exactly_or_says_why_not(language: str) -> None:
    found = [cell for spec in specs().values() for cell in cells(spec, language)]
    assert {cell.client for cell in found} == set(clients.of_language(language))
    hold(verdicts([cell for cell in found if cell.snippet]))


@pytest.mark.parametrize("file", sorted(OWN.glob("*.yaml")), ids=attrgetter("stem"))
def test_every_client_makes_the_hard_calls_of_its_language(file: Path) -> None:
    hold(verdicts([cell for cell in cells(load(file), file.stem) if cell.snippet]))


def test_the_corpus_is_large_and_each_case_has_a_name_of_its_own() -> None:
    names = [
        example.id
        for spec in specs().values()
        for endpoint in spec.endpoints
        for example in endpoint.examples
    ]
    assert len(names) >= LEAST
    assert len(set(names)) == len(names)


def test_the_table_of_cases_and_clients(golden: Golden) -> None:
    golden(Path(__file__).with_name("table.md"), table())


HEAD = """\
Hostile calls by client, written by `pytest --update-golden tests/exact`. ✓: the program that
callsheet prints, run for real, makes exactly the declared call. A number: the client cannot make
it, callsheet says so in the words below the table, and prints nothing.
"""


def table() -> str:
    """A table for each theme, each with its reasons."""
    return "\n".join([HEAD, *chain.from_iterable(map(_theme, specs(), specs().values()))])


def _theme(name: str, spec: Spec) -> Iterator[str]:
    rows: dict[str, list[Cell]] = {}
    for cell in cells(spec):
        rows.setdefault(cell.example, []).append(cell)
    idle = _idle(list(chain.from_iterable(rows.values())))
    columns = [cell.sender for cell in next(iter(rows.values())) if cell.sender not in idle]
    reasons: dict[str, int] = {}
    yield from (f"## {name}", "", _row("case", columns), _row("---", ["---"] * len(columns)))
    for example, row in rows.items():
        yield _row(example, [_mark(cell, reasons) for cell in row if cell.sender not in idle])
    yield from ("", *(f"{number}. {reason}" for reason, number in reasons.items()))
    yield from ([f"None of these calls is one of {', '.join(sorted(idle))}."] if idle else [])
    yield ""


def _idle(found: Sequence[Cell]) -> set[str]:
    """SDKs that have none of a theme's calls."""
    able = {cell.sender for cell in found if cell.snippet or "has no call for" not in cell.reason}
    return {cell.sender for cell in found} - able


def _mark(cell: Cell, reasons: dict[str, int]) -> str:
    """A tick, or the number of the reason, which is a sentence and no promise."""
    if cell.snippet:
        return "✓"
    assert len(cell.reason.split()) > 2, cell.name
    return str(reasons.setdefault(cell.reason, len(reasons) + 1))


def _row(name: str, marks: Sequence[str]) -> str:
    return f"| {name} | {' | '.join(marks)} |"
