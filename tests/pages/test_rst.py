"""Prose in reStructuredText: docutils reads what Markdown said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import directives
from docutils.parsers.rst.directives.body import CodeBlock

from callsheet.options import Options
from callsheet.pages import dialects, formats
from callsheet.pages.dialects._base import Dialect
from callsheet.pages.source import Calls, Document
from callsheet.sheet import sheet
from callsheet.spec.read import load
from pages.made import pages_of
from pages.test_dialects import PROSE

if TYPE_CHECKING:
    from pathlib import Path

RST = dialects.get("rst")


class _CodeBlock(CodeBlock):
    """The directive of Sphinx: it may be told to highlight what its lexer cannot read."""

    option_spec: ClassVar[Any] = {**(CodeBlock.option_spec or {}), "force": directives.flag}


directives.register_directive("code-block", _CodeBlock)


def read(markdown: str) -> nodes.document:
    """What docutils reads; a complaint of its parser fails the test."""
    settings = {"report_level": 2, "halt_level": 2, "syntax_highlight": "none"}
    text = RST.prose(markdown)
    return publish_doctree(text, settings_overrides=settings)


def shown(markdown: str) -> str:
    return read(markdown).astext()


def words(node: nodes.Node) -> str:
    """A node's text; the empty comments between lists are none."""
    return re.sub("\n{3,}", "\n\n", node.astext())


@pytest.mark.parametrize(
    "text",
    [
        *("*", "`", "_", "|", "\\"),
        *("a_", "a__", "_a", "`a`_", "|a|", ":a:`b`", "[1]_", "a::", "a\\*b", "{x} <y> $z"),
        *("- a", "+ a", "..", ".. a::", ":a: b", ">>> a", "| a", "= =", "-a b", "--a", "/a b"),
        *("1. a", "a. b", "iv) b", "(1) a", "#. a", "A.", "====", "----", "!!!!", '""""', "a\n==="),
        *("GET /users/{user_id}", "__init__", "http://a.example/x_", "a:: b", "it's", '"a"'),
    ],
)
def test_text_that_means_something_is_shown(text: str) -> None:
    plain = Dialect()
    markdown = "\n".join(plain.line(plain.plain(line)) for line in text.split("\n"))
    assert shown(f"before\n\n{markdown}\n\nafter") == f"before\n\n{text}\n\nafter"


@pytest.mark.parametrize(
    "code",
    [
        "a",
        "a b",
        "a  b",
        "`",
        "``",
        "a`b",
        "a``b",
        "\\",
        "a\\",
        "\\`",
        "a_",
        "*a*",
        "|a|",
        "{{ x }}",
    ],
)
@pytest.mark.parametrize("around", ["{}", "x{}y", "({})", "*{}*", "**a {} b**", "[{}](u)", "{}{}"])
def test_code_is_shown_wherever_it_stands(code: str, around: str) -> None:
    ticks = "```"
    span = f"{ticks} {code} {ticks}"
    found = shown(around.format(span, "z"))
    bare = around.replace("*", "").replace("](u)", "").replace("[", "")
    assert found == bare.format(code, "z")


def test_a_page_keeps_its_structure() -> None:
    tree = read(PROSE)
    assert tree["title"] == "Call GET /users/{id} now"
    assert [words(item) for item in tree.findall(nodes.list_item)] == [
        "one",
        "two\n\nwith more\n\ncode in it",
        "three",
        "four\n\nfive",
        "five",
    ]
    assert [node["start"] for node in tree.findall(nodes.enumerated_list)] == [3]
    assert [words(quote) for quote in tree.findall(nodes.block_quote)] == [
        "quoted\n\ntwice",
        "twice",
    ]
    codes = [block.astext() for block in tree.findall(nodes.literal_block)]
    assert codes == ["code in it", 'print("```")']
    links = [(node.astext(), node["refuri"]) for node in tree.findall(nodes.reference)]
    assert ("a link", "https://a.example/x_(y)") in links
    texts = [image["alt"] for image in tree.findall(nodes.image)]
    assert texts == ["an image", ""] * 2  # where they are named, and where they stand


def test_a_table_keeps_its_cells() -> None:
    tree = read("| `a\\|b` | c |\n| :-- | --: |\n| x \\| y | **z** |\n| | - |\n")
    cells = [entry.astext() for entry in tree.findall(nodes.entry)]
    assert cells == ["a|b", "c", "x | y", "z", "", "-"]


def test_titles_may_leave_levels_out() -> None:
    tree = read("# A\n\n### B\n\n## C\n\n#### D\n\n# E\n\n> ## F\n")
    titles = [(node.astext(), _depth(node)) for node in tree.findall(nodes.title)]
    assert titles == [("A", 1), ("B", 2), ("C", 2), ("D", 3), ("E", 1)]
    assert [node.astext() for node in tree.findall(nodes.rubric)] == ["F"]


def _depth(node: nodes.Node) -> int:
    parent = node.parent
    return 0 if parent is None else isinstance(parent, nodes.section) + _depth(parent)


@pytest.mark.parametrize("code", ["\ta", "a ", "\na", "  a", "a\u2028b", "a\rb", ""])
def test_code_that_a_directive_would_change_is_html_where_html_is_made(code: str) -> None:
    text = RST.fence(f"{code}\n", "go")
    assert text.startswith(".. only:: html\n\n   .. raw:: html\n\n      <div")
    html = text.split("\n\n")[2]
    assert html.count("\n") == 0
    assert not set(html) & {"\t", "\u2028", "\r"}


def test_chinese_titles_are_underlined_in_full() -> None:
    assert RST.prose("# 文本 a\n") == "文本 a\n======\n"


def test_tabs_of_a_snippet_are_kept_by_its_own_file_where_the_page_is_ours(tmp_path: Path) -> None:
    page = pages_of(
        tmp_path, {"buy.md": "# Buy\n\n{{ tabs('it') }}"}, options=Options(formats=("sphinx-rst",))
    )["buy.rst"]
    assert ".. literalinclude:: snippets/it/go.net-http.go\n" in page
    assert ".. code-block:: python\n" in page
    assert "\t" not in page


def test_they_are_kept_by_html_where_it_is_somebody_elses(tmp_path: Path) -> None:
    (tmp_path / "page.rst").write_text("")
    pages_of(tmp_path, {"a.md": "# A\n"})
    made = sheet(load(tmp_path / "shop.yaml"), Options())
    document = Document(tmp_path / "page.rst", made, "")
    Calls(document).tabs("it")
    text = formats.get("sphinx-rst").fragment(document, 0)
    assert "literalinclude" not in text
    assert "&#10;&#9;req, err := http.NewRequest(" in text


def test_an_image_without_a_text_is_shown() -> None:
    assert (
        RST.prose("![](a.png)\n") == ".. |image a.png| image:: a.png\n   :alt: \n\n|image a.png|\n"
    )


def test_what_docutils_takes_for_a_line_end_ends_none() -> None:
    found = RST.prose("a\u2028b\n\n```\n\tc\u2028d\n```\n")
    assert "\u2028" not in found
    assert found.startswith("a b\n")
    assert "c&#8232;d" in found
