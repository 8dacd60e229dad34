"""How long after a save of the ClawdRouter spec a browser shows the new page.

    python benchmarks/serve.py [ROUNDS]

Starts `callsheet serve` on a copy of the spec, opens the page in headless Chromium, and saves the
spec anew: prints the milliseconds from before the file is written to the first frame in which the
new title is painted, and what of them is which step's.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from browser.chromium import ARGUMENTS  # noqa: E402
from serve.serving import Serving  # noqa: E402

#: Notes when the document was asked for, when it was there, and when it was first painted.
NOTE = """addEventListener("DOMContentLoaded", () => requestAnimationFrame(() => {
  const [visit] = performance.getEntriesByType("navigation");
  window.noted = [visit.requestStart, visit.domContentLoadedEventStart, performance.now()].map(
    (time) => performance.timeOrigin + time);
}))"""


def rounds(page: object, spec: Path, count: int) -> list[list[float]]:
    """For each round the milliseconds from the save to each moment of NOTE."""
    found = []
    for number in range(count + 1):
        text = spec.read_text()
        old = "title: ClawdRouter" + (f" {number - 1}" if number else "")
        new = f"title: ClawdRouter {number}"
        assert f"{old}\n" in text
        start = time.time()
        spec.write_text(text.replace(f"{old}\n", f"{new}\n"))
        page.wait_for_function(  # type: ignore[attr-defined]
            f"window.noted && document.title.endsWith('ClawdRouter {number}')"
        )
        noted = page.evaluate("window.noted")  # type: ignore[attr-defined]
        found.append([moment - 1000 * start for moment in noted])
        time.sleep(0.3)
    return found[1:]


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder)
        shutil.copytree(ROOT / "spec", home / "spec")
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        with Serving(home, home / "cache", ("spec/clawdrouter.yaml",)) as server:
            page = browser.new_context(bypass_csp=True).new_page()
            page.add_init_script(NOTE)
            page.goto(server.url)
            found = rounds(page, home / "spec/clawdrouter.yaml", count)
        browser.close()
    print("| from the save to | median | worst |\n| --- | ---: | ---: |")
    for column, moment in enumerate(("the reload", "the document", "its first frame")):
        times = [row[column] for row in found]
        print(f"| {moment} | {statistics.median(times):.0f} ms | {max(times):.0f} ms |")


if __name__ == "__main__":
    main()
