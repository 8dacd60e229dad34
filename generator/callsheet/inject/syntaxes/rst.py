"""reStructuredText: a comment is an explicit markup block; code is what is deeper than its start.

https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#literal-blocks
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callsheet.inject.syntaxes._base import Syntax

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Directives whose content is not parsed, of docutils and of Sphinx.
_LITERAL = re.compile(
    r"[ \t]*\.\. (code|code-block|sourcecode|parsed-literal|raw|math|prompt|productionlist)::"
)
_DIRECTIVE = re.compile(r"[ \t]*\.\. ([\w.+:-]+)::")


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
                continue
            if depth >= 0 and _depth(line) > depth:
                found.add(number)
                continue
            depth = _depth(line) if _begins_code(line) else -1
        return found


def _begins_code(line: str) -> bool:
    literal = line.rstrip().endswith("::") and not _DIRECTIVE.match(line)
    return literal or bool(_LITERAL.match(line))


def _depth(line: str) -> int:
    text = line.expandtabs(8)
    return len(text) - len(text.lstrip())


SYNTAX = _Rst()
