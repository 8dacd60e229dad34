"""HTML: spaces before a line mean nothing but in `pre`, where they are the code's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callsheet.inject.syntaxes._base import Syntax

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Elements in which `<!--` is text (HTML, 13.1.2: raw text and escapable raw text elements), and
#: where code stands.
_RAW = re.compile(r"<(/?)(script|style|textarea|title|pre)\b", re.IGNORECASE)
_PRE = re.compile(r"<(/?)pre\b", re.IGNORECASE)


class _Html(Syntax):
    title = "HTML"
    suffixes = (".html", ".htm")
    opens, closes = "<!--", "-->"
    format = "html"

    def code(self, lines: Sequence[str]) -> set[int]:
        return {number for number, inside in enumerate(_inside(lines, _RAW)) if inside}

    def level(self, before: Sequence[str]) -> int:
        found = re.findall(r"<h([1-6])\b", "\n".join(before), re.IGNORECASE)
        return min(int(found[-1]) + 1, 6) if found else 2

    def laid(self, content: str, indent: str) -> list[str]:
        """One element, which Prettier leaves alone (https://prettier.io/docs/ignore#html)."""
        word = self.comment("prettier-ignore")
        lines = [word, '<div class="callsheet">', *content.split("\n"), "</div>"]
        inside = _inside(lines, _PRE)
        return [
            line if pre or not line else indent + line
            for line, pre in zip(lines, inside, strict=True)
        ]

    def is_same(self, lines: Sequence[str], others: Sequence[str]) -> bool:
        return _meant(lines) == _meant(others)


def _meant(lines: Sequence[str]) -> list[str]:
    """The lines without the spaces that mean nothing."""
    inside = _inside(lines, _PRE)
    return [line if pre else line.strip() for line, pre in zip(lines, inside, strict=True)]


def _inside(lines: Sequence[str], tag: re.Pattern[str]) -> list[bool]:
    """Of each line, whether it begins within such an element."""
    return list(_each_inside(lines, tag))


def _each_inside(lines: Sequence[str], tag: re.Pattern[str]) -> Iterator[bool]:
    inside = False
    for line in lines:
        yield inside
        for found in tag.finditer(line):
            inside = not found[1]


SYNTAX = _Html()
