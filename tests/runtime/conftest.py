"""Says aloud which runtimes are missing: a cell that did not run is not a cell that passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = [
        str(report.longrepr[2]).removeprefix("Skipped: ")
        for report in skipped
        if "runtime" in report.nodeid
    ]
    for reason in sorted(set(reasons)):
        count = reasons.count(reason)
        terminalreporter.write_line(f"NOT RUN, {count} tests: {reason}", red=True, bold=True)
