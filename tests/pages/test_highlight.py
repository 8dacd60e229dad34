"""Highlighted code: the code, byte for byte, and at no cost where it was highlighted before."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from callsheet import cache, languages
from callsheet.options import Options
from callsheet.pages.highlight import highlight
from callsheet.sheet import sheet
from callsheet.spec.read import load
from pages.made import pages_of
from support import ROOT

if TYPE_CHECKING:
    from pathlib import Path


class Code(HTMLParser):
    """The text that stands between the tags of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data


NASTY = [
    "",
    "\n\n  leading\n",
    "no end",
    "a\r\nb\rc",
    "\ufeffbom",
    "<script>&amp;</script> \" '",
    "tab\tand \x0b\x0c\u2028\u00a0 blanks   \n\n\n",
    "'''\"\"\"`${{ }}` <?php ?> #{x} \\",
    "你好 \U0001f600 e\u0301 \u202e",
    'data: {"a": [1]}\n\nevent: x\ndata: [DONE]\n',
]


@pytest.mark.parametrize(
    "lexer",
    [
        *(language.lexer for language in languages.every()),
        *("json", "powershell", "bat", "text", "sse", "no-such-lexer", ""),
    ],
)
def test_highlighting_keeps_every_byte(lexer: str) -> None:
    for code in NASTY:
        html = str(highlight(code, lexer))
        assert Code(html).text == code
        assert set(re.findall(r"<[^>]*>", html)) <= {
            "</span>",
            *(f'<span class="{name}">' for name in "bcefknstv"),
        }


def test_the_pages_own_lexers_find_no_fault_in_the_snippets() -> None:
    from pygments.lexers import get_lexer_by_name
    from pygments.token import Error

    made = sheet(load(ROOT / "spec/clawdrouter.yaml"), Options())
    for snippet in (snippet for group in made.snippets.values() for snippet in group):
        tokens = get_lexer_by_name(snippet.language.lexer).get_tokens(snippet.text)
        assert [text for kind, text in tokens if kind is Error] == [], snippet.file


def imported(folder: Path, cache_folder: Path) -> str:
    """What a build of a folder imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "callsheet", "build", "shop.yaml", "-o", "out"],
        cwd=folder,
        env={
            "PATH": "",
            "PYTHONPATH": str(ROOT / "generator"),
            "CALLSHEET_CACHE": str(cache_folder),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stderr


def test_code_that_was_highlighted_before_costs_no_lexer(tmp_path: Path) -> None:
    pages_of(tmp_path, {"buy.en.md": "# Buy\n\n{{ tabs('it') }}"})
    kept = tmp_path / "cache"
    assert "pygments.lexers" in imported(tmp_path, kept)
    unchanged = imported(tmp_path, kept)
    for heavy in ("pygments", "markdown_it", "jinja2"):
        assert heavy not in unchanged
    spec = tmp_path / "shop.yaml"
    spec.write_text(spec.read_text().replace("id: 7", "id: 8"))
    assert "markdown_it" not in imported(tmp_path, kept)
    (tmp_path / "buy.en.md").write_text("# Buy now\n\n{{ tabs('it') }}")
    assert "pygments.lexers" not in imported(tmp_path, kept)


def test_what_is_made_is_kept_by_its_source_and_its_maker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALLSHEET_CACHE", str(tmp_path))
    assert cache.made("one", "a\r\ud800", lambda: "first\r\n") == "first\r\n"
    assert cache.made("one", "a\r\ud800", lambda: "second") == "first\r\n"
    assert cache.made("two", "a\r\ud800", lambda: "third") == "third"


def test_a_cache_that_cannot_be_written_costs_only_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CALLSHEET_CACHE", str(tmp_path / "file"))
    assert cache.made("one", "a", lambda: "made") == "made"
