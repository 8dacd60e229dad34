"""What a reader of the page sees and does, besides choosing a language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from browser.visits import box

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from browser.visits import Site, Visits

PAGES = ["/client-sdk.en.html", "/client-sdk.zh.html"]
#: Notes what is copied, byte for byte.
RECORDER = """window.copied = [];
    navigator.clipboard.writeText = async (text) => { window.copied.push(text); };"""


def test_the_copy_button_gives_exactly_the_snippets_file(visits: Visits, clawdrouter: Site) -> None:
    context = visits.context()
    context.add_init_script(RECORDER)
    page = visits.open(context=context)
    on_page = {
        snippet.file: snippet
        for group in clawdrouter.sheet.snippets.values()
        for snippet in group
        if page.locator(f'[id="{snippet.example}/{snippet.language.key}"]').count()
    }
    assert len(on_page) > 30
    for snippet in on_page.values():
        group = box(page, snippet.example)
        group.get_by_role("tab", name=snippet.language.title, exact=True).click()
        radio = group.get_by_role("radio", name=snippet.client.title, exact=True)
        if radio.count():
            group.locator(".switch:not([hidden])").get_by_text(
                snippet.client.title, exact=True
            ).click()
        group.locator(".copy").click()
        assert page.evaluate("copied.at(-1)") == snippet.text, snippet.file


def test_every_block_of_code_can_be_copied(visits: Visits) -> None:
    context = visits.context()
    context.add_init_script(RECORDER)
    page = visits.open(context=context)
    for block in page.locator(".box").all():
        code = block.locator("pre:visible code")
        if code.count():
            block.locator(".copy").click()
            assert page.evaluate("copied.at(-1)") == code.evaluate("code => code.textContent")
        else:
            expect(block.locator(".copy")).to_have_count(block.locator("pre").count() and 1)


def test_copying_is_said_aloud(visits: Visits) -> None:
    page = visits.open(permissions=["clipboard-read", "clipboard-write"])
    button = box(page, "streaming").get_by_role("button", name="Copy")
    button.click()
    expect(page.get_by_role("status")).to_have_text("Copied")
    expect(box(page, "streaming").locator(".copy")).to_have_text("Copied")
    clipboard = page.evaluate("navigator.clipboard.readText()")
    assert clipboard.startswith("curl ")
    expect(button).to_have_text("Copy")


def test_copying_works_without_the_clipboard_interface(visits: Visits, clawdrouter: Site) -> None:
    page = visits.open(origin="http://docs.example")
    assert page.evaluate("navigator.clipboard === undefined")
    button = box(page, "streaming").locator(".copy")
    button.click()
    expect(page.get_by_role("status")).to_have_text("Copied")
    expect(button).to_be_focused()
    page.evaluate("document.querySelector('main').prepend(document.createElement('textarea'))")
    page.locator("textarea").focus()
    page.keyboard.press("Control+V")
    text = clawdrouter.sheet.snippets["streaming"][0].text
    assert page.locator("textarea").input_value() == text


def test_where_nothing_can_be_copied_the_code_is_selected(
    visits: Visits, clawdrouter: Site
) -> None:
    context = visits.context()
    context.add_init_script("document.execCommand = () => false;")
    page = visits.open(origin="http://docs.example", context=context)
    box(page, "streaming").locator(".copy").click()
    expect(page.get_by_role("status")).to_contain_text("Ctrl+C")
    text = clawdrouter.sheet.snippets["streaming"][0].text
    assert page.evaluate("String(getSelection())").strip() == text.strip()


def test_the_page_works_from_the_disk(browser: Browser, clawdrouter: Site, tmp_path: Path) -> None:
    for name, text in clawdrouter.pages.items():
        (tmp_path / name).write_text(text)
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((tmp_path / "client-sdk.en.html").as_uri())
    box(page, "video").get_by_role("tab", name="Ruby").click()
    page.get_by_role("link", name="中文").click()
    expect(page).to_have_url(re.compile(r"/client-sdk\.zh\.html\?lang=ruby$"))
    box(page, "video").locator(".copy").click()
    expect(page.get_by_role("status")).to_have_text("已复制")
    text = next(s.text for s in clawdrouter.sheet.snippets["video"] if s.language.key == "ruby")
    assert page.evaluate("navigator.clipboard.readText()") == text
    context.close()
    assert complaints == []


def test_without_script_every_panel_shows_under_its_heading(
    visits: Visits, clawdrouter: Site
) -> None:
    page = visits.open(java_script_enabled=False)
    for snippet in clawdrouter.sheet.snippets["streaming"]:
        panel = page.locator(f'[id="streaming/{snippet.language.key}.{snippet.client.key}"]')
        expect(panel.locator("pre")).to_be_visible()
        expect(panel.get_by_role("heading")).to_contain_text(snippet.language.title)
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("heading", name="Windows PowerShell")).to_be_visible()


def test_a_script_that_fails_leaves_every_panel_readable(visits: Visits) -> None:
    context = visits.context()
    context.add_init_script("Array.prototype.at = undefined;")
    page = visits.open(context=context)
    for panel in page.locator('[id^="video/"].panel').all():
        expect(panel).to_be_visible()
    assert visits.complaints
    visits.complaints.clear()


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_no_violation(
    visits: Visits, axe: str, address: str, scheme: str, width: int
) -> None:
    page = visits.open(
        f"{address}?lang=python",
        color_scheme=scheme,
        viewport={"width": width, "height": 900},
    )
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations', 'incomplete']})")
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []
    assert len(found["passes"]) > 20


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("width", [320, 768, 1280, 1600])
def test_the_page_never_scrolls_sideways(visits: Visits, address: str, width: int) -> None:
    page = visits.open(f"{address}?lang=java", viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate("scrollTo(99, 0), scrollX") == 0


def test_the_response_stands_beside_its_request_where_there_is_room(visits: Visits) -> None:
    page = visits.open(viewport={"width": 1600, "height": 900})
    request = box(page, "video").bounding_box()
    response = page.locator('.tabs:has([id^="video/"]) + .response').bounding_box()
    assert request
    assert response
    assert response["x"] > request["x"] + request["width"]
    assert response["y"] == pytest.approx(request["y"], abs=1)
    page.set_viewport_size({"width": 1200, "height": 900})
    below = page.locator('.tabs:has([id^="video/"]) + .response').bounding_box()
    assert below
    assert below["x"] == pytest.approx(box(page, "video").bounding_box()["x"], abs=1)


def test_the_theme_follows_the_system_until_the_reader_asks_for_the_other(visits: Visits) -> None:
    context = visits.context(color_scheme="light")
    page = visits.open(context=context)
    toggle = page.get_by_role("button", name="Dark theme")
    background = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(background)
    assert toggle.get_attribute("aria-pressed") == "false"
    toggle.click()
    assert toggle.get_attribute("aria-pressed") == "true"
    dark = page.evaluate(background)
    assert dark != light
    page.reload()
    assert page.evaluate(background) == dark
    toggle.click()
    assert page.evaluate(background) == light
    page.emulate_media(color_scheme="dark")  # and again it follows the system
    assert page.evaluate(background) == dark
    expect(toggle).to_have_attribute("aria-pressed", "true")  # the event comes after the paint


def test_paper_shows_what_was_chosen_and_where_links_lead(visits: Visits) -> None:
    page = visits.open("/client-sdk.en.html?lang=ruby")
    page.emulate_media(media="print", color_scheme="dark")
    for selector in ["header", ".toc", '[role="tablist"]', ".copy"]:
        expect(page.locator(selector).first).to_be_hidden()
    expect(page.locator('[id="video/ruby"]').get_by_role("heading", name="Ruby")).to_be_visible()
    assert page.locator('[id="video/php"] pre').evaluate("pre => pre.checkVisibility()") is False
    wrap = page.locator('[id="video/ruby"] pre').evaluate("pre => getComputedStyle(pre).whiteSpace")
    assert wrap == "pre-wrap"
    scheme = page.evaluate("getComputedStyle(document.documentElement).colorScheme")
    assert scheme == "light"
    after = page.evaluate(
        """() => {
            const link = Object.assign(document.createElement("a"), {href: "https://a.example/b"});
            document.querySelector("main p").append(link);
            return getComputedStyle(link, "::after").content;
        }"""
    )
    assert "https://a.example/b" in after


@pytest.mark.parametrize("address", PAGES)
def test_the_contents_lead_to_every_section(visits: Visits, address: str) -> None:
    page = visits.open(address)
    headings = page.locator("main h2, main h3").evaluate_all(
        "all => all.filter(h => !h.matches('.label')).map(h => h.id)"
    )
    targets = page.locator(".toc a").evaluate_all(
        "links => links.map(a => decodeURI(a.hash).slice(1))"
    )
    assert targets == headings
    assert len(targets) >= 10
    last = page.locator(".toc a").last
    last.click()
    expect(last).to_have_attribute("aria-current", "true")


def test_a_heading_is_the_link_to_itself(visits: Visits) -> None:
    page = visits.open()
    page.locator("#streaming a").click()
    assert page.url.endswith("#streaming")
    expect(page.locator("#streaming")).to_be_in_viewport()
    header, heading = (page.locator(it).bounding_box() for it in ("header", "#streaming"))
    assert header
    assert heading
    assert heading["y"] >= header["height"]  # the header does not lie over it


def test_the_contents_are_folded_on_a_phone(visits: Visits) -> None:
    page = visits.open(viewport={"width": 360, "height": 700})
    expect(page.locator(".toc a").first).to_be_hidden()
    page.get_by_text("On this page", exact=True).click()
    expect(page.locator(".toc a").first).to_be_visible()


def test_the_skip_link_leads_to_the_content(visits: Visits) -> None:
    page = visits.open()
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to the content")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_each_snippet_says_what_was_proven_of_it(visits: Visits) -> None:
    page = visits.open("/client-sdk.en.html?lang=python")
    foot = box(page, "text-generation").locator(".foot:visible")
    expect(foot).to_contain_text(
        re.compile(r"(Verified \d{4}-\d\d-\d\d with Python 3|Not verified)")
    )
    expect(page.get_by_text("No run of these examples is recorded.")).to_have_count(0)
