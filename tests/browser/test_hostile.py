"""A spec and a page that try to break out of the HTML: nothing of theirs runs, nothing is lost."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from browser.visits import Site, Visits, box

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

#: Text that runs anything calls this.
TRAP = "window.runs = []; window.hacked = (place) => { window.runs.push(place); };"


@pytest.fixture
def page(browser: Browser, hostile: Site) -> Iterator[Page]:
    """The hostile page, its Content-Security-Policy out of force: the escapes alone must hold."""
    with ExitStack() as stack:
        visits = Visits(browser, hostile, stack)
        context = visits.context(bypass_csp=True)
        context.add_init_script(TRAP)
        yield visits.open("/hostile.en.html", context=context)


def test_nothing_runs(page: Page) -> None:
    for link in page.locator("main a").all():
        assert (link.get_attribute("href") or "").startswith("#")
    page.mouse.move(400, 400)
    page.mouse.wheel(0, 5000)
    for tab in page.get_by_role("tab").all():
        tab.click()
    assert page.evaluate("runs") == []
    own = page.locator("script").evaluate_all(
        "all => all.map((script) => script.parentNode.localName)"
    )
    assert own == ["head", "body"]
    expect(page.locator("img")).to_have_count(0)
    named = page.evaluate(
        """() => [...document.querySelectorAll('*')].flatMap(
            (element) => element.getAttributeNames().filter((name) => name.startsWith('on')))"""
    )
    assert named == []


def test_nothing_is_lost(page: Page, hostile: Site) -> None:
    assert len(hostile.sheet.snippets["hostile"]) >= 8
    for snippet in hostile.sheet.snippets["hostile"]:
        where = f'[id="hostile/{snippet.language.key}.{snippet.client.key}"] code'
        assert page.locator(where).first.evaluate("code => code.textContent") == snippet.text
    response = page.locator(".response pre code")
    shown = response.first.evaluate("code => JSON.parse(code.textContent)")
    assert shown[0] == "</code></pre><script>hacked('response')</script>"
    assert shown[1] == "\u202e\ufdd00\ufdd1 {{ 7 * 7 }}"
    assert response.last.evaluate("code => code.textContent") == (
        "\n<script>hacked('text')</script>\r\nkept\n"
    )
    assert page.title().startswith("<script>hacked('head')</script> & \" {% raw %} · </title>")
    heading = page.get_by_role("heading", level=1).text_content()
    assert heading == "<script>hacked('h1')</script> & </code>"
    name = box(page, "hostile").get_attribute("aria-label")
    assert name == (
        "\" onmouseover=\"hacked('example')\" <script>hacked('example')</script> \u202egnirts"
    )
    expect(page.locator("td", has_text="*stars* {{ 7 * 7 }}")).to_have_count(1)
    expect(page.locator(".fields dd")).to_have_text("<img src=x onerror=hacked('answer')>")


def test_headings_of_one_name_have_anchors_of_their_own(page: Page) -> None:
    ids = page.evaluate("() => [...document.querySelectorAll('[id]')].map((element) => element.id)")
    assert len(set(ids)) == len(ids)
    assert page.locator("main h2:not(.label)").count() == 2


def test_the_pages_policy_alone_stops_a_script_that_an_escape_let_through(
    browser: Browser, hostile: Site
) -> None:
    text = hostile.pages["hostile.en.html"]
    broken = Site({"broken.html": text.replace("&lt;", "<")}, hostile.sheet)
    with ExitStack() as stack:
        visits = Visits(browser, broken, stack)
        context = visits.context()
        context.add_init_script(TRAP)
        opened = visits.open("/broken.html", context=context)
        assert opened.evaluate("runs") == []
        assert any("Content Security Policy" in complaint for complaint in visits.complaints)
        visits.complaints.clear()
