"""The README's pictures: `python -m browser.pictures`, from the folder `tests`."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Literal

from playwright.sync_api import sync_playwright

from browser.conftest import ARGUMENTS

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "output/clawdrouter"
PICTURES = ROOT / "output/pictures"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SIZES = {"": (1280, 900), ".phone": (360, 720)}


def main() -> None:
    """Writes a picture of each page, scheme and size, at the example of text generation."""
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS
        )
        for path in sorted(PAGES.glob("*.html")):
            for scheme in SCHEMES:
                for name, (width, height) in SIZES.items():
                    page = browser.new_page(
                        viewport={"width": width, "height": height},
                        color_scheme=scheme,
                        device_scale_factor=1,
                    )
                    page.goto(f"{path.as_uri()}?lang=python#text-generation")
                    page.wait_for_timeout(300)
                    page.screenshot(path=PICTURES / f"{path.stem}.{scheme}{name}.png")
                    page.close()
        browser.close()


if __name__ == "__main__":
    main()
