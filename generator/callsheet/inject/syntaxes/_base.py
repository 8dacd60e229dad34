"""What a type of file differs in: its comments, its code, and how a block stands in it."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence


class Syntax:
    """A type of file.

    Attributes:
        title: As messages name it.
        suffixes: Of its files, in lower case.
        opens: What begins a comment.
        closes: What ends one; "" where the line does.
        format: What its blocks are printed in where nobody says.
        indents: Whether a comment may stand behind spaces.
    """

    title: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]
    opens: ClassVar[str]
    closes: ClassVar[str] = ""
    format: ClassVar[str]
    indents: ClassVar[bool] = True

    @cached_property
    def marker(self) -> re.Pattern[str]:
        """Where in a line a marker begins; its word is group 1."""
        return re.compile(rf"{re.escape(self.opens)}[ \t]*callsheet:(\w*)")

    def comment(self, text: str) -> str:
        """A comment of one line."""
        return f"{self.opens} {text} {self.closes}".rstrip()

    def code(self, lines: Sequence[str]) -> set[int]:
        """Numbers, from 0, of the lines that are code, in which nothing is a marker."""
        raise NotImplementedError

    def level(self, before: Sequence[str]) -> int:  # noqa: ARG002  where headings have levels
        """How deep the headings of a block are that stands below these lines."""
        return 2

    def laid(self, content: str, indent: str, above: Sequence[str]) -> list[str]:  # noqa: ARG002
        """The lines between the markers.

        Args:
            content: What a format printed, without a line break at its end.
            indent: What stands before the marker.
            above: The author's lines before the marker, those of code left out.

        Raises:
            WishError: The block cannot stand there.
        """
        lines = ["", *content.split("\n"), ""] if content else [""]
        return [f"{indent}{line}" if line else "" for line in lines]

    def bare(self, lines: Sequence[str]) -> str:
        """What an author writes of lines: their words, whatever the spaces and line breaks between.

        A formatter may move an ignored block of a list too far, part its lines or wrap them
        (Prettier 3.10 does): that is to be put right, not taken for an edit.
        """
        return " ".join(" ".join(lines).split())

    def is_same(self, lines: Sequence[str], others: Sequence[str]) -> bool:
        """Whether lines need not be replaced by others."""
        return list(lines) == list(others)
