"""The pages that Chromium opens."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.visits import Site, Visits
from callsheet.spec.read import load
from support import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def clawdrouter() -> Site:
    """The pages of the README, with what was proven of their snippets."""
    spec = load(ROOT / "spec/clawdrouter.yaml")
    return Site.of(spec, verified=(ROOT / "spec/clawdrouter.verified.json",))


@pytest.fixture(scope="session")
def hostile() -> Site:
    """A spec and pages full of what HTML, Markdown and Jinja could mistake for their own."""
    return Site.of(load(Path(__file__).parent / "hostile.yaml"))


@pytest.fixture(scope="session")
def shop() -> Site:
    """The reference page of a small shop."""
    return Site.of(load(Path(__file__).parent / "shop.yaml"))


@pytest.fixture
def visits(browser: Browser, clawdrouter: Site) -> Iterator[Visits]:
    with ExitStack() as stack:
        yield Visits(browser, clawdrouter, stack)
