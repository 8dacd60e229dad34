"""What stands outside of the markers stays as it is, byte for byte."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inject.made import COMMENTS, filled, marked, shop, tried

WISH = "create-order langs=curl"


@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["", "{eol}", "{eol}{eol}after  "])
def test_line_breaks_a_mark_and_the_end_are_kept(eol: str, bom: str, end: str) -> None:
    block = marked(WISH, eol=eol).removesuffix(eol)
    made = filled(f"{bom}before  {eol}{block}{end.format(eol=eol)}")
    assert made.startswith(f"{bom}before  {eol}<!-- callsheet:begin {WISH} -->{eol}")
    assert made.endswith(end.format(eol=eol))
    assert re.search(rf"{eol}<!-- callsheet:end sha=[0-9a-f]{{12}} -->(?:{eol}|\Z)", made)
    assert set(re.findall(r"\r\n|\r|\n", made)) == {eol}
    assert f"```bash{eol}curl " in made


def test_a_block_takes_the_line_breaks_of_its_marker() -> None:
    windows, unix = marked(WISH, eol="\r\n"), marked(WISH, eol="\n")
    made = filled(f"one\r\ntwo\n{windows}{unix}three\r\n")
    assert made.startswith("one\r\ntwo\n<!--")
    assert made.endswith(" -->\nthree\r\n")
    assert made.count("```bash\r\n") == 1
    assert made.count("```bash\n") == 1


@pytest.mark.parametrize("indent", ["   ", "\t", "      "])
def test_a_block_stands_as_deep_as_its_marker(indent: str) -> None:
    made = filled(f"1. one\n\n{marked(WISH, indent=indent)}\n2. two\n")
    inside = made.split("1. one\n\n")[1].split("\n2. two")[0]
    assert all(line.startswith(indent) for line in inside.split("\n") if line)
    assert not re.search(r"[ \t]$", made, re.MULTILINE)


def test_code_within_html_keeps_its_own_spaces() -> None:
    made = filled(f"<div>\n{marked(WISH, '.html', indent='    ')}</div>\n", "page.html")
    code = re.search(r"<code>(.*?)</code>", made, re.DOTALL)
    assert code
    curl = shop()["shop"].snippets["create-order"][0]
    assert unescape(re.sub(r"<[^>]*>", "", code[1])) == curl.text


def test_an_example_that_is_asked_for_twice_has_anchors_of_its_own_each_time() -> None:
    block = marked("create-order", ".html")
    made = filled(f"<div>\n{block}{block}</div>\n", "page.html")
    anchors = re.findall(r' id="([^"]+)"', made)
    assert any(anchor.startswith("create-order~2/") for anchor in anchors)
    assert len(anchors) == len(set(anchors))


def test_several_blocks_are_filled_at_once() -> None:
    made = filled(f"# 1\n{marked('write-note langs=go')}# 2\n{marked(WISH)}# 3\n")
    places = [made.index(f"{line}\n") for line in ("# 1", "```go", "# 2", "```bash", "# 3")]
    assert places == sorted(places)


def test_a_page_without_markers_stays() -> None:
    text = "# A\r\n\x00\ufeff<!-- a comment -->\n```\n"
    assert filled(text) == text


#: What could be code, comments, lists or line breaks to somebody.
TEXTS = st.text(st.sampled_from("ab `~#->\t\r\n:*\u2028\x0b\x85é.<{/|"), max_size=60)


@settings(deadline=None)
@given(before=TEXTS, after=TEXTS, suffix=st.sampled_from(sorted(COMMENTS)))
def test_any_text_around_a_block_stays(before: str, after: str, suffix: str) -> None:
    block = marked(WISH, suffix)
    before += "\n" if suffix == ".rst" else ""  # or it is part of a paragraph
    text, name = f"{before}\n{block}{after}", f"page{suffix}"
    done = tried(text, name, form="markdown")
    if not done.blocks:  # it stands in what the text before it made code
        assert done.text == text
        return
    assert done.text.startswith(f"{before}\n{block.splitlines()[0]}\n")
    assert done.text.endswith(f"\n{after}")
    assert "curl " in done.text.removeprefix(before).removesuffix(after)
    assert tried(done.text, name, form="markdown") == done
