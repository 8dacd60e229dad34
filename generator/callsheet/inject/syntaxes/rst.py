"""reStructuredText: a comment is explicit markup; it and code go as far as lines are deeper.

https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#literal-blocks
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callsheet.inject.syntaxes._base import Syntax
from callsheet.inject.wishes import WishError

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Directives whose content is not parsed, of docutils and of Sphinx.
_LITERAL = re.compile(
    r"[ \t]*\.\. (code|code-block|sourcecode|parsed-literal|raw|math|prompt|productionlist)::"
)
_DIRECTIVE = re.compile(r"[ \t]*\.\. ([\w.+:-]+)::")
#: Where a paragraph's words begin, in an item of a list as well.
_WORDS = re.compile(r"[ \t]*(?:(?:[-*+•]|[#\w]+[.)]|\(\w+\))[ \t]+)*\w")
#: Explicit markup that is no directive, target, footnote, citation or substitution.
_COMMENT = re.compile(r"[ \t]*\.\.(?:\Z|[ \t]+(?![_\[|]|[\w.+:-]+::))")


class _Rst(Syntax):
    title = "reStructuredText"
    suffixes = (".rst", ".rest")
    opens = ".."
    format = "sphinx-rst"

    def code(self, lines: Sequence[str]) -> set[int]:
        found: set[int] = set()
        depth = -1
        for number, line in enumerate(lines):
            if not line.strip():
                # An empty comment takes nothing below a blank line.
                depth = -1 if lines[number - 1].strip() == ".." else depth
                continue
            if depth >= 0 and _depth(line) > depth:
                found.add(number)
                continue
            depth = _depth(line) if _begins_text(line) else -1
        return found

    def laid(self, content: str, indent: str, above: Sequence[str]) -> list[str]:
        """Refuses where the marker would be shown, as more words of the paragraph above it."""
        words = _WORDS.match(above[-1]) if above else None
        if words and len(words[0].expandtabs(8)) - 1 == _depth(f"{indent}."):
            way_out = "put a blank line above the marker"
            raise WishError("", "a comment below words is part of their paragraph", way_out)
        return super().laid(content, indent, above)


def _begins_text(line: str) -> bool:
    """Whether what is deeper is read as it is."""
    if _COMMENT.match(line.rstrip()):
        return True
    literal = line.rstrip().endswith("::") and not _DIRECTIVE.match(line)
    return literal or bool(_LITERAL.match(line))


def _depth(line: str) -> int:
    text = line.expandtabs(8)
    return len(text) - len(text.lstrip())


SYNTAX = _Rst()
