"""How heavy the HTML page is: its bytes, and how long Chromium takes to show it and to build it.

    PYTHONPATH=tests python -m benchmarks.page [LOADS]

Each load is a new browser context, so nothing is cached; the page comes from a server on loopback.
"""

from __future__ import annotations

import gzip
import shutil
import statistics
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from browser.chromium import ARGUMENTS
from callsheet.options import Options
from callsheet.pages import render_all
from callsheet.sheet import sheet
from callsheet.spec.read import load

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SPEC = Path(__file__).parents[1] / "spec/clawdrouter.yaml"
FIGURES = """() => {
    const [navigation] = performance.getEntriesByType("navigation");
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    return [paint.startTime, navigation.domContentLoadedEventEnd, navigation.loadEventEnd];
}"""
#: The page's own policy refuses what polls; this waits without.
PAINTED = """() => new Promise((painted) => {
  new PerformanceObserver((list) => {
    if (list.getEntriesByName("first-contentful-paint").length) painted();
  }).observe({ type: "paint", buffered: true });
})"""
NAMES = ("first paint", "tabs stand", "loaded")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing is printed but the figures."""


def main() -> None:
    loads = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    made = sheet(load(SPEC), Options())
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for form in ("html", "html-files"):
            (Path(folder) / form).mkdir()
            for name, text in render_all(made, Options(formats=(form,))):
                (Path(folder) / form / name).write_text(text)
                raw = text.encode()
                print(f"{form}/{name}: {len(raw):,} bytes, {len(gzip.compress(raw)):,} gzipped")
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        for form in ("html", "html-files"):
            address = f"http://127.0.0.1:{server.server_address[1]}/{form}/client-sdk.en.html"
            figures = [_load(browser, address) for _ in range(loads + 1)][1:]
            shown = (
                f"{name} {statistics.median(column):.0f} ms (slowest {max(column):.0f})"
                for name, column in zip(NAMES, zip(*figures, strict=True), strict=True)
            )
            print(f"{form}, median of {loads} loads: {', '.join(shown)}")
        browser.close()
        server.shutdown()


def _load(browser: Browser, address: str) -> tuple[float, ...]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address, wait_until="load")
    page.evaluate(PAINTED)
    figures = tuple(page.evaluate(FIGURES))
    context.close()
    return figures


if __name__ == "__main__":
    main()
