"""Docs tools that are hosted, or whose sites are heavy: what their own parsers read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sites.checks import Checks, every_page
from sites.site import Tool

if TYPE_CHECKING:
    from sites.checks import Open

#: What SmartyPants makes typographic, which Nextra and Mintlify do not let a site turn off.
_TYPOGRAPHIC = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "…": "..."})


class Parsed(Checks):
    """Checks of pages that have no site, and so no tabs and no buttons, around them."""

    test_the_copy_button_copies_the_snippets_file = None  # type: ignore[assignment]
    test_a_language_that_is_chosen_once_shows_everywhere_and_stays = None  # type: ignore[assignment]

    @every_page
    def test_prose_is_shown_as_it_was_written_and_runs_nothing(
        self, opened: Open, page: str
    ) -> None:
        with opened(page) as reader:
            shown = reader.text().translate(_TYPOGRAPHIC)
            texts = (text.translate(_TYPOGRAPHIC) for text in reader.source.texts)
            assert [text for text in texts if text not in shown] == []
            assert reader.page.evaluate("window.runs") == []
            assert reader.page.locator("img").count() == 0


def _tool(name: str, code: str = "pre code", lines: str = "") -> Tool:
    return Tool(
        name=name,
        format=name,
        build=("node", "render.mjs"),
        content="content",
        output="out",
        address="{page}.html",
        main="main",
        code=code,
        lines=lines,
        tab="none",
    )


class TestFumadocs(Parsed):
    tool = _tool("fumadocs")


class TestMintlify(Parsed):
    tool = _tool("mintlify")


@pytest.mark.slow
class TestNextra(Parsed):
    tool = _tool("nextra")


@pytest.mark.slow
class TestReadMe(Parsed):
    tool = _tool("readme")
