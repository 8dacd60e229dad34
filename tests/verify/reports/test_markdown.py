"""The job's summary, rendered as GitHub's parser would."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from callsheet.verify.cells import Level, Outcome
from callsheet.verify.reports import markdown
from verify.reports import made

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

OURS = {"<code>", "</code>", "<br>", "<details>", "</details>", "<summary>", "</summary>"}


def tokens(text: str) -> Iterator[Token]:
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        yield token
        yield from token.children or ()


@pytest.mark.parametrize("outcome", [made.outcome(), made.hostile()])
def test_no_mark_up_but_ours_is_made(outcome: Outcome) -> None:
    found = list(tokens(markdown.render(outcome)))
    html = "".join(token.content for token in found if token.type.startswith("html"))
    assert set(re.findall(r"<[^>]*>", html)) <= OURS
    made_by_text = {"link_open", "image", "em_open", "strong_open", "s_open", "code_inline"}
    assert not made_by_text & {token.type for token in found}
    assert [token.type for token in found].count("heading_open") == 1


@pytest.mark.parametrize("outcome", [made.outcome(), made.hostile()])
def test_each_failure_is_one_block_of_code(outcome: Outcome) -> None:
    fences = [token for token in tokens(markdown.render(outcome)) if token.type == "fence"]
    assert len(fences) == len(outcome.failures)
    assert all("again: callsheet verify" in fence.content for fence in fences)
    assert not any(fence.markup in fence.content for fence in fences)


def test_the_table_has_a_cell_for_each_client() -> None:
    found = [token.type for token in tokens(markdown.render(made.hostile()))]
    assert found.count("tr_open") == 2
    assert found.count("td_open") == 3


@pytest.mark.parametrize("text", ["@octocat", "#12", "https://x.example", "www.x.example"])
def test_mentions_and_bare_links_stay_words(text: str) -> None:
    shown = markdown.code(text)
    assert text not in shown
    assert shown.startswith("<code>")


@pytest.mark.parametrize("text", ["a | b", "`a``b`", "<b>&amp;</b>", "a\\|b", "*a* _b_ ~c~ $d$"])
def test_what_is_shown_is_what_was_said(text: str) -> None:
    row = f"| a | b |\n| --- | --- |\n| {markdown.code(text)} | c |\n"
    found = list(tokens(row))
    words = [token.content for token in found if token.type in ("text", "text_special")]
    assert "".join(words) == f"ab{text}c"


def test_a_summary_stays_below_its_limit_and_counts_what_is_left_out() -> None:
    raw = b"".join(b"line %d of many\n" % n for n in range(100))
    verdicts = tuple(
        made.verdict(made.cell(f"example-{n}", "curl/curl"), "failed", Level.RAN, stderr=raw)
        for n in range(3000)
    )
    text = markdown.render(Outcome("s", verdicts, (), (made.FENCE,)))
    assert 800_000 < len(text.encode()) <= 901_000
    shown = text.count("<details>")
    assert shown == text.count("</details>")
    assert f"… {3000 - shown:,} more failures" in text
    assert text.count("| ✗ failed |") == 3000
    assert made.FENCE in text


def test_a_matrix_without_end_is_cut_by_rows() -> None:
    text = markdown.render(made.many(10_000))
    rows = text.count("| ✗ failed |")
    assert rows < 10_000
    assert f"… {10_000 - rows:,} more rows" in text
    assert len(text.encode()) <= 901_000


def test_all_is_well_in_a_line() -> None:
    text = markdown.render(made.many(0, 3))
    assert text.startswith("### callsheet verify: all of 3 cells hold\n")
