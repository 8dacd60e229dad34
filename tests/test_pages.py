"""Page sources to Markdown: blocks in place, sections derived, faults named with their line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from callsheet import pages
from callsheet.errors import SpecError
from callsheet.options import Options
from callsheet.sheet import sheet
from callsheet.spec.read import load
from support import HEAD, ROOT

if TYPE_CHECKING:
    from pathlib import Path

SPEC = """\
variables:
  SHOP_URL: {value: "{server}", title: {en: the server, zh: 服务器}}
pages: "*.md"
endpoints:
  items:
    request: POST /items
    auth: key
    examples:
      make:
        body: {json: {name: "a|b `c` ```d```"}}
        response: {status: 201, json: {id: 7}}
      watch: {response: {sse: [{event: tick, id: 1, data: {n: 1}}, "[DONE]"]}}
      drop: {auth: none, response: {status: 204}}
"""


def built(folder: Path, name: str, source: str, formats: tuple[str, ...] = ("markdown",)) -> str:
    """A page in one format."""
    (folder / "shop.yaml").write_text(HEAD + SPEC)
    (folder / name).write_text(source, newline="")
    options = Options(formats=formats)
    made = sheet(load(folder / "shop.yaml"), options)
    ((_, text),) = pages.render_all(made, options)
    return text


def test_tabs_are_folded_blocks_the_first_one_open(tmp_path: Path) -> None:
    text = built(tmp_path, "p.en.md", '# P\n\n{{ tabs("make") }}\n\nAfter.\n')
    assert text.count("<details open>") == 1
    assert text.count("<details") == 8
    assert "<summary>cURL</summary>\n\n````bash\ncurl " in text, "longer than the code's own"
    assert text.endswith("</details>\n\nAfter.\n")
    assert "\n\n\n" not in text


def test_a_block_in_a_list_is_as_deep_as_its_mark(tmp_path: Path) -> None:
    text = built(tmp_path, "p.en.md", '- one\n\n  {{ response("make") }}\n')
    assert '\n  ```json\n  {"id": 7}\n  ```\n' in text


@pytest.mark.parametrize(
    ("name", "label", "title"),
    [("p.en.md", "| Variable |", "the server"), ("p.zh.md", "| 变量 |", "服务器")],
)
def test_labels_and_titles_follow_the_locale(
    tmp_path: Path, name: str, label: str, title: str
) -> None:
    text = built(tmp_path, name, '{{ tabs("make") }}\n\n{{ environment() }}\n')
    assert label in text
    assert title in text
    assert "`SHOP_KEY`" in text
    assert "`https://api.shop.example/v2`" in text


def test_the_install_section_is_what_the_page_imports(tmp_path: Path) -> None:
    text = built(tmp_path, "p.en.md", '{{ install() }}\n\n{{ tabs("make") }}\n')
    assert "pip install requests==" in text
    assert "openai" not in text
    clawdrouter = (ROOT / "output/clawdrouter/client-sdk.en.md").read_text()
    assert "pip install openai==3.54.0 requests==2.34.2 anthropic==0.125.0" in clawdrouter
    assert "npm install openai@6.49.0 @anthropic-ai/sdk@0.137.0" in clawdrouter


def test_a_page_without_snippets_needs_nothing(tmp_path: Path) -> None:
    assert "install" not in built(tmp_path, "p.en.md", "# P\n\n{{ install() }}\n").lower()


@pytest.mark.parametrize(
    ("call", "shown"),
    [
        ('response("make")', '```json\n{"id": 7}\n```'),
        ('response("watch")', 'event: tick\nid: 1\ndata: {"n":1}\n\ndata: [DONE]'),
        ('response("drop")', "204"),
        ("server", "https://api.shop.example/v2"),
        ("title", "Shop"),
    ],
)
def test_what_a_page_may_call(tmp_path: Path, call: str, shown: str) -> None:
    assert shown in built(tmp_path, "p.en.md", f"# P\n\n{{{{ {call} }}}}\n")


@pytest.mark.parametrize(
    ("source", "line", "column", "message", "way_out"),
    [
        ('# P\n\n{{ tabs("mkae") }}\n', 3, 10, "unknown example `mkae`", "did you mean `make`?"),
        ('---\ntitle: P\n---\n\n{{ tabs("x") }}\n', 5, 10, "unknown example `x`", ""),
        (
            "# P\n\na {{ install() }}\n",
            3,
            3,
            "a block cannot stand beside text, nor in a table",
            "own",
        ),
        (
            '| a |\n| - |\n| {{ tabs("make") }} |\n',
            *(3, 3, "a block cannot stand beside text, nor in a table"),
            "write the call on a line of its own",
        ),
        ('# P\r\n\r\n{{ response("no") }}\r\n', 3, 14, "unknown example `no`", ""),
        ("# P\n\n{{ tab() }}\n", 3, 4, "'tab' is undefined", "did you mean `tabs`?"),
        ("# P\n\n{{ tabs(make) }}\n", 3, 4, "takes the ids of", '`{{ tabs("make") }}`'),
        ("# P\n\n{{ tabs(make-it) }}\n", 3, 9, "'make' is undefined", "stands in quotes"),
        ("# P\n\n{{ install }}\n", 3, 4, "`install` is not called", "`{{ install() }}`"),
        ("# P\n\n{{ install(3) }}\n", 3, 4, "does not take these arg", "`{{ install() }}`"),
        ("# P\n\n{{ tabs() }}\n", 3, 4, "does not take these arg", '`{{ tabs("make") }}`'),
        ('# P\n\n{{ tabs("make", lang="go") }}\n', 3, 4, "does not take these arg", "tabs("),
        ('# P\n\n{{ tabs(["make"]) }}\n', 3, 4, "takes the ids of examples, as texts", "tabs("),
        ("# P\n\na {{ install()\n\n## Two\n", 3, 3, "what begins here cannot be read", "raw"),
        ("# P\n\n{{ tabs( }}\n", 3, 1, "unexpected '}'", "{% raw %}"),
        ("# P\n{% if %}\n", 2, 1, "Expected an expression", "{% raw %}"),
        ("---\ntitel: P\n---\n", 2, 1, "unknown key `titel`", "did you mean `title`?"),
        ("---\ntitle: [\n---\n", 2, 8, "", ""),
    ],
)
def test_a_fault_of_a_page_is_named_with_its_place(
    tmp_path: Path, source: str, line: int, column: int, message: str, way_out: str
) -> None:
    with pytest.raises(SpecError) as caught:
        built(tmp_path, "p.en.md", source)
    found = caught.value.diagnostics[0]
    assert found.file.endswith("p.en.md")
    assert (found.line, found.column) == (line, column)
    assert message in found.message
    assert way_out in found.help


def test_prose_that_looks_like_markup_stays_itself(tmp_path: Path) -> None:
    source = "# A <b> & {x} $y `{{ '{{' }}`\n\n<script>alert(1)</script> | a\n"
    text = built(tmp_path, "p.en.md", source)
    assert "# A <b> & {x} $y `{{`\n\n<script>alert(1)</script> | a\n" in text


def test_the_code_is_the_same_in_both_locales() -> None:
    pages_of = [
        (ROOT / f"output/clawdrouter/client-sdk.{locale}.md").read_text() for locale in ("en", "zh")
    ]
    codes = [re.findall(r"^```\w+\n.*?^```$", text, re.DOTALL | re.MULTILINE) for text in pages_of]
    own = {"CLAWDROUTER_API_KEY='", "$env:CLAWDROUTER", 'set "CLAWDROUTER'}
    english, chinese = ([c for c in code if not any(o in c for o in own)] for code in codes)
    assert len(english) > 40
    assert english == chinese
