"""What a page's author writes means the same, whatever syntax it is written in."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from callsheet.pages import dialects
from callsheet.pages.dialects._base import Dialect

PROSE = """\
# Call `GET /users/{id}` *now*

A **bold** and ~~old~~ text with <b>tags</b>, a\\_b \\* and `` `ticks` ``, a\\
break, [a link](https://a.example/x_(y) "it's \\"here\\"") and ![an *image*](i.png).
1\\. is no list, \\- nor is this, \\# nor a heading, 3 < 4 & 5 &amp; {x} {{ y }} $z$ | a ^b^.

- one
- two

  with more

      code in it

3. three
4. four
   - five

> quoted
> > twice

```python
print("```")
```

| left `a|b` | right |
| :--- | ---: |
| x \\| y | **z** |

---

import nothing from here

## C#

## # of \\#\\#

####

[a](https://a.example/b_(c)) ![](a.png)
"""


def html(markdown: str) -> str:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    return str(parser.render(markdown))


def test_markdown_that_is_written_anew_reads_the_same() -> None:
    assert html(Dialect().prose(PROSE)) == html(PROSE).replace("<h4></h4>\n", "")


def test_two_lists_stay_two() -> None:
    assert Dialect().prose("1. a\n\n1) b\n") == "1. a\n\n<!-- -->\n\n1. b\n"


def test_what_follows_a_quotation_in_an_item_is_no_part_of_it() -> None:
    assert Dialect().prose("- > a\n\n  3. b\n") == "- > a\n\n  3. b\n"


def test_code_in_a_quotation_keeps_its_blanks() -> None:
    assert Dialect().prose(">     a  \n> \tb\n") == "> ```\n> a  \n> ```\n>\n> b\n"


def test_it_is_written_the_same_once_more() -> None:
    once = Dialect().prose(PROSE)
    assert Dialect().prose(once) == once


@pytest.mark.parametrize(
    ("source", "cell"),
    [
        ("a|b", "a\\|b"),
        ("a | `b|c` | ``d|`e|`` | f", "a \\| `b|c` \\| ``d|`e|`` \\| f"),
        ("\\`a|b\\`", "\\`a\\|b\\`"),
        ("`a|b", "`a\\|b"),
    ],
)
def test_mkdocs_finds_the_code_of_a_table_before_its_bars(source: str, cell: str) -> None:
    assert dialects.get("mkdocs").cell(source) == cell


@pytest.mark.parametrize(
    ("markdown", "source"),
    [
        ("## C#", "## C\\#"),
        ("`#!sh x`", "<code>#!sh x</code>"),
        ("!!! note", "\\!!! note"),
        ("??? note", "&#63;?? note"),
        ("++ctrl++", "\\+\\+ctrl\\+\\+"),
        ("http://a.example/b_c", "http&#58;//a.example/b\\_c"),
        ("[a](b_(c))", "[a](b_(c))"),
        ("[a](<b(c>)", "[a](b%28c)"),
        ("[a](b'c')", "[a](b%27c%27)"),
        ("> a\\\n> b", "> a  \n> b"),
        ("- ```\n  a\n  ```", "-   <!-- -->\n\n    ```\n    a\n    ```"),
        ("> ```\n> --8<-- 'a'\n> ```", "> ```\n> --8<-- 'a'\n> ```"),
        ("- > a\n  - b", "-   <!-- -->\n\n    > a\n\n    -   b"),
        ("- a\n  - b\n\n    c\n- d", "-   a\n\n    -   b\n\n        c\n\n-   d"),
    ],
)
def test_python_markdown_shows_it_as_it_was_written(markdown: str, source: str) -> None:
    assert dialects.get("mkdocs").prose(markdown) == f"{source}\n"


def test_github_keeps_what_the_author_wrote() -> None:
    assert dialects.get("markdown").prose(PROSE) == PROSE


def test_a_title_that_the_tool_prints_goes() -> None:
    assert dialects.get("mdx").prose("# a\n\n## b\n\n# c\n", titled=True) == "## b\n\n# c\n"


@pytest.mark.parametrize("text", ["{x}", "<b>", "import x", "export x"])
def test_mdx_sees_no_code_in_prose(text: str) -> None:
    found = dialects.get("mdx").prose(f"{text}\n")
    assert html(found) == html(text.replace("<", "\\<"))
    assert not found.startswith(text)


def test_an_include_of_mkdocs_is_shown() -> None:
    assert "\n;--8<-- " in dialects.get("mkdocs").fence('--8<-- "a.sh"\n', "bash")
