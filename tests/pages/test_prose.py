"""Prose of a page as HTML."""

from __future__ import annotations

import pytest

from callsheet.pages.prose import sentence, slugify, to_html


@pytest.mark.parametrize(
    ("title", "anchor"),
    [
        ("Text generation", "text-generation"),
        ("视频生成（Veo）", "视频生成veo"),
        ("`POST /v1/a_b`", "post-v1a_b"),
        ("A & B", "a--b"),
        ("?!", "section"),
    ],
)
def test_anchors_are_as_github_makes_them(title: str, anchor: str) -> None:
    assert to_html(f"## {title}")[1][0][1] == anchor


def test_anchors_are_unique_even_when_a_heading_looks_like_a_counted_one() -> None:
    _, headings = to_html("# A\n# A\n# A-1\n# A")
    assert [anchor for _, anchor, _ in headings] == ["a", "a-1", "a-1-1", "a-2"]
    assert slugify("A-1") == "a-1"


def test_a_heading_links_to_itself_unless_it_holds_a_link() -> None:
    html, _ = to_html("# T\n## A `b`\n## [C](d)")
    assert '<h2 id="a-b"><a class="self" href="#a-b">A <code>b</code></a></h2>' in html
    assert '<h2 id="c"><a href="d">C</a></h2>' in html
    assert '<h1 id="t">T</h1>' in html


@pytest.mark.parametrize(
    "markdown",
    [
        "[a](javascript:alert(1))",
        "[a](JAVASCRIPT:alert(1))",
        "[a](&#106;avascript:alert(1))",
        "<javascript:alert(1)>",
        "[a](vbscript:x)",
        "[a](data:text/html,x)",
        "<a href='javascript:alert(1)'>a</a>",
        "[a]: javascript:alert(1)\n\n[a]",
    ],
)
def test_a_link_that_runs_something_is_no_link(markdown: str) -> None:
    assert "<a" not in to_html(markdown)[0]


def test_raw_html_of_prose_is_text_and_columns_keep_their_alignment() -> None:
    html, _ = to_html("<b>x</b>\n\n| a |\n| --: |\n| 1 |\n")
    assert "&lt;b&gt;x&lt;/b&gt;" in html
    assert '<td class="right">1</td>' in html
    assert "style=" not in html


def test_fences_of_prose_are_highlighted() -> None:
    html, _ = to_html('```json\n{"a": 1}\n```')
    assert '<span class="t">"a"</span>' in html
    assert sentence("a `b` <c>") == "a <code>b</code> &lt;c&gt;"
