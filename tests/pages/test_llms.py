"""`llms.txt`, `llms-full.txt`, and pages without tabs, for readers that are programs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callsheet.options import Options
from pages.made import pages_of

if TYPE_CHECKING:
    from pathlib import Path

PAGES = {
    "buy.en.md": "---\ndescription: How to *buy*.\n---\n\n# Buy [it]\n\n{{ tabs('it') }}",
    "buy.zh.md": "# 购买\n",
    "sell.en.md": "No heading.\n",
}


def made(folder: Path) -> dict[str, str]:
    return pages_of(folder, PAGES, options=Options(formats=("llms",)))


def test_llms_txt_is_as_llmstxt_org_has_it(tmp_path: Path) -> None:
    assert made(tmp_path)["llms.txt"] == (
        "# Shop\n\n"
        "## English\n\n"
        "- [Buy \\[it\\]](buy.en.md): How to \\*buy\\*.\n"
        "- [Shop](sell.en.md)\n\n"
        "## 中文\n\n"
        "- [购买](buy.zh.md)\n\n"
        "## Optional\n\n"
        "- [llms-full.txt](llms-full.txt)\n"
        "- [snippets.json](snippets.json)\n"
    )


def test_each_language_stands_under_a_heading_of_its_own(tmp_path: Path) -> None:
    page = made(tmp_path)["buy.en.md"]
    headings = re.findall(r"^#### (.*)$", page, re.MULTILINE)
    assert headings == ["cURL", "Python", "Node.js", "Go", "Java", "PHP", "Ruby", "C#"]
    assert "<" not in re.sub(r"```.*?```", "", page, flags=re.DOTALL)


def test_llms_full_txt_is_every_page(tmp_path: Path) -> None:
    pages = made(tmp_path)
    names = ("buy.en.md", "buy.zh.md", "sell.en.md")
    assert pages["llms-full.txt"] == "\n".join(pages[name] for name in names)


def test_a_page_without_a_heading_gets_its_title(tmp_path: Path) -> None:
    assert made(tmp_path)["sell.en.md"] == "# Shop\n\nNo heading.\n"
