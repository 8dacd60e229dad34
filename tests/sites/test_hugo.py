"""Hugo, with two themes that have tabs of their own."""

from __future__ import annotations

from sites.checks import Checks
from sites.site import Tool


class TestHextra(Checks):
    tool = Tool(
        name="hugo-hextra",
        format="hugo-hextra",
        build=("hugo", "--panicOnWarning"),
        content="content",
        output="public",
        address="{locale}/{folder}/{name}/",
        main="main",
        code="pre code",
        tab="[role=tab]",
        box=".hextra-code-block",
        copy=".hextra-code-copy-btn",
    )


class TestDocsy(Checks):
    tool = Tool(
        name="hugo-docsy",
        format="hugo-docsy",
        build=("hugo", "--environment", "development"),  # PostCSS is for production
        content="content/docs",
        output="public",
        address="{locale}/docs/{folder}/{name}/",
        main="main",
        code="pre code",
        tab="[role=tab]",
        box=".highlight",
        copy=".td-click-to-copy",
        answers={
            "https://code.jquery.com/jquery-3.7.1.min.js": "node_modules/jquery/dist/jquery.min.js"
        },
    )
