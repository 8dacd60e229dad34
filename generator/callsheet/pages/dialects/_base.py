"""The syntax of CommonMark, which a dialect's subclass changes where its tool reads it otherwise.

Every method takes text as a reader shall see it, or what another method made, and returns source.
What a page's author wrote is parsed and written anew, so that nothing of it can mean anything in
the tool's own syntax.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, ClassVar

from callsheet.render import indented

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


class Dialect:
    """CommonMark with the tables and the strikethrough of GitHub."""

    #: What is escaped wherever it stands, and what only where a line begins.
    special: ClassVar[str] = r"[\\`*_\[\]<>&~]"
    starts: ClassVar[str] = r"(?:[#+=|:-]|\d+(?=[.)]))"
    #: Spaces before what belongs to a list's item; 0 is as many as its marker is wide.
    step: ClassVar[int] = 0
    #: Whether a list would go on within an item of one of another kind above it.
    mixes: ClassVar[bool] = False

    def prose(self, markdown: str, *, titled: bool = False) -> str:
        """A page's Markdown, with a mark on a line of its own for each block.

        Args:
            markdown: What the page's author wrote, marks included.
            titled: Whether the tool prints the title itself, so that the first heading goes.
        """
        from callsheet.pages.dialects._writer import written

        return written(markdown, self, titled=titled)

    # --- inside a line

    def plain(self, text: str) -> str:
        """Text that shows itself (CommonMark, 2.4)."""
        return re.sub(self.special, lambda found: self.escape(found[0]), text)

    def escape(self, special: str) -> str:
        """Something special as text."""
        return f"\\{special}"

    def words(self, text: str) -> str:
        """Text of a paragraph, a heading or a cell; that of attributes is `plain`."""
        return self.plain(text)

    def line(self, source: str) -> str:
        """A line of a paragraph, which begins no block of another kind."""
        return re.sub(rf"\A{self.starts}", lambda found: self.guard(found[0]), source)

    def guard(self, start: str) -> str:
        """The start of a block as text; a number's sign stands behind it."""
        return f"{start}\\" if start.isdigit() else self.escape(start)

    def shown(self, text: str) -> str:
        """A text of the spec as words that show it as it is, wherever they stand.

        It begins no list and no heading, ends and underlines none, and keeps its blanks.
        """
        source = self.unclosed(self.line(self.words(text)))
        return re.sub(r"^ +| +$", lambda blanks: "&#32;" * len(blanks[0]), source)

    def inline(self, code: str) -> str:
        """A code span (CommonMark, 6.1)."""
        longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
        ticks = "`" * (longest + 1)
        edges = code[:1] + code[-1:]
        pad = " " if "`" in edges or (edges == "  " and code.strip()) or not code else ""
        return f"{ticks}{pad}{code}{pad}{ticks}"

    def emphasis(self, source: str) -> str:
        """Stressed text."""
        return f"*{source}*"

    def strong(self, source: str) -> str:
        """Important text."""
        return f"**{source}**"

    def struck(self, source: str) -> str:
        """Text that holds no more."""
        return f"~~{source}~~"

    def link(self, source: str, url: str, title: str) -> str:
        """A link; its title is a hint, or ""."""
        return f"[{source}]({self.target(url)}{self._hint(title)})"

    def image(self, text: str, url: str, title: str) -> str:
        """An image with its alternative text."""
        return f"![{self.plain(text)}]({self.target(url)}{self._hint(title)})"

    def target(self, url: str) -> str:
        """A link's target (CommonMark, 6.3); markdown-it has escaped what no URL holds.

        Parentheses in pairs need no escape, and some tools would show one; others are encoded.
        """
        return (url if _is_paired(url) else encoded(url, "()")) or "<>"

    def _hint(self, title: str) -> str:
        return f' "{self.plain(title).replace(chr(34), chr(92) + chr(34))}"' if title else ""

    def ends(self) -> str:
        """What ends a line within a paragraph."""
        return "\\\n"

    # --- blocks

    def fence(self, code: str, lexer: str) -> str:
        """A code block, its fence longer than any run of backticks in it (CommonMark, 4.5)."""
        longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
        ticks = "`" * max(3, longest + 1)
        return f"{ticks}{lexer}\n{code.removesuffix(chr(10))}\n{ticks}"

    def heading(self, level: int, source: str) -> str:
        """A heading of a level from 1 to 6."""
        return f"{'#' * level} {self.unclosed(source)}"

    def unclosed(self, source: str) -> str:
        """A heading's text whose last `#` are no end of it (CommonMark, 4.2)."""
        return re.sub(r"(?<![^ ])#(?=#*$)", r"\\#", source)

    def quote(self, source: str) -> str:
        """A quotation."""
        return "\n".join(f"> {line}" if line else ">" for line in source.split("\n"))

    def joined(self, blocks: Sequence[str], *, tight: bool) -> str:
        """Blocks one below the other; in an item of a tight list without blank lines."""
        return ("\n" if tight else "\n\n").join(blocks)

    def apart(self) -> str:
        """What parts a list from another that follows it, so that they stay two."""
        return "<!-- -->"

    def items(self, items: Sequence[str], first: int | None, *, tight: bool) -> str:
        """A list.

        Args:
            items: What each holds.
            first: The number of the first; None has no numbers.
            tight: Whether there are no blank lines between them.
        """
        made = (self._item(item, first, index) for index, item in enumerate(items))
        return ("\n" if tight else "\n\n").join(made)

    def _item(self, item: str, first: int | None, index: int) -> str:
        marker = "- " if first is None else f"{first + index}. "
        width = max(self.step, len(marker))
        return marker.ljust(width) + indented(item, width)

    def rule(self) -> str:
        """A line across."""
        return "---"

    def cell(self, source: str) -> str:
        """What stands in a cell of a table: one line, its bars escaped (GFM, 4.10)."""
        return re.sub(r"\s*[\r\n]\s*", " ", source).replace("|", "\\|")

    def table(self, rows: Sequence[Sequence[str]], aligns: Sequence[str]) -> str:
        """A table.

        Args:
            rows: Cells, the head's first.
            aligns: Of each column: "left", "center", "right" or "".
        """
        under = [f"{':' * (a in _LEFT)}---{':' * (a in _RIGHT)}" for a in aligns]
        lines = [[self.cell(cell) for cell in row] for row in rows]
        return "\n".join(f"| {' | '.join(line)} |" for line in (lines[0], under, *lines[1:]))

    def label(self, text: str) -> str:
        """The title of a tab, with its quotes."""
        return quoted(text)

    # --- templates

    @property
    def filters(self) -> Mapping[str, Callable[..., str]]:
        """What a format's templates may do with a text."""
        return {
            "plain": self.shown,
            "inline": self.inline,
            "fence": self.fence,
            "cell": self.cell,
            "prose": self.prose,
            "quoted": quoted,
            "label": self.label,
        }


_LEFT, _RIGHT = ("left", "center"), ("right", "center")


def quoted(text: str) -> str:
    """A JSON string, which YAML and JavaScript read as well."""
    return (
        json.dumps(text, ensure_ascii=False)
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


def encoded(url: str, signs: str) -> str:
    """A URL with some signs percent-encoded."""
    return re.sub(f"[{re.escape(signs)}]", lambda sign: f"%{ord(sign[0]):02X}", url)


def _is_paired(url: str) -> bool:
    """Whether each parenthesis has its other one."""
    depth = 0
    for sign in re.findall(r"[()]", url):
        depth += 1 if sign == "(" else -1
        if depth < 0:
            return False
    return depth == 0
