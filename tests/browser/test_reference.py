"""The reference page that is made of a spec alone: its responses by status, and that it is safe."""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from browser.visits import Site, Visits, box
from callsheet.spec.model import Localized
from callsheet.spec.read import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

PAGES = ["/reference.en.html", "/reference.zh.html"]
TRAP = "window.runs = []; window.hacked = (place) => { window.runs.push(place); };"


@pytest.fixture
def visits(browser: Browser, shop: Site) -> Iterator[Visits]:
    with ExitStack() as stack:
        yield Visits(browser, shop, stack)


def responses(page: Page) -> Locator:
    """The box of responses to the first order."""
    return page.locator(".response.tabs").first


def test_responses_of_one_call_are_tabs_of_their_statuses(visits: Visits) -> None:
    page = visits.open(PAGES[0])
    group = responses(page)
    expect(group.get_by_role("tablist", name="Status")).to_be_visible()
    expect(group.get_by_role("tab")).to_have_text(["201 Created", "401 Unauthorized"])
    expect(group.get_by_role("tabpanel", name="201 Created")).to_contain_text('"accepted"')
    expect(group).to_contain_text("Location /v1/orders/7", use_inner_text=True)
    group.get_by_role("tab", name="401 Unauthorized").click()
    expect(group.get_by_role("tabpanel", name="401 Unauthorized")).to_contain_text("invalid_key")
    expect(group.get_by_text('"accepted"')).to_be_hidden()


def test_a_status_is_chosen_by_keyboard_and_for_its_box_alone(visits: Visits) -> None:
    page = visits.open(f"{PAGES[0]}?lang=python")
    group = responses(page)
    group.get_by_role("tab", selected=True).focus()
    page.keyboard.press("ArrowRight")
    chosen = group.get_by_role("tab", selected=True)
    expect(chosen).to_have_text("401 Unauthorized")
    expect(chosen).to_be_focused()
    languages = box(page, "create-order").get_by_role("tab", selected=True)
    expect(languages).to_have_text("Python")
    assert "401" not in page.evaluate("JSON.stringify(localStorage)")
    page.reload()
    expect(responses(page).get_by_role("tab", selected=True)).to_have_text("201 Created")


def test_the_copy_button_copies_the_response_that_shows(visits: Visits) -> None:
    context = visits.context()
    context.add_init_script(
        "window.copied = []; navigator.clipboard.writeText = async (text) => copied.push(text);"
    )
    page = visits.open(PAGES[0], context=context)
    group = responses(page)
    group.get_by_role("tab", name="401 Unauthorized").click()
    group.locator(".copy").click()
    assert page.evaluate("copied") == ['{"error": {"code": "invalid_key"}}\n']


def test_they_stand_beside_their_request_where_there_is_room(visits: Visits) -> None:
    page = visits.open(PAGES[0], viewport={"width": 1600, "height": 900})
    request, answer = box(page, "create-order").bounding_box(), responses(page).bounding_box()
    assert request
    assert answer
    assert answer["x"] > request["x"] + request["width"]
    assert answer["y"] == pytest.approx(request["y"], abs=1)


def test_without_script_and_on_paper_every_status_shows(visits: Visits) -> None:
    page = visits.open(PAGES[0], java_script_enabled=False)
    for title in ("201 Created", "401 Unauthorized"):
        expect(responses(page).get_by_role("heading", name=title)).to_be_visible()
    page = visits.open(PAGES[0])
    page.emulate_media(media="print")
    for panel in responses(page).locator(".panel").all():
        assert panel.locator("pre").evaluate("pre => pre.checkVisibility()")
        expect(panel.get_by_role("heading", include_hidden=True)).to_be_visible()


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(visits: Visits, axe: str, address: str, scheme: str) -> None:
    page = visits.open(address, color_scheme=scheme)
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []
    assert len(found["passes"]) > 20


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("width", [320, 768, 1600])
def test_it_never_scrolls_sideways(visits: Visits, address: str, width: int) -> None:
    page = visits.open(f"{address}?lang=java", viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("address", PAGES)
def test_a_phone_shows_that_parameters_have_examples(visits: Visits, address: str) -> None:
    page = visits.open(address, viewport={"width": 360, "height": 800})
    example = page.locator("main th").filter(has_text=re.compile("Example|示例")).first
    assert example.evaluate("cell => cell.getBoundingClientRect().left") + 40 < 360


def test_many_locales_leave_room_for_the_rest_of_the_header(browser: Browser) -> None:
    names = dict.fromkeys(("en", "zh", "fr", "ja", "pt-BR", "ar", "de", "es"), "Shop")
    spec = replace(load(Path(__file__).parent / "shop.yaml"), title=Localized(names))
    with ExitStack() as stack:
        visits = Visits(browser, Site.of(spec), stack)
        page = visits.open("/reference.en.html", viewport={"width": 320, "height": 800})
        expect(page.locator(".brand")).to_be_in_viewport(ratio=1)
        expect(page.locator("button.theme")).to_be_in_viewport(ratio=1)
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        page.get_by_role("link", name="español").focus()
        expect(page.get_by_role("link", name="español")).to_be_in_viewport(ratio=1)


def test_the_contents_show_the_groups_and_their_endpoints(visits: Visits) -> None:
    page = visits.open(PAGES[0])
    expect(page.locator(".toc .depth-2")).to_have_text(
        [
            "Authentication",
            "Environment variables",
            "Install",
            "/v1/orders",
            "/v1/photos",
            "/health",
        ]
    )
    expect(page.locator(".toc .depth-3")).to_have_text(
        ["Create an order", "GET /v1/orders/{id}", "Photos {of} <all>", "Search", "GET /health"]
    )


def test_a_hostile_spec_runs_nothing_and_loses_nothing(browser: Browser) -> None:
    spec = load(Path(__file__).parent / "hostile.yaml")
    site = Site.of(replace(spec, pages=(), pageless=True))
    (name,) = site.pages
    with ExitStack() as stack:
        visits = Visits(browser, site, stack)
        context = visits.context(bypass_csp=True)
        context.add_init_script(TRAP)
        page = visits.open(f"/{name}", context=context)
        for tab in page.get_by_role("tab").all():
            tab.click()
        assert page.evaluate("runs") == []
        expect(page.locator("main :is(img, script, b[onclick])")).to_have_count(0)
        assert page.get_by_role("heading", level=1).text_content() == spec.title.get("")
        expect(page.get_by_role("heading", name="<b onclick=hacked('endpoint')>")).to_be_visible()
        for value in ("<script>hacked('path')</script>", "</pre><script>hacked('header')</script>"):
            expect(page.locator("td code").get_by_text(value, exact=True)).to_be_visible()
        assert page.evaluate("document.querySelectorAll('[id]').length") == page.evaluate(
            "new Set([...document.querySelectorAll('[id]')].map((it) => it.id)).size"
        )
