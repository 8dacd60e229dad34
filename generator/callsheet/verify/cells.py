"""The words of a verification: a cell, how far it came, and what was found of it. Data alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from callsheet.render import Snippet
    from callsheet.spec.model import KnownFailure, Position
    from callsheet.verify.differences import Difference


class Level(IntEnum):
    """How far a proof goes; each level holds those before it."""

    RENDERED = 0
    PARSED = 1
    COMPILED = 2
    RAN = 3
    MATCHED = 4

    @property
    def word(self) -> str:
        """The word of the command line and of reports."""
        return self.name.lower()


#: `passed` reached the wanted level. `unavailable`: a runtime or library is missing, never a pass.
#: `unsupported`: the client says that it cannot make the call. `expected-failure`: the spec does.
Status = Literal["passed", "failed", "unavailable", "unsupported", "expected-failure"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One example through one client: what is verified.

    Attributes:
        example: Id of the example.
        language: Key of the language.
        client: Key of the client.
        position: Where the example stands in the spec.
        snippet: The program; None where the client cannot make the call.
        reason: Why there is no snippet.
        root: Folder of the spec, in which the files of a request lie.
        known: What the spec says of its failing.
        sha256: Of the snippet's text, where a report is all that is left of it.
    """

    example: str
    language: str
    client: str
    position: Position
    snippet: Snippet | None
    reason: str = ""
    root: Path = Path()
    known: KnownFailure | None = None
    sha256: str = ""

    @property
    def name(self) -> str:
        """`example/language/client`, unique in a spec."""
        return f"{self.example}/{self.sender}"

    @property
    def sender(self) -> str:
        """`language/client`, the client's word on the command line."""
        return f"{self.language}/{self.client}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying a cell found.

    Attributes:
        cell: The cell.
        status: See Status.
        level: The highest level that it reached.
        wanted: The level that was asked for.
        reason: One line: what failed, is missing, or was expected to fail.
        differences: Every finding.
        stdout: What the program printed, cut where it is long.
        stderr: What it complained of, cut where it is long.
        seconds: How long it took; 0 for a proof from the cache.
        versions: Runtime and packages → version it was proven with.
        cached: Whether the proof is an earlier run's.
        note: What a reader of a report must know of the way it was found, or "".
    """

    cell: Cell
    status: Status
    level: Level
    wanted: Level
    reason: str = ""
    differences: tuple[Difference, ...] = ()
    stdout: bytes = b""
    stderr: bytes = b""
    seconds: float = 0.0
    versions: dict[str, str] = field(default_factory=dict)
    cached: bool = False
    note: str = ""

    @property
    def good(self) -> bool:
        """Whether nothing is to be done about it."""
        return self.status in ("passed", "unsupported", "expected-failure")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A whole verification.

    Attributes:
        spec: The spec as the user named it.
        verdicts: One for each cell, in the order of the spec.
        required: Languages whose unavailable cells are failures; ("all",) means every one.
        notes: What a reader of a report must know, such as that the network was not fenced.
        shard: `i/n` where it is a part of a verification, else "".
        run: When it began, in UTC: `2026-11-24T09:30:00Z`.
    """

    spec: str
    verdicts: tuple[Verdict, ...]
    required: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    shard: str = ""
    run: str = ""

    def fails(self, verdict: Verdict) -> bool:
        """Whether a verdict makes the command fail."""
        if verdict.status == "unavailable":
            return bool({"all", verdict.cell.language} & set(self.required))
        return not verdict.good

    @property
    def failures(self) -> tuple[Verdict, ...]:
        """The verdicts that make the command fail."""
        return tuple(verdict for verdict in self.verdicts if self.fails(verdict))
