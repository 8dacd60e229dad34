"""Readers as they differ: in script and direction, colours, paper, and the way they came."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from browser.visits import Site, Visits, box, shown
from callsheet.spec.read import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator

SPEC = """
callsheet: 1
title: Parcels
server: https://api.parcels.example
clients: {python: [requests, httpx]}
pages: "*.md"
endpoints:
  send:
    request: POST /parcels/
    examples:
      send: {response: {status: 201, headers: {Location: /parcels/7/}, json: {id: 7}}}
      lost: {response: {status: 503, text: try again}}
"""
PAGE = f"""# Parcels

{{{{ tabs("send") }}}}

{{{{ response("send") }}}}

##

## ![](data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=)

| Route |
| --- |
| `{"-".join(["HERE TO THERE"] * 16)}` |

{{{{ response("send", "lost") }}}}
"""
LOCALES = ["en", "ar", "zh", "zh-TW"]
#: Where each of some texts within an element begins, in pixels from the left.
LEFTS = """(element, texts) => texts.map((text) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const at = walker.currentNode.data.indexOf(text);
        if (at < 0) continue;
        const range = new Range();
        range.setStart(walker.currentNode, at);
        range.setEnd(walker.currentNode, at + 1);
        return range.getBoundingClientRect().left;
    }
})"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("parcels")
    (folder / "parcels.yaml").write_text(SPEC)
    sections = "".join(f"\n## Section {number}\n\n{'Words. ' * 200}\n" for number in range(50))
    for locale in LOCALES:
        (folder / f"page.{locale}.md").write_text(PAGE + sections)
    return Site.of(load(folder / "parcels.yaml"))


@pytest.fixture
def visits(browser: Browser, site: Site) -> Iterator[Visits]:
    with ExitStack() as stack:
        yield Visits(browser, site, stack)


def reads_rightward(element: Locator, *texts: str) -> bool:
    lefts = element.evaluate(LEFTS, texts)
    return all(left < right for left, right in pairwise(lefts))


def test_http_reads_rightward_in_a_page_that_is_written_leftward(visits: Visits) -> None:
    page = visits.open("/page.ar.html?lang=python")
    assert reads_rightward(box(page, "send").locator(".call"), "POST", "/parcels/")
    header = page.locator(".response.tabs .fields", has_text="Location").first
    assert reads_rightward(header.locator("dd", has_text="7"), "/parcels", "7")
    response = page.locator(".response .call").first
    response.evaluate("call => call.firstChild.data = 'الاستجابة '")
    assert reads_rightward(response, "201", "Created")
    foot = box(page, "send").locator(".foot:visible")
    assert reads_rightward(foot, "Run", "python example.py")


@pytest.mark.parametrize(("locale", "family"), [("zh", "PingFang SC"), ("zh-TW", "PingFang TC")])
def test_chinese_is_set_in_the_characters_of_its_country(
    visits: Visits, locale: str, family: str
) -> None:
    page = visits.open(f"/page.{locale}.html")
    for text in (page.locator("p").first, page.locator("pre code").first):
        families = text.evaluate("text => getComputedStyle(text).fontFamily")
        assert family in families
        assert families.count("PingFang") == 1


def test_forced_colours_show_what_is_chosen(visits: Visits) -> None:
    page = visits.open("/page.en.html?lang=python", forced_colors="active")
    tabs = box(page, "send").get_by_role("tab")
    lines = tabs.evaluate_all(
        "all => all.map((tab) => [tab.ariaSelected, getComputedStyle(tab).borderBottomColor])"
    )
    assert {colour for selected, colour in lines if selected == "true"}.isdisjoint(
        {colour for selected, colour in lines if selected == "false"}
    )
    grounds = (
        box(page, "send")
        .locator(".switch:not([hidden]) label")
        .evaluate_all("all => all.map((label) => getComputedStyle(label).backgroundColor)")
    )
    assert len(set(grounds)) == 2


def test_paper_cuts_nothing_off(visits: Visits) -> None:
    page = visits.open("/page.en.html", viewport={"width": 680, "height": 900})
    page.emulate_media(media="print")
    right = "all => Math.max(...all.map((it) => it.getBoundingClientRect().right))"
    assert page.locator("td code").evaluate_all(right) <= 680


def test_going_back_leaves_the_choice_and_the_url_says_so(visits: Visits) -> None:
    page = visits.open("/page.en.html?lang=python")
    page.get_by_role("link", name="Section 3", exact=True).first.click()
    box(page, "send").get_by_role("tab", name="Go", exact=True).click()
    page.go_back()
    expect(page).to_have_url("https://docs.example/page.en.html?lang=go")
    page.reload()
    assert set(shown(page).values()) == {"go"}


def test_a_link_to_a_panel_leads_to_its_tabs_too(visits: Visits) -> None:
    page = visits.open("/page.en.html")
    for anchor in ("send/python.httpx", "send/ruby"):
        page.evaluate(f"location.hash = '{anchor}'")
        tab = box(page, "send").get_by_role("tab", selected=True)
        expect(tab).to_be_visible()
        place, header = tab.bounding_box(), page.locator("header").bounding_box()
        assert place
        assert header
        assert place["y"] >= header["height"]


def test_a_long_list_of_contents_follows_the_reader(visits: Visits) -> None:
    page = visits.open("/page.en.html")
    for number in (45, 2):
        page.locator(f"#section-{number}").evaluate("it => it.scrollIntoView()")
        current = page.locator(".toc [aria-current]")
        expect(current).to_have_text(f"Section {number}")
        expect(current).to_be_in_viewport(ratio=1)


def test_a_heading_without_words_is_no_link(visits: Visits) -> None:
    page = visits.open("/page.en.html")
    assert all(page.locator("main :is(h1, h2)").all_text_contents())
    assert all(link.text_content() for link in page.get_by_role("link").all())
