"""Sphinx, with pages in MyST Markdown and in reStructuredText."""

from __future__ import annotations

from dataclasses import replace

from sites.checks import Checks
from sites.site import Tool


class TestMyst(Checks):
    tool = Tool(
        name="sphinx",
        format="sphinx-myst",
        build=("sphinx-build", "-W", "--keep-going", "-q", ".", "_build"),
        content=".",
        output="_build",
        address="{page}.html",
        main="article",
        code="div.highlight pre",
        tab=".sd-tab-label",
        box="div.highlight",
        copy="button.copybtn",
    )


class TestRst(Checks):
    tool = replace(TestMyst.tool, format="sphinx-rst")
