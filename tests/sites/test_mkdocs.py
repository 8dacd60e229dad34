"""Material for MkDocs."""

from __future__ import annotations

from sites.checks import Checks
from sites.site import Tool


class TestMkDocs(Checks):
    tool = Tool(
        name="mkdocs",
        format="mkdocs",
        build=("mkdocs", "build", "--strict"),
        content="docs",
        output="site",
        address="{page}/",
        main="article",
        code="pre code",
        tab=".tabbed-labels > label",
        box="div.highlight",
        copy="button[data-clipboard-target]",
    )
