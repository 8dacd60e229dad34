"""A failing Verdict to lines to act on: how far it came, each difference, what it wrote."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from callsheet.verify.reports._cells import ladder, sender, why
from callsheet.verify.reports._diff import diff
from callsheet.verify.reports._lines import counted, inert, output, short, split

if TYPE_CHECKING:
    from callsheet.verify.cells import Outcome, Verdict

#: Differences of one cell that are shown.
_SHOWN = 20


def heading(verdict: Verdict) -> str:
    """One line: the example, its language and client, and where it stands in the spec."""
    cell, at = verdict.cell, verdict.cell.position
    place = f"{at.file}:{at.line}:{at.column}"
    return " · ".join(inert(part) for part in (cell.example, sender(cell), place))


def headline(verdict: Verdict) -> str:
    """One line: why it failed."""
    reason = why(verdict)
    if reason:
        return reason[0]
    found = [short(str(difference)) for difference in verdict.differences]
    more = f", and {counted(len(found) - 1, 'more difference')}" if len(found) > 1 else ""
    return f"{found[0]}{more}" if found else f"{verdict.status} without a reason"


def details(outcome: Outcome, verdict: Verdict) -> str:
    """All that is known of a failure, the heading left out."""
    parts = [
        [ladder(verdict), *_reason(verdict)],
        *_findings(verdict),
        _printed("stderr", verdict.stderr),
        _printed("stdout", verdict.stdout),
        [*_versions(verdict), f"again: {_command(outcome, verdict)}"],
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _reason(verdict: Verdict) -> list[str]:
    lines = why(verdict)
    return [f"reason: {line}" for line in lines[:1]] + _barred(lines[1:])


def _findings(verdict: Verdict) -> list[list[str]]:
    found = verdict.differences
    left_out = len(found) - _SHOWN
    more = [[f"… {counted(left_out, 'more difference')}"]] if left_out > 0 else []
    return [*(diff(difference) for difference in found[:_SHOWN]), *more]


def _printed(name: str, raw: bytes) -> list[str]:
    if not raw:
        return []
    total = len(split(raw.decode("utf-8", "replace")))
    return [f"{name}, {counted(total, 'line')}:", *_barred(output(raw))]


def _barred(lines: list[str]) -> list[str]:
    return [f"| {line}".rstrip() for line in lines]


def _versions(verdict: Verdict) -> list[str]:
    named = [f"{name} {version}" for name, version in verdict.versions.items()]
    return [f"with: {short(', '.join(named))}"] if named else []


def _command(outcome: Outcome, verdict: Verdict) -> str:
    """What verifies this cell alone, and leaves its program where it can be looked at."""
    cell = verdict.cell
    words = ["callsheet", "verify", outcome.spec, "--example", cell.example]
    return inert(shlex.join([*words, "--client", sender(cell), "--keep", "failing"]))
