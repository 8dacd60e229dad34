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
    #: Whether what belongs to a list's item is always parted by a blank line.
    loose: ClassVar[bool] = False

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
        return re.sub(rf"\A{self.starts}", lambda found: _guarded(found[0]), source)

    def shown(self, text: str) -> str:
        """A text of the spec as words that show it as it is, wherever they stand.

        It begins no list and no heading, ends and underlines none, and keeps its blanks.
        """
        source = re.sub(r"(?<= )#(?=#*$)", r"\\#", self.line(self.words(text)))
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
        return f"[{source}]({_destination(url)}{self._hint(title)})"

    def image(self, text: str, url: str, title: str) -> str:
        """An image with its alternative text."""
        return f"![{self.plain(text)}]({_destination(url)}{self._hint(title)})"

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
        return f"{'#' * level} {source}"

    def quote(self, source: str) -> str:
        """A quotation."""
        return "\n".join(f"> {line}".rstrip() for line in source.split("\n"))

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


def _guarded(start: str) -> str:
    return f"{start}\\" if start.isdigit() else f"\\{start}"


def _destination(url: str) -> str:
    """A link's target (CommonMark, 6.3); markdown-it has escaped what no URL holds."""
    return re.sub(r"[()\\]", r"\\\g<0>", url) or "<>"
