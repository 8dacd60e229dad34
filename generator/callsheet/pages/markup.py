"""Markdown and HTML as text: fences that hold, cells that do not split, highlighted code."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from pygments.formatter import Formatter


def fence(code: str, lexer: str) -> str:
    """A fenced code block, longer than any run of backticks in the code (CommonMark, section 4.5)."""
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    ticks = "`" * max(3, longest + 1)
    return f"{ticks}{lexer}\n{code.rstrip(chr(10))}\n{ticks}"


def inline(text: str) -> str:
    """A code span (CommonMark, section 6.1)."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    ticks = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") or not text.strip() else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def cell(text: str) -> str:
    """Text for a cell of a Markdown table: on one line, its bars escaped."""
    return " ".join(text.split()).replace("|", "\\|")


def safe(html: str) -> Markup:
    """HTML that we made ourselves."""
    return Markup(html)  # noqa: S704  made by markdown-it with raw HTML off, and by escaping templates


@cache
def _markdown() -> MarkdownIt:
    """CommonMark with tables; raw HTML of a page's prose is shown, not run."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table").enable("strikethrough")


def to_html(text: str) -> tuple[str, list[tuple[int, str, str]]]:
    """Markdown to HTML with an id on each heading.

    Returns:
        The HTML, and the headings as (level, id, text).
    """
    parser = _markdown()
    tokens = parser.parse(text)
    toc: list[tuple[int, str, str]] = []
    used: dict[str, int] = {}
    for token, content in zip(tokens, tokens[1:], strict=False):
        if token.type == "heading_open":
            title = "".join(child.content for child in content.children or ())
            slug = _unique(slugify(title), used)
            token.attrSet("id", slug)
            toc.append((int(token.tag[1:]), slug, title))
    return parser.renderer.render(tokens, parser.options, {}), toc


def slugify(title: str) -> str:
    """An anchor as GitHub makes it: lower case, blanks to `-`, letters of every script kept."""
    return re.sub(r"\s+", "-", re.sub(r"[^\w\s-]", "", title.lower()).strip()) or "section"


def _unique(slug: str, used: dict[str, int]) -> str:
    used[slug] = used.get(slug, -1) + 1
    return f"{slug}-{used[slug]}" if used[slug] else slug


@cache
def highlight(code: str, lexer: str) -> Markup:
    """Code as HTML spans; the text between the tags is the code, byte for byte."""
    from pygments import highlight as colour

    html = colour(code, _lexer(lexer), _formatter())
    return safe(html)


@cache
def _lexer(name: str) -> object:
    from pygments.lexers import get_lexer_by_name

    return get_lexer_by_name(name, stripnl=False, ensurenl=False)


@cache
def _formatter() -> Formatter[str]:
    from pygments.formatters.html import HtmlFormatter

    return HtmlFormatter(nowrap=True)


@cache
def style(name: str, scope: str) -> Markup:
    """CSS rules of a Pygments style below a selector."""
    from pygments.formatters.html import HtmlFormatter

    return safe(HtmlFormatter(style=name).get_style_defs(scope))
