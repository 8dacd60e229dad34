"""Chromium, and the ClawdRouter page that it opens."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from browser.visits import Site, Visits
from callsheet.spec.read import load
from support import ROOT

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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum("tests/browser" in report.nodeid for report in skipped)
    if count:
        terminalreporter.write_line(
            f"NOT RUN, {count} tests of the HTML page: no Chromium", red=True, bold=True
        )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None and os.environ.get("CI"):
        pytest.fail("on CI the page is tested in Chromium, and there is none")
    if path is None:
        pytest.skip("no Chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def clawdrouter() -> Site:
    return Site.of(load(ROOT / "spec/clawdrouter.yaml"))


@pytest.fixture(scope="session")
def hostile() -> Site:
    """A spec and pages full of what HTML, Markdown and Jinja could mistake for their own."""
    return Site.of(load(Path(__file__).parent / "hostile.yaml"))


@pytest.fixture
def visits(browser: Browser, clawdrouter: Site) -> Iterator[Visits]:
    with ExitStack() as stack:
        yield Visits(browser, clawdrouter, stack)


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, from where `npm ci` put it."""
    given = os.environ.get("CALLSHEET_NODE_TOOLS")
    folder = Path(given) if given else Path(__file__).parents[1] / "tools"
    return (folder / "node_modules/axe-core/axe.min.js").read_text()
