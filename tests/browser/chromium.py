"""Chromium for whoever wants it: a plugin, since a process can start Playwright only once."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

#: A browser that runs in a container and asks nobody for anything.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_NONE = "no Chromium"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum(_NONE in str(report.longrepr) for report in skipped)
    if count:
        terminalreporter.write_line(
            f"NOT RUN, {count} tests of pages in a browser: {_NONE}", red=True, bold=True
        )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None and os.environ.get("CI"):
        pytest.fail("on CI pages are tested in Chromium, and there is none")
    if path is None:
        pytest.skip(_NONE)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, from where `npm ci` put it."""
    given = os.environ.get("CALLSHEET_NODE_TOOLS")
    folder = Path(given) if given else Path(__file__).parents[1] / "tools"
    return (folder / "node_modules/axe-core/axe.min.js").read_text()
