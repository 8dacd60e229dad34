"""Pages for Material for MkDocs and Zensical; `tests/sites` builds them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from callsheet.options import Options
from callsheet.pages import dialects
from pages.made import EXAMPLE, pages_of
from support import HEAD

if TYPE_CHECKING:
    from pathlib import Path

MKDOCS = dialects.get("mkdocs")


@pytest.mark.parametrize(
    ("markdown", "source"),
    [
        ("(c) 1/2 c/o +/-", "&#40;c) 1&#47;2 c&#47;o +&#47;-"),
        ("\\[x\\] {x} $x$", "&#91;x&#93; \\{x\\} &#36;x&#36;"),
        ("~~a~~", "<del>a</del>"),
        ('[a](b "c \\"d\\"")', '[a](b "c &quot;d&quot;")'),
        ("- a\n  - b", "-   a\n    -   b"),
    ],
)
def test_text_is_written_so_that_it_is_shown(markdown: str, source: str) -> None:
    assert MKDOCS.prose(markdown) == f"{source}\n"


def page_of(folder: Path, text: str, spec: str = HEAD + EXAMPLE) -> str:
    return pages_of(folder, {"a.md": text}, spec, Options(formats=("mkdocs",)))["a.md"]


def test_tab_groups_that_touch_stay_apart(tmp_path: Path) -> None:
    page = page_of(tmp_path, "{{ install() }}\n\n{{ tabs('it') }}\n\n{{ tabs('it') }}")
    assert re.findall(r'^===! "(.*)"', page, re.MULTILINE) == ["cURL"] * 3


@pytest.mark.parametrize(
    ("text", "start", "below"),
    [
        ("> {{ tabs('it') }}", "> ", "> "),
        ("1. {{ tabs('it') }}", "1.  <!-- -->\n\n    ", "    "),
        ("- a\n\n  > {{ tabs('it') }}\n", "    > ", "    > "),
    ],
)
def test_a_block_stands_within_what_holds_its_call(
    tmp_path: Path, text: str, start: str, below: str
) -> None:
    lines = f'{start}===! "cURL"\n{below.rstrip()}\n{below}    ```bash\n{below}    curl '
    page = page_of(tmp_path, text)
    assert lines.replace("\n\n\n", "\n\n") in page


def test_a_client_that_is_called_as_a_language_says_its_own(tmp_path: Path) -> None:
    spec = HEAD + EXAMPLE.replace("title: It,", "title: It, clients: {php: [curl, guzzle]},")
    page = page_of(tmp_path, "{{ tabs('it') }}", spec)
    assert re.findall(r'^    ===!? "(.*)"', page, re.MULTILINE) == ["cURL (PHP)", "Guzzle"]


def test_the_head_is_written_for_a_theme_that_prints_it_as_it_is(tmp_path: Path) -> None:
    page = page_of(tmp_path, "---\ntitle: 'a < \"b\"'\ndescription: c & d\n---\n")
    assert page.startswith(
        '---\ntitle: "a &lt; &#34;b&#34;"\ndescription: "c &amp; d"\nrender_macros: false\n---\n'
    )
