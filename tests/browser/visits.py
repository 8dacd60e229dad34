"""Visits to a page in Chromium; one that fails quietly, or asks the network, fails the test."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from callsheet.options import Options
from callsheet.pages import render_all
from callsheet.sheet import sheet

if TYPE_CHECKING:
    from contextlib import ExitStack
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page, Route

    from callsheet.sheet import Sheet
    from callsheet.spec.model import Spec

ORIGIN = "https://docs.example"


@dataclass(frozen=True)
class Site:
    """A spec's pages, and the snippets on them."""

    pages: dict[str, str]
    sheet: Sheet

    @classmethod
    def of(cls, spec: Spec, form: str = "html", verified: tuple[Path, ...] = ()) -> Site:
        made = sheet(spec, Options(verified=verified))
        return cls(dict(render_all(made, Options(formats=(form,)))), made)


@dataclass
class Visits:
    """Opens pages; everything is closed, and every complaint raised, when the test ends."""

    browser: Browser
    site: Site
    stack: ExitStack
    complaints: list[str] = field(default_factory=list)

    def context(self, **options: Any) -> BrowserContext:
        """A browser of its own: storage, clipboard permission, colour scheme, size."""
        options = {"viewport": {"width": 1280, "height": 900}, **options}
        context = self.browser.new_context(**options)
        self.stack.callback(self._end, context)
        context.route("**/*", self._answer)
        return context

    def open(
        self,
        address: str = "/client-sdk.en.html",
        context: BrowserContext | None = None,
        origin: str = ORIGIN,
        **options: Any,
    ) -> Page:
        page = (context or self.context(**options)).new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.goto(f"{origin}{address}")
        return page

    def _answer(self, route: Route) -> None:
        address = urlsplit(route.request.url)
        text = self.site.pages.get(unquote(address.path).removeprefix("/"))
        if not address.netloc.startswith("docs.example") or text is None:
            self.complaints.append(f"asked for {route.request.url}")
            route.abort()
            return
        route.fulfill(body=text, content_type="text/html")

    def _end(self, context: BrowserContext) -> None:
        context.close()
        assert self.complaints == []


def box(page: Page, example: str) -> Any:
    """The tab group of an example."""
    return page.locator(f'.tabs:has([id^="{example}/"])')


def shown(page: Page) -> dict[str, str]:
    """Tab group → the panel that shows, for every group of languages on the page."""
    found: dict[str, str] = page.evaluate(
        """() => Object.fromEntries(
            [...document.querySelectorAll('[data-group=lang]')].map((box) => [
                box.getAttribute('aria-label'),
                [...box.querySelectorAll('.panel:not([hidden])')].map((p) => p.dataset.key).join(),
            ]))"""
    )
    return found
