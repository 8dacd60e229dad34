"""A server as a user starts it, and pages of it in Chromium."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from serve.serving import Serving, Tab, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    Serve = Callable[..., Serving]
    Open = Callable[[str], Tab]

SPEC = """\
callsheet: 1
title: Shop
server: https://api.shop.example
endpoints:
  items:
    request: POST /items
    examples:
      add-item: {title: Add an item, body: {json: {name: Apple}}, response: {json: {id: 7}}}
clients: {}
pages: pages/*.md
"""
PAGE = """\
# Shop

Buy {{ title }} here.

{{ tabs("add-item") }}

{{ response("add-item") }}
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a small spec and a page of it in two locales."""
    folder = tmp_path / "home"
    write(folder / "shop.yaml", SPEC)
    write(folder / "pages/shop.en.md", PAGE)
    write(folder / "pages/shop.zh.md", PAGE.replace("Buy", "购买"))
    return folder


@pytest.fixture
def serve(home: Path, tmp_path: Path) -> Iterator[Serve]:
    """Starts `callsheet serve`; every server is stopped, and must have been well, at the end."""
    with ExitStack() as stack:

        def started(*words: str) -> Serving:
            return stack.enter_context(Serving(home, tmp_path / "cache", words or ("shop.yaml",)))

        yield started


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens an address; a page that complains fails the test."""
    with ExitStack() as stack:
        yield lambda address: stack.enter_context(Tab(browser, address))
