"""The README's pictures: `python -m browser.pictures`, from the folder `tests`."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from playwright.sync_api import sync_playwright

from browser.chromium import ARGUMENTS
from browser.visits import Site
from callsheet.spec.read import load

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "output/clawdrouter"
PICTURES = ROOT / "output/pictures"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LAPTOP, PHONE, WIDE = (1280, 900), (320, 720), (1600, 900)
EXAMPLE = "?lang=python"
#: Anchors of headings differ from locale to locale; those of examples do not.
SHOW = """() => {
    const examples = '[id^="text-generation/"], [id^="create-order/"]';
    let at = document.querySelector(`.tabs:has(${examples})`);
    while (!/^H[1-3]$/.test(at.tagName)) at = at.previousElementSibling;
    at.scrollIntoView({behavior: 'instant'});
}"""


def main() -> None:
    """Writes a picture of each page, scheme and size, and of each way to read one."""
    PICTURES.mkdir(exist_ok=True)
    english = (PAGES / "client-sdk.en.html").as_uri() + EXAMPLE
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS
        )
        for path in sorted(PAGES.glob("*.html")):
            for scheme in SCHEMES:
                for name, size in {"": LAPTOP, ".phone": PHONE}.items():
                    page = _opened(browser, f"{path.as_uri()}{EXAMPLE}", size, scheme)
                    _keep(page, f"{path.stem}.{scheme}{name}")
        _keep(_opened(browser, english, WIDE), "client-sdk.en.wide")
        _keep(_opened(browser, english, LAPTOP, script=False), "client-sdk.en.no-script")
        _keep(_focused(_opened(browser, english, LAPTOP)), "client-sdk.en.keyboard")
        with tempfile.TemporaryDirectory() as folder:
            _keep(_opened(browser, _reference(Path(folder)), WIDE), "reference.en.wide")
        browser.close()


def _opened(
    browser: Browser,
    address: str,
    size: tuple[int, int],
    scheme: Literal["light", "dark"] = "light",
    *,
    script: bool = True,
) -> Page:
    width, height = size
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        device_scale_factor=1,
        java_script_enabled=script,
    )
    page.goto(address)
    page.evaluate(SHOW)
    page.wait_for_timeout(300)
    return page


def _focused(page: Page) -> Page:
    """The page after a reader has moved to another language by keyboard."""
    page.locator('.tabs:has([id^="text-generation/"]) [role=tab][aria-selected=true]').focus()
    page.keyboard.press("ArrowRight")
    return page


def _reference(folder: Path) -> str:
    """The reference page of the tests' shop, at its first order."""
    site = Site.of(load(Path(__file__).parent / "shop.yaml"))
    file = folder / "reference.en.html"
    file.write_text(site.pages[file.name])
    return f"{file.as_uri()}{EXAMPLE}"


def _keep(page: Page, name: str) -> None:
    page.screenshot(path=PICTURES / f"{name}.png")
    page.close()


if __name__ == "__main__":
    main()
