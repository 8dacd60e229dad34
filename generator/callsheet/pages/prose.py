"""Markdown of a page's prose to HTML: anchors, highlighted code, the headings for the contents."""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from callsheet import cache as disk
from callsheet.pages.highlight import highlight

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

Heading = tuple[int, str, str]


def to_html(text: str) -> tuple[str, list[Heading]]:
    """Prose as HTML, with an anchor on each heading.

    Returns:
        The HTML, and the headings as (level, id, text).
    """
    html, headings = json.loads(_made("page", text, lambda: json.dumps(_converted(text))))
    return html, [(level, anchor, title) for level, anchor, title in headings]


def sentence(text: str) -> str:
    """A sentence of Markdown as HTML."""
    return _made("sentence", text, lambda: str(parser().renderInline(text)))


def _made(what: str, text: str, make: Callable[[], str]) -> str:
    maker = disk.maker(__name__, "callsheet.pages.highlight", "markdown_it", "pygments")
    return disk.made(maker, f"{what}\0{text}", make)


def _converted(text: str) -> tuple[str, list[Heading]]:
    markdown = parser()
    tokens = markdown.parse(text)
    headings: list[Heading] = []
    for opening, content in pairwise(tokens):
        if opening.type == "heading_open":
            title = "".join(_words(child) for child in content.children or ())
            slug = _unique(slugify(title), {known for _, known, _ in headings})
            opening.attrSet("id", slug)
            headings.append((int(opening.tag[1:]), slug, title))
            _link_to_itself(opening, content, slug)
        elif opening.type in ("th_open", "td_open"):
            _aligned(opening)
    return markdown.renderer.render(tokens, markdown.options, {}), headings


@cache
def parser() -> MarkdownIt:
    """CommonMark with tables; raw HTML of a page's prose is shown, not run."""
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    rules: dict[str, Callable[..., str]] = {
        "fence": _code,
        "code_block": _code,
        "table_open": _table_open,
        "table_close": _table_close,
    }
    for name, rule in rules.items():
        markdown.add_render_rule(name, rule)
    return markdown


def _code(
    _self: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType
) -> str:
    token = tokens[index]
    lexer = (token.info.split() or ["text"])[0]
    code = highlight(token.content, lexer)
    return f'<div class="box"><pre tabindex="0"><code>{code}</code></pre></div>\n'


def _table_open(*_: object) -> str:
    """A table that is too wide for the screen scrolls by itself, by keyboard too."""
    return '<div class="table" tabindex="0"><table>\n'


def _table_close(*_: object) -> str:
    return "</table></div>\n"


def _words(token: Token) -> str:
    """What a reader sees of a part of a heading."""
    return " " if token.type in ("softbreak", "hardbreak") else token.content


def _link_to_itself(heading: Token, content: Token, slug: str) -> None:
    """Makes a heading's text the link to it, unless it holds a link or is the page's title."""
    from markdown_it.token import Token

    children = content.children or []
    if heading.tag == "h1" or any(child.type == "link_open" for child in children):
        return
    opening = Token("link_open", "a", 1, {"class": "self", "href": f"#{slug}"})
    content.children = [opening, *children, Token("link_close", "a", -1)]


def _aligned(cell: Token) -> None:
    """A column's alignment as a class: the Content-Security-Policy forbids style attributes."""
    style = str(cell.attrs.pop("style", ""))
    if style:
        cell.attrSet("class", style.removeprefix("text-align:"))


def slugify(title: str) -> str:
    """An anchor as GitHub makes it: lower case, blanks to `-`, letters of every script kept."""
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", title.lower()).strip()) or "section"


def _unique(slug: str, used: set[str]) -> str:
    number, found = 0, slug
    while found in used:
        number += 1
        found = f"{slug}-{number}"
    return found
