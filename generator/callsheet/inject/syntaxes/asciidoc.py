"""AsciiDoc: a comment begins in the first column; code stands between two equal lines.

https://docs.asciidoctor.org/asciidoc/latest/blocks/delimited/
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callsheet.inject.syntaxes._base import Syntax

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Listing, literal, passthrough and comment blocks, and Markdown's fences.
_DELIMITER = re.compile(r"(-{4,}|\.{4,}|\+{4,}|/{4,}|`{3})(?:\w+)?[ \t]*")


class _AsciiDoc(Syntax):
    title = "AsciiDoc"
    suffixes = (".adoc", ".asciidoc", ".asc")
    opens = "//"
    format = "asciidoc"
    indents = False

    def code(self, lines: Sequence[str]) -> set[int]:
        found, open_by = set(), ""
        for number, line in enumerate(lines):
            if open_by:
                found.add(number)
                open_by = "" if line.rstrip() == open_by else open_by
            elif match := _DELIMITER.fullmatch(line):
                open_by = match[1]
        return found


SYNTAX = _AsciiDoc()
