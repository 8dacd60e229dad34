"""Cells and verdicts for tests, with and without a program."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from callsheet.options import Options
from callsheet.spec.model import Position
from callsheet.spec.read import load
from callsheet.verify.cells import Cell, Level, Verdict
from callsheet.verify.selection import cells
from callsheet.verify.terms import Terms

if TYPE_CHECKING:
    from pathlib import Path

    from callsheet.spec.model import KnownFailure
    from callsheet.verify.cells import Status

TODAY = date(2026, 11, 24)
TERMS = Terms(TODAY, versions={"curl": "8.0", "python": "3.11.0"})

SPEC = """\
callsheet: 1
title: Shop
server: https://api.shop.example
auth: {key: {scheme: bearer, env: SHOP_KEY}}
endpoints:
  items:
    request: POST /items
    auth: key
    examples:
      one: {body: {json: {a: 1.10}}, response: {json: {ok: true}}}
      two: {body: {file: note.txt}, response: {file: note.txt}}
"""


def cell(name: str, known: KnownFailure | None = None) -> Cell:
    """A cell without a program: `example/language`."""
    example, language = name.split("/")
    return Cell(example, language, "it", Position("shop.yaml", 1, 1), None, known=known)


def verdict(of: Cell, status: Status = "passed", level: Level = Level.MATCHED) -> Verdict:
    return Verdict(of, status, level, Level.MATCHED, versions=TERMS.versions_of(of))


def real(folder: Path, name: str = "one/curl/curl", text: str = SPEC) -> Cell:
    """A cell of the spec above, as it is verified."""
    (folder / "note.txt").write_text("hello")
    (folder / "shop.yaml").write_text(text)
    found = cells(load(folder / "shop.yaml"), Options(clients=(name.partition("/")[2],)))
    return next(one for one in found if one.name == name)
