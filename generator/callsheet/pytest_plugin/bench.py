"""Options of pytest and cells to verdicts: proofs first, all else in one fenced process."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from callsheet import commands, languages, project
from callsheet.errors import UsageError, quoted
from callsheet.options import Options
from callsheet.spec.load import collector_off
from callsheet.verify import engine, proofs, selection
from callsheet.verify.cells import Level, Outcome
from callsheet.verify.enclosure import Enclosure
from callsheet.verify.known import settled
from callsheet.verify.ladder import prepare, unparsed
from callsheet.verify.process import Limits
from callsheet.verify.reports._cells import why
from callsheet.verify.reports._details import headline
from callsheet.verify.reports.text import failure
from callsheet.verify.terms import Terms
from callsheet.verify.versions import versions
from callsheet.verify.watch import note

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from callsheet.verify.cells import Cell, Verdict


class Bench:
    """Verifies the cells of one process of pytest, one at a time.

    Attributes:
        chosen: The cells that this run is about.
    """

    def __init__(self, words: Namespace) -> None:
        """Reads the options.

        Args:
            words: What pytest parsed; see `pytest_addoption`.

        Raises:
            UsageError: One names what does not exist.
        """
        self.chosen: Sequence[Cell] = ()
        self._options = Options(
            server=words.callsheet_server,
            clients=tuple(words.callsheet_client),
            folders=tuple(map(_folder, words.callsheet_templates)),
        )
        self._fence = words.callsheet_fence
        self._terms = Terms(
            today=datetime.now(tz=UTC).date(),
            level=Level[words.callsheet_level.upper()],
            limits=Limits(seconds=_seconds(words.callsheet_timeout)),
            required=_required(words.callsheet_require, self._options.folders),
            proofs=None if words.callsheet_no_cache else proofs.Proofs(proofs.folder()),
        )
        self._ready = False
        self._obstacles: dict[str, str] = {}
        self._prepared: set[str] = set()
        self._enclosure: Enclosure | None = None
        self._notes: list[str] = []

    def cells(self, path: Path) -> list[Cell]:
        """The cells of a spec, as `callsheet verify` chooses them.

        Raises:
            SpecError: The spec has faults, or a template.
            UsageError: An option names what does not exist.
        """
        with collector_off():
            found = selection.cells(commands.load(project.near(path), self._options), self._options)
        return [replace(cell, root=cell.root.absolute()) for cell in found]

    def verdict(self, cell: Cell) -> Verdict:
        """The verdict of a cell, as `callsheet verify` gives it.

        Raises:
            CallsheetError: It cannot be verified at all, as where a fence is required.
        """
        terms = self._ask()
        proven = engine.recall([cell], terms)
        raw = proven[0] if proven else self._verified(cell, replace(terms, proofs=None))
        if terms.proofs:
            terms.proofs.keep(raw, terms)
        return settled(raw, terms.today)

    def fails(self, verdict: Verdict) -> bool:
        """Whether a verdict is a failure, as what is required and missing is."""
        return self._terms.fails(verdict)

    def words(self, path: Path, verdict: Verdict) -> tuple[str, str]:
        """Why a verdict is a failure, in a line, and what the text report says of it."""
        outcome = Outcome(str(project.near(path)), (verdict,), self._terms.required)
        return headline(verdict), failure(outcome, verdict)

    def facts(self, verdict: Verdict) -> dict[str, Any]:
        """What `summary.py` needs of a verdict; texts and lists alone, as xdist sends them."""
        cell = verdict.cell
        return {
            "cell": [cell.example, cell.language, cell.client],
            "at": [cell.position.file, cell.position.line],
            "status": verdict.status,
            "reason": " ".join(why(verdict)),
            "required": list(self._terms.required),
            "notes": list(self._notes),
        }

    def close(self) -> None:
        """Ends the fenced process, and what runs in it."""
        if self._enclosure:
            self._enclosure.close()
        self._enclosure = None

    def _ask(self) -> Terms:
        """The terms, once the runtimes of what is chosen have told their versions."""
        if not self._ready:
            self._ready = True
            self._notes += unparsed(self.chosen)
            if self._terms.level > Level.PARSED:
                self._terms = replace(self._terms, versions=versions(self.chosen))
        return self._terms

    def _verified(self, cell: Cell, terms: Terms) -> Verdict:
        alone = replace(cell, known=None)  # what is known of it is no matter of that process
        if cell.snippet is None or terms.level <= Level.PARSED:
            found = engine.verify([alone], terms)[0]
        else:
            # Its library is installed here, where the network is not fenced.
            if cell.sender not in self._prepared:
                self._obstacles |= prepare([cell])
                self._prepared.add(cell.sender)
            found = self._enclosed().verify([alone], replace(terms, obstacles=self._obstacles))[0]
        return replace(found, cell=cell)

    def _enclosed(self) -> Enclosure:
        if self._enclosure is None:
            self._enclosure = Enclosure(self._fence, self._options.folders)
            self._notes += filter(None, [self._enclosure.fence.note, note()])
        return self._enclosure


def _folder(word: str) -> Path:
    folder = Path(word).absolute()
    if not folder.is_dir():
        raise UsageError(f"--callsheet-templates: there is no folder {quoted(word)}")
    return folder


def _seconds(number: float) -> float:
    if number <= 0:
        raise UsageError("--callsheet-timeout: a program needs more than 0 s")
    return number


def _required(words: Sequence[str], folders: tuple[Path, ...]) -> tuple[str, ...]:
    found = tuple(key for word in words for key in word.split(",") if key)
    for key in found:
        if key != "all":
            languages.get(key, folders)
    return ("all",) if os.environ.get("CI") == "true" else found
