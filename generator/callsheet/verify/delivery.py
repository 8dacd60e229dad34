"""The user's words for reports to Targets, and an Outcome to what is written there."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from callsheet.errors import CallsheetError
from callsheet.verify import reports

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callsheet.verify.cells import Outcome
    from callsheet.verify.reports import Report

#: Stands for stdout where a report's file is named.
_STDOUT = "-"


@dataclass(frozen=True, slots=True)
class Target:
    """A report and where it goes; None is stdout."""

    report: Report
    file: Path | None


def targets(words: Sequence[str]) -> list[Target]:
    """What is asked for; else text, and annotations where GitHub runs this."""
    found = [_target(word) for word in words]
    if not any(target.file is None for target in found):
        found.append(Target(reports.get("text"), None))
    named = {target.report for target in found}
    github = reports.get("github")
    if os.environ.get("GITHUB_ACTIONS") == "true" and github not in named:
        found.append(Target(github, None))
    return found


def _target(word: str) -> Target:
    key, colon, name = word.partition(":")
    known = frozenset(reports.keys())
    if colon and key in known:
        return Target(reports.get(key), None if name == _STDOUT else Path(name))
    if word in known:
        return Target(reports.get(word), None)
    return Target(reports.for_path(Path(word)), Path(word))


def deliver(outcome: Outcome, targets: Sequence[Target]) -> None:
    """Writes an outcome's reports.

    Raises:
        CallsheetError: A file cannot be written.
    """
    for target in targets:
        text = target.report.render(outcome)
        if target.file is None:
            click.echo(text, nl=False)
            continue
        try:
            target.file.parent.mkdir(parents=True, exist_ok=True)
            target.file.write_text(text, "utf-8", newline="\n")
        except OSError as fault:
            raise CallsheetError(f"{target.file} cannot be written: {fault}") from fault
