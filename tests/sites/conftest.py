"""Chromium, for the pages of the sites."""

from __future__ import annotations

import pytest

#: Its tests are inherited: pytest would not explain their asserts otherwise.
pytest.register_assert_rewrite("sites.checks")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum("tests/sites" in report.nodeid for report in skipped)
    if count:
        terminalreporter.write_line(
            f"NOT RUN, {count} tests of docs sites: see tests/sites/setup.sh", red=True, bold=True
        )
