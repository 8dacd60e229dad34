"""Nothing that a spec says changes what a page means: as Markdown, and as a shell reads it."""

from __future__ import annotations

import re
import shutil
import subprocess
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from callsheet.errors import SpecError
from callsheet.options import Options
from callsheet.pages import dialects, render_all
from callsheet.pages.blocks import Environment, Setting
from callsheet.sheet import sheet
from callsheet.spec.read import load
from pages import hostile
from pages.made import EXAMPLE, pages_of
from support import HEAD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from markdown_it.token import Token

    from callsheet.sheet import Sheet

#: HTML that the templates of the Markdown page write themselves.
OWN = re.compile(
    r"<!-- Made by [^<>]*-->|<!-- 由[^<>]*-->|</?details( open)?>|<summary>[^<>]*</summary>"
)

GITHUB = dialects.get("markdown")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Sheet, dict[str, str]]:
    """A hostile spec's snippets and pages."""
    found = sheet(load(hostile.lay(tmp_path_factory.mktemp("hostile"))), Options())
    return found, dict(render_all(found, Options(formats=("markdown",))))


def parsed(markdown: str) -> list[Token]:
    """What GitHub makes of Markdown: raw HTML is read as such, and there are tables."""
    return (
        MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(markdown)
    )


def every(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from every(token.children or [])


def said(token: Token) -> str:
    """What a reader sees of an inline token."""
    return "".join(part.content for part in token.children or [])


@pytest.mark.parametrize("name", ["shop.en.md", "shop.zh.md"])
def test_no_html_and_no_link_of_the_spec_is_in_the_markdown_page(
    name: str, made: tuple[Sheet, dict[str, str]]
) -> None:
    tokens = list(every(parsed(made[1][name])))
    html = "".join(token.content for token in tokens if token.type.startswith("html_"))
    assert html.count("<details") >= 24
    assert OWN.sub("", html).strip() == ""
    targets = {str(token.attrs["href"]) for token in tokens if token.type == "link_open"}
    assert {target.partition("?")[0] for target in targets} == {"https://docs.shop.example/"}
    assert not any(token.type == "image" for token in tokens)


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_every_code_block_holds_exactly_the_files_bytes(
    locale: str, made: tuple[Sheet, dict[str, str]]
) -> None:
    found, pages = made
    blocks = [
        token.content for token in parsed(pages[f"shop.{locale}.md"]) if token.type == "fence"
    ]
    snippets = [snippet.text for group in found.snippets.values() for snippet in group]
    assert len(snippets) >= 25
    assert [text for text in blocks if text in snippets] == snippets


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_every_text_is_shown_as_it_is(locale: str, made: tuple[Sheet, dict[str, str]]) -> None:
    tokens = parsed(made[1][f"shop.{locale}.md"])
    title = hostile.TITLE if locale == "en" else f"中 {hostile.TITLE}"
    lines = [said(token) for token in tokens if token.type == "inline"]
    headings = [said(after) for token, after in pairwise(tokens) if token.type == "heading_open"]
    assert headings == [title, f"A {title}", f"A {title}"]
    assert lines.count(title) >= 5  # heading, paragraph, item, quotation and cell
    assert lines.count(hostile.SERVER) == 2
    assert f"{hostile.SERVER} and {title}" in lines
    assert f"{hostile.SERVER}\n" in [token.content for token in tokens if token.type == "fence"]
    assert hostile.SHOWN in lines
    assert f"X-Answer: {hostile.LINE}" in lines


@pytest.mark.parametrize(
    "text", [*hostile.PAYLOADS, hostile.TITLE, " a ", "  a", "C#", "12) a", "+", "="]
)
@pytest.mark.parametrize(
    "around", ["{}", "# {}", "- {}", "> {}", "a {}\nb", "| a |\n| - |\n| {} |"]
)
def test_plain_text_is_shown_as_it_is_wherever_it_stands(text: str, around: str) -> None:
    written = GITHUB.cell(GITHUB.shown(text)) if "|" in around else GITHUB.shown(text)
    tokens = parsed(around.format(written))
    lines = [said(token) for token in tokens if token.type == "inline"]
    wanted = f"a {text}b" if around.startswith("a ") else text
    assert wanted in lines


@pytest.mark.parametrize("text", [*hostile.PAYLOADS, hostile.SHOWN, " a ", " a", "``a", "a`", "  "])
def test_a_code_span_shows_its_text_as_it_is(text: str) -> None:
    assert said(parsed(f"a {GITHUB.inline(text)} b")[1]) == f"a {text} b"


@pytest.mark.parametrize(
    ("written", "page"),
    [
        ("# {{ title }}", "# \\<b\\> \\*x\\* | \\_"),
        ("`{{ server }}`", "`https://api.shop.example/v2`"),
        ("| a |\n| - |\n| {{ title }} |", "| a |\n| - |\n| \\<b\\> \\*x\\* \\| \\_ |"),
        ("[a]({{ server }}/a)", "[a](https://api.shop.example/v2/a)"),
        ("<b title='{{ title }}'>", "<b title='&lt;b&gt; *x* | _'>"),
        ("{{ title | upper }}", "<B> *X* | _"),
        ("{% if title %}{{ locale }}{% endif %}", "en"),
    ],
)
def test_what_a_page_says_of_its_spec_fits_its_place(
    written: str, page: str, tmp_path: Path
) -> None:
    spec = HEAD.replace("title: Shop", 'title: "<b> *x* | _"') + EXAMPLE
    text = pages_of(tmp_path, {"a.en.md": written}, spec)["a.en.md"]
    assert text.partition("-->\n\n")[2] == f"{page}\n"


def test_a_title_that_would_end_the_code_around_it_is_refused_there(tmp_path: Path) -> None:
    spec = HEAD.replace("title: Shop", 'title: "a ` b"') + EXAMPLE
    with pytest.raises(SpecError) as raised:
        pages_of(tmp_path, {"a.en.md": "---\ntitle: A\n---\n\n`{{ title }}`\n"}, spec)
    (found,) = raised.value.diagnostics
    assert (found.line, found.code, found.help) == (5, "CS502", "write it outside of the code")
    assert "cannot stand in code" in found.message


def test_a_page_cannot_hold_the_characters_of_our_marks(tmp_path: Path) -> None:
    with pytest.raises(SpecError) as raised:
        pages_of(tmp_path, {"a.en.md": "# A\n\nb \ufdd00\ufdd1\n"})
    (found,) = raised.value.diagnostics
    assert (found.line, found.column) == (3, 3)
    assert found.message == "a page cannot hold U+FDD0, which is no character"


def shell(name: str, value: str) -> str:
    """How a reader sets a variable in a shell."""
    shells = Environment((Setting("SHOP_KEY", value, ""),)).shells
    return next(lines for _, lexer, lines in shells if lexer == name)


@pytest.mark.parametrize("value", [*hostile.PAYLOADS, hostile.SHOWN, "it's", "'; touch ran; '"])
def test_a_posix_shell_sets_exactly_the_value(value: str, tmp_path: Path) -> None:
    for program in filter(None, map(shutil.which, ("sh", "bash"))):
        text = shell("bash", value) + 'printf %s "$SHOP_KEY"\n'
        done = subprocess.run([program, "-c", text], capture_output=True, check=True, cwd=tmp_path)
        assert done.stdout.decode() == value
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("value", "powershell", "cmd"),
    [
        ("a b", "'a b'", '"SHOP_KEY=a b"'),
        ("a & b > c", "'a & b > c'", '"SHOP_KEY=a & b > c"'),
        ('a" & calc & "', "'a\" & calc & \"'", 'SHOP_KEY=a^" ^& calc ^& ^"'),
        ("'; calc; '", "'''; calc; '''", "\"SHOP_KEY='; calc; '\""),
        (
            "\u2019; calc; \u2018",
            "'\u2019\u2019; calc; \u2018\u2018'",
            '"SHOP_KEY=\u2019; calc; \u2018"',
        ),
        ("\u201a\u201b", "'\u201a\u201a\u201b\u201b'", '"SHOP_KEY=\u201a\u201b"'),
    ],
)
def test_no_value_ends_its_quotes_on_windows(value: str, powershell: str, cmd: str) -> None:
    assert shell("powershell", value) == f"$env:SHOP_KEY = {powershell}\n"
    assert shell("bat", value) == f"set {cmd}\n"
