"""Markers in code and in comments are text; what only looks like code hides none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inject.made import COMMENTS, filled, marked, tried

#: Suffix → code in which markers are text.
CODE = {
    "a.md": [
        "```\n{}```\n",
        "- a\n\n  ~~~md\n  {}  ~~~\n",
        "!!! note\n\n    ```\n{}    ```\n",
        "<pre>\n\n{}</pre>\n",
        "---\ntitle: A\ntext: |\n  {}---\n",
        '+++\ntext = """\n```\n{}"""\n+++\n',
        "<!--\n{}",
        "- a\n\n  <!-- off:\n  {}",
        "<div>\n<!--\n{}</div>\n",
        "Write this:\n\n    {}",
        "## So\n\n\ttext\n\n\t{}",
        "!!! note\n\n    Write this:\n\n    ~~~\n    {}    ~~~\n",
        "!!! note\n    Write this:\n    ```md\n    {}    ```\n",
        "Write this\n    {}",
    ],
    "a.mdx": ["---\ntext: |\n  {}---\n", "<Tab>\n```\na\n\n{}```\n</Tab>\n"],
    "a.rst": [
        ".. code-block:: html\n\n   {}",
        "So::\n\n   {}",
        "1. So::\n\n      {}",
        "..\n   {}",
        ".. off:\n\n   {}",
        ".. note::\n\n   .. off\n\n      {}",
    ],
    "a.adoc": [
        "----\n{}----\n",
        "[source]\n....\n{}....\n",
        "////\n{}////\n",
        "====\n----\n{}----\n====\n",
        "```adoc\n{}```\n",
    ],
    "a.html": [
        "<!-- <pre> --><!--\n{}",
        "<textarea><pre></pre>\n{}</textarea>\n",
        "<script>'</pre>'\n{}</script>",
        "<script>\n{}</script>\n",
        "<textarea>\n{}</textarea>\n",
        "<pre>\n{}</pre>\n",
    ],
}


@pytest.mark.parametrize(
    ("name", "code"), [(name, code) for name, codes in CODE.items() for code in codes]
)
def test_markers_within_code_are_text(name: str, code: str) -> None:
    suffix = Path(name).suffix
    comment = marked("no-such-example", suffix).splitlines(keepends=True)[0]
    text = code.replace("{}", comment)
    assert filled(text, name) == text
    assert tried(comment, name).faults


@pytest.mark.parametrize(
    "before",
    [
        "!!! note\n\n",
        "!!! note\n    Words\n\n",
        '=== "A"\n\n    Words\n\n',
        "[^1]:\n    Words\n\n",
        "1. one\n   words\n\n",
        "Term\n:   Words\n\n",
        "a. one\n\n",
        "<Tab>\n\n",
    ],
)
def test_what_is_indented_by_four_may_be_no_code(before: str) -> None:
    assert "```bash" in filled(before + marked("create-order langs=curl", indent="    "))


#: Name → text that is no code and no comment for long, before a marker.
NO_CODE = [
    ("a.md", "---\n\nwords\n\n"),
    ("a.md", "Write `<!--`\n\n"),
    ("a.adoc", "Create\n------\n\n"),
    ("a.adoc", "Level 4\n+++++++\n\n"),
    ("a.adoc", "See http://callsheet:8080/x and ----notes.\n\n----notes\n\n"),
    ("a.rst", "..\n\n"),
    ("a.rst", ".. _orders:\n\n"),
    ("a.rst", ".. off\n   this\n\n"),
    ("a.html", "<!-- <pre> -->\n"),
    ("a.html", "<script>'<pre>'</script>\n"),
]


@pytest.mark.parametrize(("name", "before"), NO_CODE)
def test_what_only_looks_like_code_hides_no_marker(name: str, before: str) -> None:
    text = before + marked("create-order langs=curl", Path(name).suffix)
    assert "curl " in filled(text, name)


#: What stands around blocks: each ends what it begins.
AROUND = [
    "Words\n",
    "    words\n\n",
    "\tcode\n\n",
    "- one\n",
    "1. one\n\n   words\n",
    "!!! note\n    words\n\n",
    "```md\n<!-- callsheet:begin no -->\n```\n",
    "<!-- one\ntwo -->\n",
    "<details>\n\n</details>\n",
    "----\ncode\n----\n\n",
    "Title\n=====\n\n",
    "..\n   off\n\n",
    "So::\n\n   code\n\n",
    "| a |\n| - |\n\n",
    "> quoted\n",
    "\ufeff\u2028é`<!--`\n\n",
]
PIECES = st.lists(st.sampled_from(AROUND), max_size=4).map("".join)
BLOCKS = st.tuples(
    st.sampled_from(["create-order langs=curl", "write-note langs=go", "part=environment"]),
    st.sampled_from(["", "  ", "    "]),
)


@settings(deadline=None)
@given(st.sampled_from(sorted(COMMENTS)), PIECES, BLOCKS, PIECES, BLOCKS, st.sampled_from("\n\r"))
def test_a_page_of_whatever_pieces_is_filled_once(
    suffix: str,
    before: str,
    first: tuple[str, str],
    after: str,
    second: tuple[str, str],
    eol: str,
) -> None:
    one, two = (marked(wish, suffix, indent) for wish, indent in (first, second))
    text = f"{before}{one}{after}{two}end".replace("\n", eol)
    done = tried(text, f"a{suffix}")
    assert (done.text == text) if done.faults else not done.edited
    assert done.text.startswith(before.replace("\n", eol))
    assert done.text.endswith("end")
    if not done.faults:
        again = tried(done.text, f"a{suffix}")
        assert (again.text, again.faults, again.edited) == (done.text, (), ())
