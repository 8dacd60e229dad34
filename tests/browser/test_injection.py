"""A spec that tries to break out of its page: nothing runs, all is shown and copied as it is."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from browser.visits import Site, Visits
from callsheet.spec.read import load
from pages import hostile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

#: What runs anything is noted, and what opens a dialog or a window, and what is copied.
TRAP = """
    window.runs = []; window.copied = [];
    window.hacked = (place) => { window.runs.push(place); };
    for (const name of ["alert", "confirm", "prompt", "open", "print"])
        window[name] = () => { window.runs.push(name); };
    if (navigator.clipboard)
        navigator.clipboard.writeText = async (text) => { window.copied.push(text); };"""
#: Elements of the page's own, however the spec tries to bring more.
OWN = {"script": 2, "style": 1, "link": 3, "meta": 5, "title": 1, "main": 1, "h1": 1}
FOREIGN = (
    *("img", "svg", "iframe", "object", "embed", "base", "form", "textarea", "template"),
    *("noscript", "math", "video", "audio", "b[onclick]", "[style]", "[srcdoc]"),
)
PAGES = ("/shop.en.html", "/shop.zh.html")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site.of(load(hostile.lay(tmp_path_factory.mktemp("hostile"))))


@pytest.fixture(params=[False, True], ids=["as-it-is", "without-its-policy"])
def visits(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Visits]:
    """Visits that fail at a request or a message; without the policy the escapes alone hold."""
    with ExitStack() as stack:
        visits = Visits(browser, site, stack)
        context = visits.context(bypass_csp=request.param)
        context.add_init_script(TRAP)
        visits.context = lambda **_: context  # type: ignore[method-assign]
        yield visits


def wanted(address: str) -> str:
    return hostile.TITLE if ".en." in address else f"中 {hostile.TITLE}"


def click_everything(page: Page) -> None:
    """What a reader may touch: every tab, client and theme, every place under the pointer."""
    page.mouse.move(400, 400)
    for control in page.locator("[role=tab], .switch label, button.theme").all():
        if control.is_visible():
            control.click()
    page.mouse.wheel(0, 20_000)
    page.keyboard.press("Tab")


@pytest.mark.parametrize("address", PAGES)
def test_nothing_of_the_spec_runs_or_becomes_an_element(visits: Visits, address: str) -> None:
    page = visits.open(address)
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    click_everything(page)
    assert page.evaluate("runs") == []
    assert dialogs == []
    for name, count in OWN.items():
        assert page.locator(name).count() == count, name
    for name in FOREIGN:
        assert page.locator(f"main {name}, header {name}").count() == 0, name
    handlers = page.evaluate(
        """() => [...document.querySelectorAll('*')].flatMap(
            (element) => element.getAttributeNames().filter((name) => name.startsWith('on')))"""
    )
    assert handlers == []
    links = page.locator("main a").evaluate_all("all => all.map((a) => a.getAttribute('href'))")
    assert {link.partition("?")[0] for link in links if not link.startswith("#")} == {
        "https://docs.shop.example/"
    }
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).display") == "block"


@pytest.mark.parametrize("address", PAGES)
def test_every_text_of_the_spec_is_shown(visits: Visits, address: str, site: Site) -> None:
    page, title = visits.open(address), wanted(address)
    spec = site.sheet.spec
    assert page.locator("h1").text_content() == title
    assert page.evaluate("document.querySelector('title').textContent") == (
        f"Page {hostile.TITLE} · {title}"
    )
    described = page.locator("meta[name=description]").get_attribute("content") or ""
    assert described.replace("\ufffd", "\x00") == hostile.TEXT  # no page can hold U+0000
    assert page.locator("header .brand").text_content() == title
    texts = page.locator("main p, main li, main td").evaluate_all(
        "all => all.map((element) => element.textContent.trim())"
    )
    assert texts.count(title) >= 4
    assert hostile.SERVER in texts
    assert hostile.SHOWN in texts
    named = page.locator("[role=group]").evaluate_all("all => all.map((a) => a.ariaLabel)")
    assert hostile.TITLE in named
    assert page.locator(".fields dd").first.text_content() == hostile.LINE
    assert page.locator(".call code").last.text_content() == spec.endpoints[1].path
    labels = page.locator(".switch label").evaluate_all("all => all.map((a) => a.textContent)")
    assert hostile.TITLE in labels
    found = page.locator(".response pre code").first.evaluate(
        "code => JSON.parse(code.textContent)"
    )
    assert found[1:] == hostile.PAYLOADS
    assert found[0]["text"] == hostile.TEXT


@pytest.mark.parametrize("address", PAGES)
def test_headings_and_anchors_lead_where_they_say(visits: Visits, address: str) -> None:
    page = visits.open(address)
    ids = page.evaluate("() => [...document.querySelectorAll('[id]')].map((element) => element.id)")
    assert len(set(ids)) == len(ids)
    for link in page.locator(".toc a").all():
        link.click()
        anchor = page.evaluate("decodeURIComponent(location.hash.slice(1))")
        heading = page.evaluate("(id) => document.getElementById(id).textContent", anchor)
        assert heading == link.text_content() == f"A {wanted(address)}"
    for example in hostile.EXAMPLES:
        page.goto(f"https://docs.example{address}#{example}/ruby.net-http")
        assert page.locator(f'[id="{example}/ruby.net-http"]').is_visible()


def copied(page: Page, place: str) -> str:
    """What the copy button gives of the code that is seen at a place."""
    page.locator(f'.box:has([id="{place}"]) .copy').click()
    return str(page.evaluate("copied.at(-1)"))


@pytest.mark.parametrize("visits", [False], indirect=True)
@pytest.mark.parametrize("address", PAGES)
def test_each_copy_button_gives_exactly_the_files_bytes(
    visits: Visits, address: str, site: Site
) -> None:
    page = visits.open(address)
    snippets = [snippet for group in site.sheet.snippets.values() for snippet in group]
    assert len(snippets) >= 25
    shown = ""
    for snippet in sorted(snippets, key=lambda one: (one.language.order, one.client.key)):
        key = f"{snippet.language.key}.{snippet.client.key}"
        if key != shown:
            page.goto(f"https://docs.example{address}?{key}#{snippet.example}/{key}")
        shown = key
        place = f"{snippet.example}/{key}"
        code = page.locator(f'[id="{place}"] code').first
        assert code.evaluate("code => code.textContent") == snippet.text
        assert copied(page, place) == snippet.text
    assert page.evaluate("runs") == []


#: Marks that turn text around, and characters that nobody sees (UAX #9; Default_Ignorable).
UNSEEN = [
    *(0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810)),
    *(*range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070), 0x3164, 0xFE00),
    *(0xFEFF, 0xFFA0, *range(0xFFF9, 0xFFFC), 0x1BCA0, 0x1D173, 0xE0001, 0xE0041, 0xE0100),
]


def test_no_program_on_the_page_holds_what_a_reader_cannot_see(visits: Visits) -> None:
    page = visits.open(PAGES[0])
    codes = page.locator(".client code").evaluate_all("all => all.map((a) => a.textContent)")
    assert len(codes) >= 25
    assert not set(map(chr, UNSEEN)) & set("".join(codes))
