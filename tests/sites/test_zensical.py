"""Zensical, the successor of Material for MkDocs: it reads the same pages."""

from __future__ import annotations

from dataclasses import replace

from sites.checks import Checks
from sites.test_mkdocs import TestMkDocs as _MkDocs


class TestZensical(Checks):
    tool = replace(_MkDocs.tool, name="zensical", build=("zensical", "build", "--clean"))
