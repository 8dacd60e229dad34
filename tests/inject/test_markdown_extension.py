"""The extension of Python-Markdown, as another tool than MkDocs would use it."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from markdown import Markdown

from callsheet.markdown_extension import MarkdownFault
from inject.made import SPEC, shop

if TYPE_CHECKING:
    from pathlib import Path

NAME = "callsheet.markdown_extension"


def html_of(text: str, **settings: object) -> str:
    settings = {"spec": str(SPEC), "format": "markdown", **settings}
    extensions = [NAME, "fenced_code", "tables", "md_in_html"]
    return Markdown(extensions=extensions, extension_configs={NAME: settings}).convert(text)


def codes(html: str) -> list[str]:
    return [unescape(code) for code in re.findall(r"<code[^>]*>(.*?)</code>", html, re.DOTALL)]


def text_of(example: str, language: str) -> str:
    found = shop()["shop"].snippets[example]
    return next(snippet.text for snippet in found if snippet.language.key == language)


@pytest.mark.parametrize(
    "line",
    [
        "::: callsheet create-order langs=python",
        ':::callsheet create-order langs="python"',
        "<!-- callsheet create-order langs=python -->",
    ],
)
def test_a_line_becomes_its_block(line: str) -> None:
    html = html_of(f"# A\n\n{line}\n\nafter")
    assert codes(html) == [text_of("create-order", "python")]
    assert "<p>after</p>" in html


def test_a_block_stands_as_deep_as_its_line() -> None:
    html = html_of("1. one\n\n    ::: callsheet create-order part=response\n\n2. two")
    assert re.search(r"<li>\s*<p>one</p>\s*<p><strong>Response", html)
    assert html.count("<li>") == 2


def test_a_tab_is_as_deep_as_four_spaces() -> None:
    tabbed, spaced = (
        html_of(f"1. one\n\n{indent}::: callsheet create-order part=response\n\n2. two")
        for indent in ("\t", "    ")
    )
    assert tabbed == spaced


def test_blocks_that_sum_up_know_the_rest_of_the_page() -> None:
    html = html_of("::: callsheet part=install\n\n::: callsheet create-order langs=go,php\n")
    assert re.findall(r"<strong>(\w+)</strong>:", html) == ["Go", "PHP"]


def test_the_words_are_in_the_locale_of_the_site() -> None:
    html = html_of("::: callsheet create-order part=response", locale="zh")
    assert "响应" in html


@pytest.mark.parametrize(
    "text",
    [
        "a ::: callsheet b",
        "```\n::: callsheet b\n```",
        "::: callsheets b",
        "<!--\n::: callsheet b\n-->",
        "Write:\n\n    ::: callsheet b",
    ],
)
def test_other_text_stays(text: str) -> None:
    assert "callsheet" in html_of(text)


def test_faults_are_told_at_once_with_their_lines() -> None:
    text = "# A\n\n::: callsheet creat-order\n\n::: callsheet create-order lang=go\n::: callsheet\n"
    with pytest.raises(MarkdownFault) as caught:
        html_of(text)
    assert "the page's text:3:15: error[CS504]: unknown example `creat-order`" in str(caught.value)
    assert "did you mean `create-order`?" in str(caught.value)
    assert "the page's text:5:28: error[CS504]: unknown option `lang`" in str(caught.value)
    assert "the page's text:6:1: error[CS504]: the tabs of which example?" in str(caught.value)


@pytest.mark.parametrize("before", ["> ", "- ", "  1. ", "> * "])
def test_a_block_beside_something_says_so(before: str) -> None:
    with pytest.raises(MarkdownFault) as caught:
        html_of(f"# A\n\n{before}::: callsheet create-order\n")
    assert "the page's text:3:" in str(caught.value)
    assert "a block stands alone on its line" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "there is no such file"), ("callsheet: 1\ntitel: x\n", "unknown key `titel`")],
)
def test_a_spec_that_cannot_be_read_says_why(
    content: str | None, message: str, tmp_path: Path
) -> None:
    spec = tmp_path / "shop.yaml"
    if content:
        spec.write_text(content)
    with pytest.raises(MarkdownFault, match=message):
        html_of("::: callsheet a", spec=str(spec))


def test_a_change_of_the_spec_is_seen_at_the_next_page(tmp_path: Path) -> None:
    spec = tmp_path / "shop.yaml"
    spec.write_text(SPEC.read_text())
    page = "::: callsheet create-order langs=python"
    assert '"item": "lamp"' in codes(html_of(page, spec=[str(spec)]))[0]
    spec.write_text(SPEC.read_text().replace("lamp", "chair"))
    assert '"item": "chair"' in codes(html_of(page, spec=[str(spec)]))[0]
