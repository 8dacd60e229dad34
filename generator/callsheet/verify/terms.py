"""What a verification is asked for, once its words are read. Data alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from callsheet.verify.cells import Level, Outcome
from callsheet.verify.known import settled
from callsheet.verify.process import STANDARD, Limits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from callsheet.verify.authority import Authority
    from callsheet.verify.cells import Cell, Verdict
    from callsheet.verify.proofs import Proofs


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a verification.

    Attributes:
        today: Decides which known failures are past their date.
        level: How far each cell shall come.
        limits: What each program may use.
        jobs: How many programs run at once.
        required: Languages that must be available; ("all",) means every one.
        fail_fast: Whether the first failure ends the verification.
        proofs: What was proven before, or None where that does not count.
        versions: Language → version of its runtime here, or "".
        obstacles: `language/client` → why its programs cannot be run here.
        exact: Whether each program has a process of its own, whatever that takes.
        began: When the run began, in UTC, as reports say it.
        authority: Who signs for the servers; one is made for each cell where none is given.
    """

    today: date
    level: Level = Level.MATCHED
    limits: Limits = STANDARD
    jobs: int = 1
    required: tuple[str, ...] = ()
    fail_fast: bool = False
    proofs: Proofs | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    obstacles: Mapping[str, str] = field(default_factory=dict)
    exact: bool = False
    authority: Authority | None = None
    began: str = ""

    def fails(self, verdict: Verdict) -> bool:
        """Whether a verdict makes the verification fail."""
        return Outcome("", (), self.required).fails(verdict)

    def stops(self, verdict: Verdict) -> bool:
        """Whether no further cell is begun after a verdict, as it was found."""
        return self.fail_fast and self.fails(settled(verdict, self.today))

    def versions_of(self, cell: Cell) -> dict[str, str]:
        """Runtime and packages of a cell → version."""
        if cell.snippet is None:
            return {}
        version = self.versions.get(cell.language, "")
        found = {cell.snippet.language.runtime.command: version} if version else {}
        package = cell.snippet.client.package
        return {**found, package.name: package.version} if package else found
