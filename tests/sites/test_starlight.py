"""Starlight, of Astro."""

from __future__ import annotations

from sites.checks import Checks
from sites.site import Tool


class TestStarlight(Checks):
    tool = Tool(
        name="starlight",
        format="starlight",
        build=("astro", "build"),
        content="src/content/docs",
        output="dist",
        address="{page}/",
        main="main",
        code=".expressive-code pre code",
        lines=".ec-line .code",
        tab="[role=tab]",
        box=".expressive-code",
        copy=".copy button",
    )
