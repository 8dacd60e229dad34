"""Search on the page is the browser's own: it finds what a hidden panel holds, and opens it.

A text fragment (`#:~:text=…`) is searched for as the find bar searches: both fire `beforematch`
(HTML, 6.1, "the hidden=until-found attribute"), and there is no driving the find bar itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from browser.visits import box, shown

if TYPE_CHECKING:
    from browser.visits import Visits


@pytest.mark.parametrize(
    ("words", "language", "client"),
    [
        ("HttpClient.newHttpClient()", "java", "http-client"),
        ("ENV.fetch", "ruby", "net-http"),
        ("client = anthropic.Anthropic(", "python", "anthropic"),
        ("import requests", "python", "requests"),
    ],
)
def test_what_is_found_in_a_hidden_panel_is_chosen_for_the_page(
    visits: Visits, words: str, language: str, client: str
) -> None:
    page = visits.open(f"/client-sdk.en.html#:~:text={quote(words, safe='')}")
    expect(page.locator(f"[data-key={language}].panel:not([hidden])").first).to_be_visible()
    assert set(shown(page).values()) == {language}
    found = page.locator(f'[data-key="{client}"].client:not([hidden])', has_text=words).first
    expect(found).to_be_in_viewport()
    assert page.url.endswith(f"?lang={language}")


def test_what_nobody_looks_for_stays_hidden(visits: Visits) -> None:
    page = visits.open("/client-sdk.en.html#:~:text=no%20such%20words")
    assert set(shown(page).values()) == {"curl"}
    hidden = box(page, "streaming").locator(".panel[hidden]")
    assert hidden.evaluate_all("all => all.every((it) => it.hidden === 'until-found')")
    assert hidden.count() == 7
