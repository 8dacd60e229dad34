"""What must hold on every docs site, whatever tool built it: a tool's tests inherit these."""

from __future__ import annotations

import difflib
import os
import re
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

import pytest

from sites.reader import Reader, source_of, untagged
from sites.site import TOOLS, built, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from playwright.sync_api import Browser, Route

    from sites.site import Tool

    Open = Callable[[str], AbstractContextManager[Reader]]

PAGES = ("clawdrouter/client-sdk.en", "clawdrouter/client-sdk.zh", "hostile/hostile.en")
#: Text that runs anything calls this.
TRAP = "window.runs = []; window.hacked = (place) => { window.runs.push(place); };"
ELSEWHERE = re.compile(r"^(?:https?|wss?):(?!//127\.0\.0\.1:)")

every_page = pytest.mark.parametrize("page", PAGES)


class Checks:
    """Tests of one tool's site; a subclass says the tool."""

    tool: ClassVar[Tool]

    @pytest.fixture
    def folder(self, testrun_uid: str) -> Path:
        if not self.tool.is_there:
            if os.environ.get("CI"):
                pytest.fail(f"on CI a site is built with {self.tool.name}, which is not there")
            pytest.skip(f"no {self.tool.build[0]}; tests/sites/setup.sh installs it")
        return built(self.tool, testrun_uid)

    @pytest.fixture
    def opened(self, folder: Path, browser: Browser) -> Iterator[Open]:
        """Opens a page; what goes wrong on it fails the test."""
        with served(folder / self.tool.output) as address:

            @contextmanager
            def opened(page: str) -> Iterator[Reader]:
                context = browser.new_context(viewport={"width": 1400, "height": 900})
                context.grant_permissions(["clipboard-read", "clipboard-write"])
                context.add_init_script(TRAP)
                source = source_of(page, folder / self.tool.content, self.tool.format)
                reader = Reader(self.tool, context.new_page(), source)

                def answer(route: Route) -> None:
                    found = self.tool.answers.get(route.request.url)
                    if found:
                        own = {"Access-Control-Allow-Origin": "*"}
                        route.fulfill(path=TOOLS / self.tool.name / found, headers=own)
                    else:
                        reader.complaints.append(f"asked for {route.request.url}")
                        route.abort()

                context.route(ELSEWHERE, answer)
                reader.page.on("pageerror", lambda error: reader.complaints.append(str(error)))
                response = reader.page.goto(address + self.tool.address_of(page))
                assert response
                assert response.ok, response.url
                yield reader
                assert reader.complaints == []
                context.close()

            yield opened

    @every_page
    def test_every_code_block_is_there_to_the_byte(self, opened: Open, page: str) -> None:
        with opened(page) as reader:
            shown = reader.codes()
            assert len(reader.source.choices) == 8
            for code in reader.source.codes:
                if code not in shown:
                    pytest.fail(_difference(code, shown))

    @pytest.mark.parametrize("page", PAGES[::2])  # the other locale's snippets are the same
    def test_the_copy_button_copies_the_snippets_file(self, opened: Open, page: str) -> None:
        with opened(page) as reader:
            copied: dict[str, str] = {}
            for language, clients in reader.source.choices.items():
                for client in clients or [""]:
                    reader.choose(language, client)
                    copied |= dict(reader.copied())
            for code in reader.source.snippets:
                if copied.get(code) != code:
                    pytest.fail(_difference(code, [copied.get(code, "")]))

    @every_page
    def test_a_language_that_is_chosen_once_shows_everywhere_and_stays(
        self, opened: Open, page: str
    ) -> None:
        with opened(page) as reader:
            for language, group in (("Python", 0), ("C#", -1), ("Node.js", 0)):
                wanted = {(example, language) for example in reader.source.examples}
                reader.tabs(language).nth(group).click()
                assert _settled(reader, wanted) == wanted
                reader.page.reload()
                assert _settled(reader, wanted) == wanted

    @every_page
    def test_prose_is_shown_as_it_was_written_and_runs_nothing(
        self, opened: Open, page: str
    ) -> None:
        with opened(page) as reader:
            shown = reader.text()
            lost = [_lost(text, shown) for text in reader.source.texts if text not in shown]
            if lost:
                pytest.fail("\n".join(lost))
            description = untagged(reader.source.document.description)
            assert untagged(reader.description()) in (self.tool.description, description)
            reader.page.mouse.move(400, 400)
            reader.page.mouse.wheel(0, 5000)
            assert reader.page.evaluate("window.runs") == []
            assert reader.page.locator("main img, article img").count() == 0


def _settled(reader: Reader, wanted: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """What is seen, once it is what was wanted or five seconds have passed."""
    for _ in range(100):
        if reader.seen() == wanted:
            break
        reader.page.wait_for_timeout(50)
    return reader.seen()


def _lost(text: str, shown: str) -> str:
    """Where a text on the page begins to differ from what its author wrote."""
    length = max(size for size in range(len(text)) if text[:size] in shown)
    at = shown.index(text[:length]) + length
    return f"after {text[:length][-40:]!r}: {text[length:][:40]!r} is {shown[at:][:40]!r}"


def _difference(code: str, shown: Sequence[str]) -> str:
    """How a code block differs from the one on the page that is most like it."""
    start = code[:400]
    near = max(
        shown or [""], key=lambda text: difflib.SequenceMatcher(None, start, text[:400]).ratio()
    )
    lines = difflib.unified_diff(code.split("\n"), near.split("\n"), "file", "page", n=0)
    return "\n".join(repr(line[:200]) for line in islice(lines, 16))
