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
"""


def html(markdown: str) -> str:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    return str(parser.render(markdown))


def test_markdown_that_is_written_anew_reads_the_same() -> None:
    assert html(Dialect().prose(PROSE)) == html(PROSE)


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


def test_github_keeps_what_the_author_wrote() -> None:
    assert dialects.get("markdown").prose(PROSE) == PROSE


def test_a_title_that_the_tool_prints_goes() -> None:
    assert dialects.get("mdx").prose("# a\n\n## b\n", titled=True) == "## b\n"


@pytest.mark.parametrize("text", ["{x}", "<b>", "import x", "export x"])
def test_mdx_sees_no_code_in_prose(text: str) -> None:
    found = dialects.get("mdx").prose(f"{text}\n")
    assert html(found) == html(text.replace("<", "\\<"))
    assert not found.startswith(text)


def test_an_include_of_mkdocs_is_shown() -> None:
    assert "\n;--8<-- " in dialects.get("mkdocs").fence('--8<-- "a.sh"\n', "bash")
