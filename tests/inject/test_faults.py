"""What is wrong with a marker: where, what, and the way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from callsheet.errors import UsageError, show
from callsheet.inject.filled import fill
from inject.made import filled, marked, shop, tried

B, E = "<!-- callsheet:begin {} -->\n", "<!-- callsheet:end{} -->\n"
#: Text → line:column, what is underlined, the message, the way out.
FAULTS = {
    "unclosed": (
        "# A\n\n" + B.format("create-order"),
        ("3:1", "<!-- callsheet:begin create-order -->"),
        ("this block does not end", "close it with `<!-- callsheet:end -->`"),
    ),
    "nested": (
        B.format("create-order") + B.format("write-note") + E.format("") + E.format(""),
        ("2:1", "<!-- callsheet:begin write-note -->"),
        ("this block begins inside another", "close the one of line 1 before it"),
    ),
    "not begun": (
        "  " + E.format(""),
        ("1:3", "<!-- callsheet:end -->"),
        ("this block ends, but none has begun", "remove the marker"),
    ),
    "unknown example": (
        B.format("creat-order langs=go") + E.format(""),
        ("1:22", "creat-order"),
        ("unknown example `creat-order`", "did you mean `create-order`?"),
    ),
    "no example": (
        B.format("langs=go") + E.format(""),
        ("1:1", "<!-- callsheet:begin langs=go -->"),
        ("the tabs of which example?", "name its id"),
    ),
    "two examples": (
        B.format("create-order write-note") + E.format(""),
        ("1:35", "write-note"),
        ("the tabs of one example stand in one place", "give each a place of its own"),
    ),
    "unknown option": (
        B.format("create-order lang=go") + E.format(""),
        ("1:35", "lang=go"),
        ("unknown option `lang`", "did you mean `langs`?"),
    ),
    "repeated option": (
        B.format("create-order langs=go langs=php") + E.format(""),
        ("1:44", "langs=php"),
        ("`langs` stands here twice", "keep one"),
    ),
    "open quote": (
        B.format('create-order langs="go') + E.format(""),
        ("1:35", 'langs="go'),
        ("cannot be read", 'options are written as in langs="curl,python"'),
    ),
    "unknown part": (
        B.format("create-order part=respnse") + E.format(""),
        ("1:35", "part=respnse"),
        ("unknown part `respnse`", "did you mean `response`?"),
    ),
    "languages of a response": (
        B.format("create-order part=response langs=go") + E.format(""),
        ("1:49", "langs=go"),
        ("`langs` has no meaning for part `response`", "remove it"),
    ),
    "unknown language": (
        B.format('create-order langs="go, pythn"') + E.format(""),
        ("1:35", 'langs="go, pythn"'),
        ("`pythn` is not printed here", "did you mean `python`?"),
    ),
    "language that the page installs nothing for": (
        B.format("create-order part=install langs=kotlin") + E.format(""),
        ("1:48", "langs=kotlin"),
        ("`kotlin` is not printed here", "known: "),
    ),
    "client that the page installs nothing for": (
        B.format("create-order part=install langs=python/httpx") + E.format(""),
        ("1:48", "langs=python/httpx"),
        ("`python/httpx` is not printed here", "did you mean `python`?"),
    ),
    "client that is not printed": (
        B.format("create-order langs=python/httpx") + E.format(""),
        ("1:35", "langs=python/httpx"),
        ("`python/httpx` is not printed here", "did you mean `python`?"),
    ),
    "unknown format": (
        B.format("create-order format=mkdoc") + E.format(""),
        ("1:35", "format=mkdoc"),
        ("unknown format `mkdoc`", "did you mean `mkdocs`?"),
    ),
    "unknown spec": (
        B.format("create-order spec=shp") + E.format(""),
        ("1:35", "spec=shp"),
        ("unknown spec `shp`", "did you mean `shop`?"),
    ),
    "unknown marker": (
        "<!-- callsheet:beginn create-order -->\n",
        ("1:1", "<!-- callsheet:beginn create-order -->"),
        ("unknown marker `callsheet:beginn`", "did you mean `begin`?"),
    ),
    "comment of several lines": (
        "<!-- callsheet:begin create-order\n-->\n" + E.format(""),
        ("1:1", "<!-- callsheet:begin create-order"),
        ("this comment does not end on its line", "close it with `-->`"),
    ),
    "beside text": (
        "- " + B.format("create-order") + "  " + E.format(""),
        ("1:3", "<!-- callsheet:begin create-order -->"),
        ("a marker stands alone on its line", "move what is beside it to another line"),
    ),
    "an example at the end": (
        B.format("create-order") + E.format(" create-order"),
        ("2:20", "create-order"),
        ("an end marker names no example", "behind `callsheet:begin`"),
    ),
}


@pytest.mark.parametrize(("text", "place", "words"), FAULTS.values(), ids=FAULTS)
def test_a_fault_says_where_what_and_the_way_out(
    text: str, place: tuple[str, str], words: tuple[str, str]
) -> None:
    done = tried(text)
    fault = done.faults[0]
    assert done.text == text
    assert f"{fault.line}:{fault.column}" == place[0]
    assert fault.source[fault.column - 1 :][: fault.length] == place[1]
    assert words[0] in fault.message
    assert words[1] in fault.help
    assert f"page.md:{place[0]}: error[CS504]" in show(fault)


def test_all_faults_of_a_page_are_told_at_once() -> None:
    text = marked("creat-order") + marked("create-order") + marked("write-note langs=x")
    assert [fault.line for fault in tried(text).faults] == [1, 5]


def test_an_example_of_two_specs_must_say_which() -> None:
    two = {"shop": shop()["shop"], "mall": shop()["shop"]}
    fault = fill(marked("create-order"), Path("a.md"), two).faults[0]
    assert fault.message == "this could be of `shop` and `mall`"
    assert fault.help == "say which is meant: `spec=shop`"
    assert not fill(marked("create-order spec=mall"), Path("a.md"), two).faults


def test_a_component_cannot_be_imported_in_a_list() -> None:
    fault = tried("- a\n\n" + marked("create-order", ".mdx", indent="  "), "a.mdx").faults[0]
    assert fault.place == "a.mdx:3:3"
    assert "import Tabs from '@theme/Tabs';" in fault.help


def test_comments_of_an_unknown_type_of_file_are_not_guessed() -> None:
    with pytest.raises(UsageError, match=r"a\.txt: its comments are not known; .*`\.md`"):
        tried("", "a.txt")


@pytest.mark.parametrize(
    ("name", "line", "way_out"),
    [
        ("a.mdx", "  <!-- callsheet:begin create-order -->", "`{/* callsheet:begin EXAMPLE */}`"),
        ("a.md", "{/* callsheet:end */}", "`<!-- callsheet:begin EXAMPLE -->`"),
        ("a.rst", "# callsheet:begin create-order", "`.. callsheet:begin EXAMPLE`"),
        ("a.adoc", "<!-- callsheet:begin create-order -->", "`// callsheet:begin EXAMPLE`"),
    ],
)
def test_comments_of_another_type_of_file_are_told(name: str, line: str, way_out: str) -> None:
    fault = tried(f"A\n\n{line}\n", name).faults[0]
    assert (fault.line, fault.column) == (3, len(line) - len(line.lstrip()) + 1)
    assert fault.message.startswith("this is no comment in ")
    assert fault.help == f"write {way_out}"


def test_asciidoc_has_no_indented_comments() -> None:
    fault = tried(marked("create-order", ".adoc", indent="  "), "a.adoc").faults[0]
    assert fault.help == "in AsciiDoc a comment begins in the first column"


@pytest.mark.parametrize(
    ("around", "way_out"),
    [
        ("--\n{}--\n", "with `====`, not `--`"),
        ("======\n{}======\n", "with `=======`, not `======`"),
        ("* one\n+\n======\n{}======\n", "with `=======`, not `======`"),
        ("====\n{}====\n", ""),
        ("======\nWords\n======\n{}", ""),
        ("Orders\n======\n\n{}", ""),
    ],
)
def test_a_block_that_would_end_what_is_around_it_says_how_to_write_that(
    around: str, way_out: str
) -> None:
    done = tried(around.replace("{}", marked("create-order", ".adoc")), "a.adoc")
    assert [fault.message for fault in done.faults] == (
        ["this block would end what stands around it"] if way_out else []
    )
    assert all(way_out in fault.help for fault in done.faults)


@pytest.mark.parametrize("indent", ["", "  "])
def test_a_comment_of_restructuredtext_stands_below_a_blank_line(indent: str) -> None:
    block = marked("create-order", ".rst", indent)
    fault = tried(f"{'- ' if indent else ''}words\n{block}", "a.rst").faults[0]
    assert fault.message == "a comment below words is part of their paragraph"
    assert fault.help == "put a blank line above the marker"


@pytest.mark.parametrize(
    ("above", "indent"), [("Term\n", "   "), (".. note::\n", "   "), ("A\n=\n", ""), (".. a\n", "")]
)
def test_a_comment_of_restructuredtext_may_begin_a_body(above: str, indent: str) -> None:
    assert "code-block" in filled(above + marked("create-order", ".rst", indent), "a.rst")


@pytest.mark.parametrize("wish", ["create-order langs=curl", "create-order part=response"])
def test_a_comment_ends_an_item_of_an_asciidoc_list(wish: str) -> None:
    fault = tried("* one\n+\n" + marked(wish, ".adoc"), "a.adoc").faults[0]
    assert fault.message == "a comment behind `+` ends the item of the list"
    assert "put lines `====`" in fault.help
