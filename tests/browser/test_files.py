"""The format `html-files`: the same page where a site's own strict policy allows nothing inline."""

from __future__ import annotations

import re
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from browser.visits import Site, box, shown
from callsheet.spec.read import load
from support import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

POLICY = "default-src 'self'"


class _Strict(SimpleHTTPRequestHandler):
    """Serves a folder under the policy."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Tests are quiet."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Strict, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def site() -> Site:
    report = ROOT / "spec/clawdrouter.verified.json"
    return Site.of(load(ROOT / "spec/clawdrouter.yaml"), "html-files", (report,))


@pytest.fixture(scope="module")
def folder(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    (folder / "favicon.ico").write_bytes(b"")
    for name, text in site.pages.items():
        (folder / name).write_text(text)
    return folder


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[Page]:
    """A page that may not complain."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    yield page
    context.close()
    assert complaints == []


def test_nothing_stands_in_the_page_that_a_policy_could_refuse(site: Site) -> None:
    html = site.pages["client-sdk.en.html"]
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?! src)|data:,|http-equiv", html)
    assert re.findall(r'(?:src|href)="(?!#|/docs/)([^"]*)"', html) == [
        *("client-sdk.en.html", "client-sdk.zh.html", "callsheet.css", "callsheet.js"),
        "client-sdk.zh.html",
    ]
    assert set(site.pages) == {
        *("client-sdk.en.html", "client-sdk.zh.html", "callsheet.css", "callsheet.js"),
    }


def test_the_page_is_that_of_html_but_for_what_it_loads(site: Site, clawdrouter: Site) -> None:
    for name in ("client-sdk.en.html", "client-sdk.zh.html"):
        main = clawdrouter.pages[name].partition("<main")[2].partition("</main>")[0]
        assert main in site.pages[name]


@pytest.mark.parametrize("by", ["server", "disk"])
def test_it_works_under_a_strict_policy_and_from_the_disk(
    browser: Browser, site: Site, folder: Path, by: str
) -> None:
    with served(folder) as server:
        start = server if by == "server" else folder.as_uri()
        with opened(browser, f"{start}/client-sdk.en.html?lang=python") as page:
            assert set(shown(page).values()) == {"python"}
            box(page, "video").get_by_role("tab", name="Ruby").click()
            assert set(shown(page).values()) == {"ruby"}
            button = box(page, "video").get_by_role("button", name="Copy")
            button.click()
            expect(page.get_by_role("status")).to_have_text("Copied")
            ruby = next(s for s in site.sheet.snippets["video"] if s.language.key == "ruby")
            assert page.evaluate("navigator.clipboard.readText()") == ruby.text
            page.get_by_role("button", name="Dark theme").click()
            assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
            page.get_by_role("link", name="中文").click()
            page.wait_for_url("**/client-sdk.zh.html?lang=ruby")
            assert set(shown(page).values()) == {"ruby"}
            assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_the_server_of_this_test_is_strict(browser: Browser, folder: Path) -> None:
    (folder / "inline.html").write_text("<!doctype html><script>document.title = 'ran'</script>")
    with served(folder) as server:
        page = browser.new_page()
        page.goto(f"{server}/inline.html")
        assert page.title() == ""
        page.close()
