"""Docusaurus."""

from __future__ import annotations

import pytest

from sites.checks import Checks
from sites.site import Tool


@pytest.mark.slow
class TestDocusaurus(Checks):
    tool = Tool(
        name="docusaurus",
        format="docusaurus",
        build=("docusaurus", "build"),
        content="docs",
        output="build",
        address="{page}/",
        main="article",
        code="pre code",
        lines=".token-line",
        tab="[role=tab]",
        box=".theme-code-block",
        copy="button[aria-label^='Copy']",
    )
