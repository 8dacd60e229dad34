"""VitePress."""

from __future__ import annotations

from sites.checks import Checks
from sites.site import Tool


class TestVitePress(Checks):
    tool = Tool(
        name="vitepress",
        format="vitepress",
        build=("vitepress", "build", "docs"),
        content="docs",
        output="docs/.vitepress/dist",
        address="{page}.html",
        main="main .vp-doc",
        code=".vp-doc pre code",
        tab=".vp-code-group > .tabs > label",
        box="div[class*='language-']",
        copy="button.copy",
        description="A VitePress site",
    )
