"""AsciiDoc: a comment begins in the first column; code stands between two equal lines.

https://docs.asciidoctor.org/asciidoc/latest/blocks/delimited/
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callsheet.inject.syntaxes._base import Syntax
from callsheet.inject.wishes import WishError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: What is read as it is: listing, literal, passthrough and comment blocks, and Markdown's fences.
_VERBATIM = re.compile(r"(-{4,}\Z|\.{4,}\Z|\+{4,}\Z|/{4,}\Z|`{3}(?=\w*\Z))")
#: What holds blocks: example, sidebar, quote and open blocks, and tables.
_CONTAINER = re.compile(r"(={4,}|\*{4,}|_{4,}|--|[|,:!]={3,})\Z")


class _AsciiDoc(Syntax):
    title = "AsciiDoc"
    suffixes = (".adoc", ".asciidoc", ".asc")
    opens = "//"
    format = "asciidoc"
    indents = False

    def code(self, lines: Sequence[str]) -> set[int]:
        each = enumerate(_opened(lines))
        return {number for number, around in each if around and _VERBATIM.match(around[-1])}

    def laid(self, content: str, indent: str, above: Sequence[str]) -> list[str]:
        """Refuses where Asciidoctor would end what is around a block; elsewhere it may stand."""
        lines = content.split("\n")
        *_, around = _opened([*above, ""])
        ended = next((line for line in lines if line in around), "")
        other = "====" if ended == "--" else ended + ended[-1:]
        if ended:
            way_out = f"begin and end what is around the block with `{other}`, not `{ended}`"
            raise WishError("", "this block would end what stands around it", way_out)
        if above and above[-1].rstrip() == "+":
            way_out = "put lines `====` (or `--` where it holds no tabs) around the markers"
            raise WishError("", "a comment behind `+` ends the item of the list", way_out)
        return super().laid(content, indent, above)


def _opened(lines: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Of each line, the delimiters that are open where it begins."""
    around: tuple[str, ...] = ()
    above = ""
    for line in lines:
        yield around
        text = line.rstrip()
        found = _VERBATIM.match(text) or _CONTAINER.match(text)
        if text in around:
            around = around[: around.index(text)]
        elif found and not (around and _VERBATIM.match(around[-1])) and not _is_rule(above, text):
            around = (*around, found[1])
        above = text


def _is_rule(above: str, text: str) -> bool:
    """Whether a line makes a title of the line above it, as long as that give or take one."""
    is_title = bool(re.match(r"\w", above)) and abs(len(above) - len(text)) <= 1
    return is_title and text[0] in "=-+"


SYNTAX = _AsciiDoc()
