"""Markdown of a page's prose to HTML: anchors, highlighted code, the headings for the contents."""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import quote

from callsheet import cache as disk
from callsheet.pages.highlight import highlight
from callsheet.pages.marks import MARK, Misplaced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

Heading = tuple[int, str, str]
_PARAGRAPH = re.compile("<p>.*?</p>", re.DOTALL)
#: Markup alone: in code `<` is escaped.
_PAGE_LINK = re.compile(r'(<a href=")(?:\./)?([^"#?/]+)\.md(?=["#?])')
_BLOCK = re.compile(rf"\s*{MARK.pattern}\s*")


def to_html(text: str) -> tuple[str, list[Heading]]:
    """Prose as HTML, with an anchor on each heading.

    Returns:
        The HTML, and the headings as (level, id, text).
    """
    html, headings = json.loads(_made("page", text, lambda: json.dumps(_converted(text))))
    return html, [(level, anchor, title) for level, anchor, title in headings]


def linked(html: str, pages: Iterable[Path]) -> str:
    """Prose as HTML whose links to other pages of the spec lead to what becomes of these."""
    stems = {quote(path.stem) for path in pages}
    return _PAGE_LINK.sub(
        lambda link: f"{link[1]}{link[2]}.html" if link[2] in stems else link[0], html
    )


def sentence(text: str) -> str:
    """A sentence of Markdown as HTML."""
    return _made("sentence", text, lambda: str(parser().renderInline(text)))


def title(text: str) -> str:
    """The words of a page's first heading; "" where it has none of the first level."""
    return _made("title", text, lambda: _title(text))


def _title(text: str) -> str:
    tokens = parser().parse(text)
    found = (
        _heard(content)
        for opening, content in pairwise(tokens)
        if opening.type == "heading_open" and (opening.tag, opening.level) == ("h1", 0)
    )
    return next(found, "")


def refuse_enclosed(text: str, skipped: int) -> None:
    """Refuses a block in code or in a heading: `---` right below a call makes one of it.

    Args:
        text: The page's Markdown, with a mark for each block.
        skipped: Lines of the page before it.

    Raises:
        Misplaced: There is one.
    """
    line = int(_made("enclosed", text, lambda: str(_line_of_enclosed(text))))
    if line:
        message = "a block cannot stand in code, nor in a heading"
        way_out = "leave a line empty around the call; {% raw %} and {% endraw %} show it as code"
        raise Misplaced(message, skipped + line, way_out)


def _line_of_enclosed(text: str) -> int:
    """The line, from 1, of the first mark in code or in a heading; 0 where there is none."""
    for token in parser().parse(text) if MARK.search(text) else ():
        if token.type in ("fence", "code_block", "heading_open") and token.map:
            for number in range(*token.map):
                if MARK.search(text.split("\n")[number]):
                    return number + 1
    return 0


def _made(what: str, text: str, make: Callable[[], str]) -> str:
    maker = disk.maker(__name__, "callsheet.pages.highlight", "markdown_it", "pygments")
    return disk.made(maker, f"{what}\0{text}", make)


def _converted(text: str) -> tuple[str, list[Heading]]:
    markdown = parser()
    tokens = markdown.parse(text)
    headings: list[Heading] = []
    for opening, content, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opening.type == "heading_open":
            title = _heard(content)
            if not title:
                opening.hidden = closing.hidden = True  # nothing to link to, or by
                continue
            slug = _unique(slugify(title), {known for _, known, _ in headings})
            opening.attrSet("id", slug)
            headings.append((int(opening.tag[1:]), slug, title))
            _link_to_itself(opening, content, slug)
        elif opening.type in ("th_open", "td_open"):
            _aligned(opening)
    html = markdown.renderer.render(tokens, markdown.options, {})
    return _PARAGRAPH.sub(_parted, html), headings


def _parted(paragraph: re.Match[str]) -> str:
    """A paragraph as several, so that each block has its own: HTML has no block within one."""
    parted = _BLOCK.sub("</p>\n<p>\ufdd0\\1\ufdd1</p>\n<p>", paragraph[0])
    return parted.replace("<p></p>", "").strip()


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


def _heard(content: Token) -> str:
    """The words of a heading, as a reader hears them."""
    return "".join(map(_words, content.children or ())).strip()


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
