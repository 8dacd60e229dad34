"""The keyboard alone: it reaches all that a mouse does, in the order of the page, and is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from browser.visits import Visits

#: All that can be used and is shown; of a group of radio buttons, the chosen one.
STOPS = """[...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')]
    .filter((it) => it.tabIndex >= 0 && it.checkVisibility({visibilityProperty: true}))
    .filter((it) => it.type !== 'radio' || it.checked)"""
#: Whether focus shows on what has it, or on the label of a radio button, which itself is unseen.
SEEN = """[document.activeElement, document.activeElement.closest('label')].some(
    (it) => it && getComputedStyle(it).outlineStyle === 'solid')"""


def walked(page: Page) -> tuple[list[int], list[int]]:
    """Where Tab leads, as places in the page's order, and those where that does not show."""
    page.evaluate(f"window.stops = {STOPS}")
    count: int = page.evaluate("stops.length")
    order, unseen = [], []
    for _ in range(count):
        page.keyboard.press("Tab")
        order.append(page.evaluate("stops.indexOf(document.activeElement)"))
        if not page.evaluate(SEEN):
            unseen.append(order[-1])
    return order, unseen


@pytest.mark.parametrize("width", [1280, 360])
def test_tab_goes_through_all_of_the_page_and_shows_where_it_is(visits: Visits, width: int) -> None:
    address = "/client-sdk.en.html?lang=python"
    page = visits.open(address, viewport={"width": width, "height": 800})
    order, unseen = walked(page)
    assert order == list(range(len(order)))
    assert len(order) > 30
    assert unseen == []


def test_what_is_chosen_by_keyboard_can_be_copied_by_keyboard(visits: Visits) -> None:
    context = visits.context()
    context.add_init_script(
        "window.copied = []; navigator.clipboard.writeText = async (text) => copied.push(text);"
    )
    page = visits.open("/client-sdk.en.html?lang=python#streaming", context=context)
    page.locator('.tabs:has([id^="streaming/"]) [role=tab][aria-selected=true]').focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("copied[0]").startswith("import OpenAI from")
