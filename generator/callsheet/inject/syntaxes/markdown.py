"""Markdown: HTML comments; code is fenced, since many tools indent what is no code."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, ClassVar

from callsheet.inject.syntaxes._base import Syntax
from callsheet.inject.syntaxes._elements import inside

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
        """What stands between fences, in comments or HTML that holds text alone, or is indented.

        So is what precedes the page itself, in another language than it.
        """
        head = _head(lines)
        tokens = _parser(self.unread).parse("\n".join([""] * head + _parted(lines[head:])))
        found = set(range(head))
        for start, end in _spans(tokens, {"fence"}):
            found.update(range(start, end))
        for start, end in _spans(tokens, {"html_block"}):
            texts = enumerate(inside(lines[start:end]), start)
            found.update(number for number, is_text in texts if is_text)
        return found | self.indented(lines, tokens)

    def indented(self, lines: Sequence[str], tokens: Sequence[Token]) -> set[int]:
        """What is indented below prose: code to every tool, whatever else it takes for its own."""
        items = {n for span in _spans(tokens, {"list_item_open"}) for n in range(*span)}
        return {
            number
            for number, line in enumerate(lines)
            if "callsheet" in line and number not in items and _is_below_prose(lines, number)
        }

    def laid(self, content: str, indent: str, above: Sequence[str]) -> list[str]:
        """Prettier leaves a whole range alone at the top level, single nodes elsewhere.

        https://prettier.io/docs/ignore#markdown
        """
        if indent:
            return super().laid(self.each_ignored(content), indent, above)
        start, end = (self.comment(f"prettier-ignore-{word}") for word in ("start", "end"))
        return self.fenced_off(start, content, end)

    def fenced_off(self, start: str, content: str, end: str) -> list[str]:
        """A block between two comments; comments need no blank line between them."""
        return [start, "", *content.split("\n"), "", end]

    def each_ignored(self, content: str) -> str:
        """With a comment before each node whose source Prettier would write anew."""
        starts = {start for start, _ in _spans(_parser().parse(content), _REWRITTEN)}
        word = self.comment("prettier-ignore")
        lines = content.split("\n")
        return "\n".join(
            f"{_indent(line)}{word}\n{line}" if n in starts else line
            for n, line in enumerate(lines)
        )


#: A fence that is as deep as code; and what is above it, if it is of a paragraph.
_DEEP = re.compile(r"(?: {4}|\t)\s*(?:`{3}|~{3})")
_WORDS = re.compile(r"\s*(?!`{3}|~{3}|[-*+>]|\d+[.)])[^<\s]")
#: Spaces before code.
_CODE = 4
#: Words, or a heading; not `a.`, an item of a list to some.
_PROSE = re.compile(r"\s*(?:#|[^\W\d_](?![.)]\s))")
#: Prettier formats the code of a fence and aligns tables.
_REWRITTEN = {"fence", "table_open"}


def _head(lines: Sequence[str]) -> int:
    """How many lines of YAML or TOML are before a page; a blank line makes a rule of `---`."""
    first = lines[0].rstrip() if len(lines) > 1 and lines[1].strip() else ""
    if first not in ("---", "+++"):
        return 0
    ends = (n for n, line in enumerate(lines[1:], 2) if line.rstrip() == first)
    return next(ends, 0)


def _parted(lines: Sequence[str]) -> list[str]:
    """The lines without the words right above a deep fence, which CommonMark takes for more words.

    In an admonition or an element, tools read a fence; what is left has the same line numbers.
    """
    below = [*lines[1:], ""]
    return [
        "" if _DEEP.match(under) and _WORDS.match(line) else line
        for line, under in zip(lines, below, strict=True)
    ]


def _is_below_prose(lines: Sequence[str], number: int) -> bool:
    """Whether a line is indented by four below words, not below an admonition or a tab."""
    depth = _depth(lines[number])
    above = (line for line in reversed(lines[:number]) if line.strip() and _depth(line) < depth)
    return depth >= _CODE and bool(_PROSE.match(next(above, "")))


def _depth(line: str) -> int:
    return len(_indent(line.expandtabs(4)))


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _spans(tokens: Sequence[Token], types: set[str]) -> Iterator[tuple[int, int]]:
    for token in tokens:
        if token.type in types and token.map:
            yield token.map[0], token.map[1]


@cache
def _parser(off: tuple[str, ...] = ()) -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table").disable(["inline", *off])


SYNTAX = Markdown()
