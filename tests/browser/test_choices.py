"""One choice of language, client and system for the page: where it comes from, how it stays."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from browser.visits import Visits, box, shown

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from browser.visits import Site

BROKEN_STORAGE = """Object.defineProperty(window, "localStorage", {
    get() { throw new DOMException("denied", "SecurityError"); } });"""


def choose(page: Page, example: str, language: str) -> None:
    box(page, example).get_by_role("tab", name=language, exact=True).click()


def languages_shown(page: Page) -> set[str]:
    return set(shown(page).values())


def test_the_first_language_shows_when_nobody_has_chosen(visits: Visits) -> None:
    page = visits.open()
    assert languages_shown(page) == {"curl"}
    assert "lang=" not in page.url


def test_a_choice_holds_for_every_group_the_install_block_too_and_after_a_reload(
    visits: Visits,
) -> None:
    page = visits.open()
    choose(page, "streaming", "Node.js")
    assert languages_shown(page) == {"node"}
    assert len(shown(page)) >= 4
    assert page.url.endswith("?lang=node")
    page.goto("https://docs.example/client-sdk.zh.html")
    assert languages_shown(page) == {"node"}


def test_the_url_wins_over_what_is_remembered_and_leaves_it_alone(visits: Visits) -> None:
    context = visits.context()
    page = visits.open(context=context)
    choose(page, "streaming", "Node.js")
    page.goto("https://docs.example/client-sdk.en.html?lang=python#streaming")
    assert languages_shown(page) == {"python"}
    page.goto("https://docs.example/client-sdk.en.html")
    assert languages_shown(page) == {"node"}


def test_a_language_that_the_page_lacks_shows_the_first(visits: Visits) -> None:
    assert languages_shown(visits.open("/client-sdk.en.html?lang=cobol")) == {"curl"}


def test_the_rest_of_the_url_is_kept(visits: Visits) -> None:
    page = visits.open("/client-sdk.en.html?theme=x#video-generation-veo")
    choose(page, "video", "Python")
    assert page.url.endswith("?theme=x&lang=python#video-generation-veo")


def test_the_other_locale_is_linked_with_the_language(visits: Visits) -> None:
    page = visits.open()
    choose(page, "video", "Python")
    page.get_by_role("link", name="中文").click()
    expect(page).to_have_url("https://docs.example/client-sdk.zh.html?lang=python")
    assert languages_shown(page) == {"python"}


def test_other_windows_follow(visits: Visits) -> None:
    context = visits.context()
    first, second = visits.open(context=context), visits.open(context=context)
    choose(first, "video", "Python")
    expect(box(second, "video").get_by_role("tab", selected=True)).to_have_text("Python")
    assert languages_shown(second) == {"python"}
    assert second.url.endswith("?lang=python")


def test_the_page_works_where_storage_throws(visits: Visits) -> None:
    context = visits.context()
    context.add_init_script(BROKEN_STORAGE)
    page = visits.open(context=context)
    choose(page, "streaming", "Python")
    assert languages_shown(page) == {"python"}
    page.get_by_role("button", name="Dark theme").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"


@pytest.mark.parametrize(
    ("keys", "language"),
    [
        ("ArrowRight", "Python"),
        ("ArrowLeft", "C#"),
        ("End", "C#"),
        ("End ArrowRight", "cURL"),
        ("End Home", "cURL"),
        ("ArrowRight ArrowRight ArrowLeft", "Python"),
    ],
)
def test_the_keyboard_moves_between_tabs(visits: Visits, keys: str, language: str) -> None:
    page = visits.open()
    group = box(page, "streaming")
    group.get_by_role("tab", selected=True).focus()
    for key in keys.split():
        page.keyboard.press(key)
    chosen = group.get_by_role("tab", selected=True)
    expect(chosen).to_have_text(language)
    expect(chosen).to_be_focused()
    assert chosen.evaluate("tab => getComputedStyle(tab).outlineStyle") == "solid"


def test_the_arrows_follow_the_direction_of_the_text(browser: Browser, hostile: Site) -> None:
    with ExitStack() as stack:
        page = Visits(browser, hostile, stack).open("/right.ar.html")
        page.get_by_role("tab", selected=True).focus()
        page.keyboard.press("ArrowLeft")
        expect(page.get_by_role("tab", name="Python")).to_be_focused()
        boxes = [page.get_by_role("tab", name=name).bounding_box() for name in ("cURL", "Python")]
        assert boxes[0]
        assert boxes[1]
        assert boxes[1]["x"] < boxes[0]["x"]


def test_one_tab_of_a_group_is_a_tab_stop_and_the_code_is_the_next(visits: Visits) -> None:
    page = visits.open("/client-sdk.en.html?lang=go")
    group = box(page, "video")
    stops = group.get_by_role("tab").evaluate_all(
        "tabs => tabs.filter(t => t.tabIndex === 0).length"
    )
    assert stops == 1
    group.get_by_role("tab", selected=True).focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.localName") == "pre"


def test_a_tab_names_its_panel(visits: Visits) -> None:
    page = visits.open("/client-sdk.en.html?lang=ruby")
    group = box(page, "video")
    assert group.get_by_role("tablist").get_attribute("aria-label") == "Programming language"
    expect(group.get_by_role("tabpanel", name="Ruby")).to_be_visible()
    expect(group.get_by_role("tabpanel")).to_have_count(1)


def test_what_was_clicked_stays_where_it_is(visits: Visits) -> None:
    page = visits.open("/client-sdk.en.html?lang=java")
    tab = box(page, "anthropic-messages").get_by_role("tab", name="cURL")
    tab.scroll_into_view_if_needed()
    before, scrolled = tab.bounding_box(), page.evaluate("scrollY")
    tab.click()
    after = tab.bounding_box()
    assert before
    assert after
    assert after["y"] == pytest.approx(before["y"], abs=1)
    assert page.evaluate("scrollY") < scrolled - 100  # the groups above did become shorter


def choose_client(page: Page, example: str, client: str) -> None:
    switch = box(page, example).locator(".switch:not([hidden])")
    switch.get_by_text(client, exact=True).click()


def client_of(page: Page, example: str) -> str:
    key = box(page, example).locator(".panel:not([hidden]) .client:not([hidden])")
    return str(key.get_attribute("data-key"))


def test_a_client_is_chosen_for_every_language_and_example_that_has_one_like_it(
    visits: Visits,
) -> None:
    page = visits.open("/client-sdk.en.html?lang=python")
    assert client_of(page, "text-generation") == "openai"
    assert client_of(page, "anthropic-messages") == "anthropic"
    choose_client(page, "text-generation", "requests")
    assert client_of(page, "streaming") == "requests"
    assert client_of(page, "anthropic-messages") == "requests"
    choose(page, "streaming", "Node.js")
    assert client_of(page, "streaming") == "fetch"  # plain HTTP, as was chosen for Python
    choose_client(page, "anthropic-messages", "anthropic")
    assert client_of(page, "streaming") == "openai"
    page.reload()
    assert client_of(page, "anthropic-messages") == "anthropic"


def test_the_arrow_keys_move_between_clients(visits: Visits) -> None:
    page = visits.open("/client-sdk.en.html?lang=python")
    group = box(page, "streaming").get_by_role("radiogroup", name="Client")
    group.get_by_role("radio", checked=True).focus()
    page.keyboard.press("ArrowRight")
    expect(group.get_by_role("radio", name="requests")).to_be_checked()
    assert client_of(page, "streaming") == "requests"


def test_the_system_is_a_choice_of_its_own(visits: Visits) -> None:
    page = visits.open()
    page.get_by_role("tab", name="Windows PowerShell").click()
    page.reload()
    expect(page.get_by_role("tab", name="Windows PowerShell", selected=True)).to_be_visible()
    assert "$env:CLAWDROUTER_API_KEY" in page.locator("[data-group=system]").inner_text()
    assert languages_shown(page) == {"curl"}


def test_a_link_to_a_snippet_shows_it(visits: Visits) -> None:
    page = visits.open("/client-sdk.en.html#streaming/python.requests")
    assert languages_shown(page) == {"python"}
    assert client_of(page, "streaming") == "requests"
    expect(page.locator('[id="streaming/python.requests"]')).to_be_in_viewport()


def test_a_link_within_the_page_opens_a_hidden_panel(visits: Visits) -> None:
    page = visits.open()
    page.evaluate("location.hash = '#video/go'")
    expect(box(page, "video").get_by_role("tab", name="Go", selected=True)).to_be_visible()
    assert languages_shown(page) == {"go"}
