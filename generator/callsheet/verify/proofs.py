"""Proofs that were made before: content-addressed files, which several machines can share.

A proof's name is a hash of all that decides a verdict; the file says how far the cell came. Only
passes are kept, so that losing a file costs a run, and finding one never hides a failure.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from callsheet import cache as disk
from callsheet import resources
from callsheet.verify.cells import Level, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from callsheet.clients import Client
    from callsheet.request import Request
    from callsheet.verify.cells import Cell
    from callsheet.verify.terms import Terms

#: Modules outside this package by which it judges.
_BASES = ("results.py", "values.py", "wire.py")


def folder() -> Path:
    """Where proofs are kept."""
    return disk.folder() / "proofs"


@cache
def comparison() -> str:
    """The version of the comparison: a hash of what it is written in, reports left out."""
    package = resources.package()
    own = sorted(path for path in (package / "verify").rglob("*") if path.is_file())
    state = sha256()
    for path in (*own, *(package / name for name in _BASES)):
        if not {"reports", "__pycache__"} & set(path.relative_to(package).parts):
            state.update(path.read_bytes())
    return state.hexdigest()


class Proofs:
    """The proofs of a folder.

    Requests and clients serve many cells each, so what is made of them is remembered.
    """

    def __init__(self, place: Path) -> None:
        self._place = os.fspath(place)
        self._known: dict[int, tuple[object, bytes]] = {}

    def find(self, cell: Cell, terms: Terms) -> Verdict | None:
        """The verdict of a cell that came as far as is wanted before; None where none did."""
        if terms.level <= Level.PARSED or cell.snippet is None:
            return None  # no program has run, so there is nothing to save
        if not terms.versions.get(cell.language):
            return None  # without its runtime a cell is unavailable, whatever others have proven
        try:
            with open(self._file(cell, terms), "rb", buffering=0) as stream:  # noqa: PTH123
                level = Level[json.loads(stream.read())["level"].upper()]
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        if level < terms.level:
            return None
        versions = terms.versions_of(cell)
        return Verdict(cell, "passed", terms.level, terms.level, versions=versions, cached=True)

    def keep(self, verdict: Verdict, terms: Terms) -> None:
        """Keeps a pass; a folder that cannot be written keeps nothing."""
        cell = verdict.cell
        if verdict.status != "passed" or verdict.level <= Level.PARSED or verdict.cached:
            return
        if not terms.versions.get(cell.language) or verdict.versions != terms.versions_of(cell):
            return  # another machine has proven it, with what this one does not have
        content = {"cell": cell.name, "level": verdict.level.word, "versions": verdict.versions}
        with suppress(OSError):
            disk.keep(self._file(cell, terms), json.dumps(content).encode())

    def _file(self, cell: Cell, terms: Terms) -> str:
        state = sha256()
        for fact in self._facts(cell, terms):
            state.update(b"%d\0%b" % (len(fact), fact))
        name = state.hexdigest()
        return f"{self._place}/{name[:2]}/{name[2:]}.json"

    def _facts(self, cell: Cell, terms: Terms) -> Iterator[bytes]:
        snippet = cell.snippet
        if snippet is None:
            raise TypeError(f"{cell.name} has no program")
        request, client = snippet.request, snippet.client
        yield comparison().encode()
        yield snippet.text.encode()
        yield self._once(request, lambda: _request(request, cell.root))
        yield self._once(client, lambda: _client(client))
        yield repr((snippet.language.runtime, terms.versions_of(cell))).encode()

    def _once(self, source: object, make: Callable[[], bytes]) -> bytes:
        # The source is held, so that no other can have its id.
        known = self._known.get(id(source))
        if known is None:
            known = self._known[id(source)] = source, make()
        return known[1]


def _client(client: Client) -> bytes:
    return sha256(repr(client).encode("utf-8", "surrogatepass")).digest()


def _request(request: Request, root: Path) -> bytes:
    """A hash of a request with its response, and of the files that they name."""
    state = sha256(repr(request).encode("utf-8", "surrogatepass"))
    for file in files(request):
        with suppress(OSError):
            state.update(sha256((root / file).read_bytes()).digest())
    return state.digest()


def files(request: Request) -> Iterator[str]:
    """The files beside the spec that a request and its response are made of."""
    body, response = request.body, request.response
    if body is not None:
        yield from (part for part in body.file.parts if isinstance(part, str))
        yield from (part.file for part in body.parts if part.file is not None)
    if response.kind == "file":
        yield str(response.content)
