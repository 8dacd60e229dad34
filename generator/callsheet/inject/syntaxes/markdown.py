"""Markdown: HTML comments; code is fenced, since many tools indent what is no code."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, ClassVar

from callsheet.inject.syntaxes._base import Syntax

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token


class Markdown(Syntax):
    """CommonMark, and what the docs tools make of it."""

    title = "Markdown"
    suffixes: ClassVar[tuple[str, ...]] = (".md", ".markdown")
    opens, closes = "<!--", "-->"
    format = "markdown"
    #: Off while fences are sought: what is indented by four is code to CommonMark, and the body of
    #: a tab to Python-Markdown.
    unread: ClassVar[tuple[str, ...]] = ("code",)

    def code(self, lines: Sequence[str]) -> set[int]:
        """What stands between fences, or in HTML that holds text alone."""
        tokens = _parser(self.unread).parse("\n".join(lines))
        raw = [token for token in tokens if token.type == "fence" or _RAW.match(token.content)]
        return {number for token in raw if token.map for number in range(*token.map)}

    def laid(self, content: str, indent: str) -> list[str]:
        """Prettier leaves a whole range alone at the top level, single nodes elsewhere.

        https://prettier.io/docs/ignore#markdown
        """
        if indent:
            return super().laid(self._each_ignored(content), indent)
        start, end = (self.comment(f"prettier-ignore-{word}") for word in ("start", "end"))
        return self.fenced_off(start, content, end)

    def fenced_off(self, start: str, content: str, end: str) -> list[str]:
        """A block between two comments; comments need no blank line between them."""
        return [start, "", *content.split("\n"), "", end]

    def _each_ignored(self, content: str) -> str:
        """With a comment before each node whose source Prettier would write anew."""
        starts = {start for start, _ in _spans(_parser().parse(content), _REWRITTEN)}
        word = self.comment("prettier-ignore")
        lines = content.split("\n")
        return "\n".join(f"{word}\n{line}" if n in starts else line for n, line in enumerate(lines))


#: What begins HTML that ends at its own closing tag alone (CommonMark, 4.6).
_RAW = re.compile(r" {0,3}<(?:pre|script|style|textarea)\b", re.IGNORECASE)
#: Prettier formats the code of a fence and aligns tables.
_REWRITTEN = {"fence", "table_open"}


def _spans(tokens: Sequence[Token], types: set[str]) -> Iterator[tuple[int, int]]:
    for token in tokens:
        if token.type in types and token.map:
            yield token.map[0], token.map[1]


@cache
def _parser(off: tuple[str, ...] = ()) -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table").disable(["inline", *off])


SYNTAX = Markdown()
