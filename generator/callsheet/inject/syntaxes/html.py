"""HTML: spaces before a line mean nothing but in `pre`, where they are the code's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callsheet.inject.syntaxes._base import Syntax
from callsheet.inject.syntaxes._elements import inside

if TYPE_CHECKING:
    from collections.abc import Sequence

_PRE = ("pre",)


class _Html(Syntax):
    title = "HTML"
    suffixes = (".html", ".htm")
    opens, closes = "<!--", "-->"
    format = "html"

    def code(self, lines: Sequence[str]) -> set[int]:
        return {number for number, is_text in enumerate(inside(lines)) if is_text}

    def level(self, before: Sequence[str]) -> int:
        found = re.findall(r"<h([1-6])\b", "\n".join(before), re.IGNORECASE)
        return min(int(found[-1]) + 1, 6) if found else 2

    def laid(self, content: str, indent: str, above: Sequence[str]) -> list[str]:  # noqa: ARG002
        """One element, which Prettier leaves alone (https://prettier.io/docs/ignore#html)."""
        word = self.comment("prettier-ignore")
        lines = [word, '<div class="callsheet">', *content.split("\n"), "</div>"]
        return [
            line if pre or not line else indent + line
            for line, pre in zip(lines, inside(lines, _PRE), strict=True)
        ]

    def is_same(self, lines: Sequence[str], others: Sequence[str]) -> bool:
        return _meant(lines) == _meant(others)


def _meant(lines: Sequence[str]) -> list[str]:
    """The lines without the spaces that mean nothing."""
    each = zip(lines, inside(lines, _PRE), strict=True)
    return [line if pre else line.strip() for line, pre in each]


SYNTAX = _Html()
