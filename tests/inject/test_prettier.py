"""Prettier on pages that were filled: it changes nothing in a block, nor does a second filling."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from inject.made import FORMATS, HERE, filled, marked, page_of
from support import ROOT

NODE_TOOLS = Path(os.environ.get("CALLSHEET_NODE_TOOLS") or ROOT / "tests/tools")
#: Suffixes of the files that it formats.
READ = (".md", ".mdx")
PRETTIER = NODE_TOOLS / "node_modules/.bin/prettier"


def tidied(text: str, path: Path) -> str:
    """The text as Prettier writes it, with no configuration but its own."""
    path.write_text(text)
    command = [str(PRETTIER), "--no-config", "--write", "--log-level=warn", path.name]
    subprocess.run(command, cwd=path.parent, check=True, timeout=60)
    return path.read_text()


def blocks(text: str) -> list[str]:
    return re.findall(r"callsheet:begin [^\n]*\n(.*?)\n[^\n]*callsheet:end sha", text, re.DOTALL)


@pytest.mark.parametrize("suffix", [".md", ".mdx", ".html"])
def test_prettier_leaves_every_block_as_it_is(suffix: str, tmp_path: Path) -> None:
    page = HERE / f"pages/page{suffix}"
    once = filled(page.read_text(), page.name)
    after = tidied(once, tmp_path / page.name)
    assert len(blocks(once)) > 3
    assert blocks(after) == blocks(once)
    assert filled(after, page.name) == after


@pytest.mark.parametrize("form", [key for key, suffix in FORMATS.items() if suffix in READ])
def test_no_part_in_any_format_is_changed(form: str, tmp_path: Path) -> None:
    name = f"a{FORMATS[form]}"
    once = filled(page_of(form), name)
    assert tidied(once, tmp_path / name) == once


def test_a_list_that_prettier_indents_anew_takes_its_block_along(tmp_path: Path) -> None:
    untidy = filled(f"*   one\n\n{marked('create-order', indent='    ')}\n*   two\n")
    after = filled(tidied(untidy, tmp_path / "a.md"))
    assert after == filled(f"- one\n\n{marked('create-order', indent='  ')}\n- two\n")
    assert tidied(after, tmp_path / "a.md") == after


#: A list that Prettier indents as it is already, and every part within.
LISTS = ["- one\n\n  - two\n\n{}\n- three\n", "1. one\n\n   - two\n\n{}\n2. three\n"]
PARTS = ["create-order", "create-order part=response", "part=install", "part=environment"]
IMPORTS = 'import Tabs from "@theme/Tabs";\nimport TabItem from "@theme/TabItem";\n\n'


@pytest.mark.parametrize("name", ["a.md", "a.mdx"])
@pytest.mark.parametrize("text", LISTS, ids=["bullets", "numbers"])
@pytest.mark.parametrize("wish", PARTS)
def test_no_part_in_a_list_is_changed(wish: str, text: str, name: str, tmp_path: Path) -> None:
    indent = " " * (text.index("- two") - text.index("\n\n"))
    block = marked(wish, Path(name).suffix, indent=indent)
    head = IMPORTS if name == "a.mdx" else ""
    once = filled(head + text.replace("{}", block), name)
    assert tidied(once, tmp_path / name) == once


def test_a_paragraph_that_prettier_wraps_is_no_edit() -> None:
    once = filled(f"- one\n\n{marked('part=install', indent='  ')}")
    wrapped = once.replace("or later. Needs", "or later.\n    Needs")
    assert wrapped != once
    assert filled(wrapped) == once
