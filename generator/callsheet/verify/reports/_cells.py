"""An Outcome to what every report says of it: marks and words, counts, the matrix, the groups."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from callsheet.verify.cells import Level, Status
from callsheet.verify.reports._lines import counted, inert, short, split

if TYPE_CHECKING:
    from collections.abc import Mapping

    from callsheet.verify.cells import Cell, Outcome, Verdict

STATUSES: tuple[Status, ...] = get_args(Status)
_MARKS: Mapping[Status, str] = {
    "passed": "✓",
    "failed": "✗",
    "unavailable": "?",
    "unsupported": "-",
    "expected-failure": "~",
}
#: A matrix of more rows leaves out those that all passed.
_ROWS = 40
#: Examples that a group names.
_NAMED = 3


def sender(cell: Cell) -> str:
    """`language/client`, as `--client` takes it."""
    return f"{cell.language}/{cell.client}"


def mark(outcome: Outcome, verdict: Verdict) -> str:
    """One character for a verdict; that of a failure for all that makes the command fail."""
    return _MARKS["failed" if outcome.fails(verdict) else verdict.status]


def word(outcome: Outcome, verdict: Verdict) -> str:
    """Mark and word of a verdict; a pass says how far it was proven."""
    passed = verdict.status == "passed"
    return f"{mark(outcome, verdict)} {verdict.level.word if passed else verdict.status}"


def why(verdict: Verdict) -> list[str]:
    """The reason's lines, the client's own where the verdict has none."""
    return [short(line) for line in split(verdict.reason or verdict.cell.reason)]


def missed(verdict: Verdict) -> Level | None:
    """The level that it did not come to; None where it came as far as was asked for."""
    return Level(verdict.level + 1) if verdict.level < verdict.wanted else None


def ladder(verdict: Verdict) -> str:
    """How far it came: `rendered ✓ · parsed ✓ · compiled ✗`."""
    tries = "?" if verdict.status == "unavailable" else "✗"
    reached = [f"{level.word} ✓" for level in Level if level <= verdict.level]
    failed = missed(verdict)
    return " · ".join([*reached, f"{failed.word} {tries}"] if failed else reached)


def counts(outcome: Outcome) -> dict[Status, int]:
    """How many verdicts there are of each status, those of none included."""
    found = Counter(verdict.status for verdict in outcome.verdicts)
    return {status: found[status] for status in STATUSES}


def summary(outcome: Outcome) -> str:
    """One line: counts by status, seconds, how many came from the cache."""
    parts = [f"{number:,} {status}" for status, number in counts(outcome).items() if number]
    required = sum(verdict.status == "unavailable" for verdict in outcome.failures)
    if required:
        parts = [f"{p} ({required:,} required)" if "unavailable" in p else p for p in parts]
    seconds = sum(verdict.seconds for verdict in outcome.verdicts)
    cached = sum(verdict.cached for verdict in outcome.verdicts)
    time = f"{seconds:,.1f} s in programs, {cached:,} from the cache"
    shard = f" of shard {inert(outcome.shard)}" if outcome.shard else ""
    total = counted(len(outcome.verdicts), "cell") + shard
    return f"{total}: {', '.join(parts)}; {time}" if parts else f"{total}; {time}"


def by_example(outcome: Outcome) -> dict[str, list[Verdict]]:
    """Verdicts of each example, in order."""
    found: dict[str, list[Verdict]] = {}
    for verdict in outcome.verdicts:
        found.setdefault(verdict.cell.example, []).append(verdict)
    return found


@dataclass(frozen=True, slots=True)
class Matrix:
    """Examples as rows, clients as columns.

    Attributes:
        clients: `language/client` of each column.
        rows: Example → `language/client` → mark and word.
        left_out: How many examples are not shown, as all of their cells passed.
    """

    clients: tuple[str, ...]
    rows: Mapping[str, Mapping[str, str]]
    left_out: int


def matrix(outcome: Outcome) -> Matrix:
    """The matrix; of a large spec, only the rows that say something."""
    examples = by_example(outcome)
    passed = {name for name, row in examples.items() if all(v.status == "passed" for v in row)}
    hidden = passed if len(examples) > _ROWS else set()
    rows = {
        name: {sender(verdict.cell): word(outcome, verdict) for verdict in row}
        for name, row in examples.items()
        if name not in hidden
    }
    clients = dict.fromkeys(sender(verdict.cell) for verdict in outcome.verdicts)
    return Matrix(tuple(clients), rows, len(hidden))


def unproven(outcome: Outcome) -> list[str]:
    """What neither passed nor failed, and why: a line for all that share a client and reason."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for verdict in outcome.verdicts:
        if verdict.status != "passed" and not outcome.fails(verdict):
            head = f"{_MARKS[verdict.status]} {inert(sender(verdict.cell))} {verdict.status}"
            groups.setdefault((head, " ".join(why(verdict))), []).append(verdict.cell.example)
    return [_group(head, reason, names) for (head, reason), names in groups.items()]


def _group(head: str, reason: str, names: list[str]) -> str:
    named = ", ".join(inert(name) for name in names[:_NAMED])
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return f"{head} for {named}{more}" + (f": {reason}" if reason else "")
