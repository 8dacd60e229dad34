"""Asciidoctor with the tabs of Antora's sites; it has no copy button."""

from __future__ import annotations

from sites.checks import Checks
from sites.site import Tool


class TestAsciidoctor(Checks):
    test_the_copy_button_copies_the_snippets_file = None  # type: ignore[assignment]  # it has none
    tool = Tool(
        name="asciidoc",
        format="asciidoc",
        build=("node", "build.mjs"),
        content="pages",
        output="site",
        address="{page}.html",
        main="body",
        code="pre code",
        tab=".tablist .tab",
    )
