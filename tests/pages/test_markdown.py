"""The Markdown page, as GitHub shows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pages.made import EXAMPLE, pages_of
from support import HEAD

if TYPE_CHECKING:
    from pathlib import Path


def test_the_markdown_page_reads_well_on_github(tmp_path: Path) -> None:
    calls = ("environment()", "install()", "tabs('it')", "response('it')")
    text = "# Buy\n\n" + "\n\n".join(f"{{{{ {call} }}}}" for call in calls)
    page = pages_of(tmp_path, {"buy.en.md": text})["buy.en.md"]
    assert page.startswith("<!-- Made by callsheet; ")
    assert "\n\n\n" not in page
    assert not re.search(r"[ \t]$", page, re.MULTILINE)
    for opening in re.finditer(r"<summary>.*</summary>\n", page):
        assert page[opening.end()] == "\n"
    assert page.count("<details open>") == 1
    assert page.count("\n\n</details>") == page.count("<details") >= 8


def test_text_of_the_spec_stays_text_in_markdown(tmp_path: Path) -> None:
    variables = "variables: {KEY: {value: 'a|`b', title: '<b> *x* | [y](z) `c`'}}\n"
    text = "# A\n\n{{ environment() }}\n\n{{ tabs('it') }}"
    page = pages_of(tmp_path, {"buy.en.md": text}, HEAD + variables + EXAMPLE)["buy.en.md"]
    assert r"| `KEY` | ``a\|`b`` | \<b\> \*x\* \| \[y\](z) \`c\` |" in page


def test_a_payload_that_holds_a_mark_does_not_become_a_block(tmp_path: Path) -> None:
    spec = HEAD + EXAMPLE.replace("{id: 7}", '"\\uFDD00\\uFDD1"')
    pages = pages_of(tmp_path, {"buy.en.md": "# A\n\n{{ response('it') }}"}, spec)
    assert '"\ufdd00\ufdd1"' in pages["buy.en.md"]
    assert "\ufdd00\ufdd1" in pages["buy.en.html"]
