"""Blocks that were edited by hand, and those that are out of date."""

from __future__ import annotations

import re

import pytest

from inject.made import COMMENTS, filled, marked, shop, tried

WISH = "create-order langs=curl"


def test_a_block_that_is_out_of_date_is_written_anew() -> None:
    made = filled(marked("create-order langs=go")).replace("langs=go", "langs=curl")
    assert filled(made) == filled(marked(WISH))


def test_the_hash_tells_what_was_edited_by_hand() -> None:
    made = filled(f"# A\n\n{marked(WISH)}")
    edited = made.replace("--fail-with-body", "--fail")
    done = tried(edited)
    assert done.text == edited
    [fault] = done.edited
    assert (fault.code, fault.place) == ("CS505", "page.md:3:1")
    assert "edited by hand" in fault.message
    assert "--force" in fault.help
    assert filled(edited, force=True) == made


def test_text_that_callsheet_never_wrote_is_not_lost() -> None:
    text = marked(WISH).replace(" -->\n", " -->\nmy own words\n", 1)
    done = tried(text)
    assert done.text == text
    assert done.edited[0].message == "callsheet did not write what stands in this block"
    assert "my own words" not in filled(text, force=True)


def test_what_is_right_already_only_gets_its_hash() -> None:
    made = filled(marked(WISH))
    assert filled(re.sub(r" sha=\w+", "", made)) == made
    assert filled(re.sub(r"sha=\w+", "sha=0123", made)) == made


def test_other_blocks_are_filled_beside_one_that_was_edited() -> None:
    edited = filled(marked(WISH)).replace("--fail-with-body", "--fail")
    done = tried(edited + marked("create-order langs=go"))
    assert len(done.edited) == 1
    assert "--fail " in done.text
    assert "```go" in done.text


@pytest.mark.parametrize("indent", ["  ", "    "])
def test_a_block_may_be_moved_with_its_markers(indent: str) -> None:
    made = filled(marked(WISH, indent="   "))
    moved = re.sub(r"^ {3}", indent, made, flags=re.MULTILINE)
    assert filled(moved) == moved == filled(marked(WISH, indent=indent))


def test_a_block_whose_markers_alone_were_moved_follows_them() -> None:
    made = filled(marked("create-order langs=go", indent="  "))
    moved = re.sub(r"^ *(<!-- callsheet)", r"\1", made, flags=re.MULTILINE)
    assert filled(moved) == filled(marked("create-order langs=go"))


def test_html_that_was_indented_anew_is_as_it_was() -> None:
    made = filled(marked(WISH, ".html", indent="  "), "page.html")
    tidied = re.sub(r"^ *(?=</?div)", "      ", made, flags=re.MULTILINE)
    assert tidied != made
    assert filled(tidied, "page.html") == tidied


def test_a_change_of_line_breaks_is_no_edit() -> None:
    made = filled(marked(WISH))
    windows = made.replace("\n", "\r\n")
    assert filled(windows) == windows


@pytest.mark.parametrize("suffix", sorted(COMMENTS))
def test_code_that_looks_like_markers_stays_code(suffix: str) -> None:
    once = filled(marked("write-note langs=curl", suffix), f"page{suffix}")
    assert once.count("callsheet:end") == 5
    assert filled(once, f"page{suffix}") == once


def test_blank_lines_that_a_formatter_adds_are_no_edit() -> None:
    made = filled(f"<Card>\n{marked(WISH, '.mdx', indent='  ')}</Card>\n", "page.mdx")
    parted = made.replace("ignore */}\n", "ignore */}\n\n").replace("\n  ", "\n")
    assert filled(parted, "page.mdx").count("callsheet:end sha=") == 1


def test_tabs_that_need_imports_bring_them_once() -> None:
    two = marked("create-order", ".mdx") + marked("write-note", ".mdx")
    made = filled(two, "page.mdx")
    assert made.count("import Tabs from '@theme/Tabs';") == 1
    assert made.index("import TabItem") < made.index("<Tabs ")
    assert "import Tabs" not in filled(marked(WISH, ".mdx"), "page.mdx")


def test_what_the_page_imports_itself_is_not_imported_again() -> None:
    own = "import TabItem from '@theme/TabItem';\nimport {Tabs} from './mine';\n\n"
    made = filled(own + marked("create-order", ".mdx"), "page.mdx")
    assert made.count("import Tab") == 1
    assert filled(made, "page.mdx") == made


def test_what_the_page_only_shows_is_imported() -> None:
    shown = "```mdx\nimport Tabs from '@theme/Tabs';\nimport TabItem from '@theme/TabItem';\n```\n"
    made = filled(shown + marked("create-order", ".mdx"), "page.mdx")
    assert made.count("import Tabs from '@theme/Tabs';") == 2


def test_what_is_installed_is_what_the_words_choose() -> None:
    fetch = filled(marked("part=install langs=node/fetch"))
    assert "**Node.js**" in fetch
    assert "npm install" not in fetch
    assert filled(marked("part=install langs=node/axios,node/fetch")).count("**Node.js**") == 1


def test_a_page_without_examples_sums_up_the_whole_spec() -> None:
    made = filled(marked("part=install"))
    assert made.count("- **") == len(shop()["shop"].snippets["create-order"]) - 1  # axios
    assert made.count("- **") > filled(marked("create-order part=install langs=go")).count("- **")
