"""Python-Markdown with PyMdown Extensions, as Material for MkDocs and Zensical set it up.

What belongs to a list's item stands four spaces deep. The Snippets extension includes files even
from within code: `;` in front of its mark prints it (its documentation, "Escaping").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callsheet.pages.dialects._base import Dialect, encoded

if TYPE_CHECKING:
    from collections.abc import Sequence

#: `RE_ALL_SNIPPETS` of pymdownx/snippets.py; there may be escapes already.
_INCLUDE = re.compile(r"^([ \t]*)(;*-{1,}8<-{1,})", re.MULTILINE)
_ESCAPED_INCLUDE = re.compile(r"^([ \t]*);(;*-{1,}8<-{1,})", re.MULTILINE)
#: Of `Markdown.ESCAPED_CHARS`; a backslash before anything else is shown, or opens mathematics.
_ESCAPED = "\\`*_{}>#+-.!"
#: A code span whole, or a bar outside one.
_CODE_OR_BAR = re.compile(r"((?<![`\\])(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))|\|")
#: What names a language in a code span.
_NAMED = re.compile(r"(?::{3,}|#!)[\w#.+-]*\s")
#: What begins a block that is no paragraph; a paragraph has escaped such signs.
_BLOCK = re.compile(r"```|[>|\ufdd0]|-\s|\d+\.\s")
#: The same, but lists.
_NO_LIST = re.compile(r"```|[>|#\ufdd0]")


class _MkDocs(Dialect):
    #: The second line: keys, bare URLs and addresses (MagicLink), and what SmartSymbols makes one
    #: sign, `(c)` and `1/2`.
    special = (
        r"[\\`*_\[\]<>&~{}$^]|=(?==)|:(?=[\w+-]+:)"
        r"|\+(?=\+)|(?<=\+)\+|:(?=//)|(?<=\bwww)\.|@|\((?=(?:c|r|tm)\))|(?<=[\d+=c])/(?=[\d=o-])"
    )
    #: `!!!` begins an admonition, `???` one that folds.
    starts = rf"(?:{Dialect.starts}|!(?=!!)|\?(?=\?\?))"
    step = 4

    def escape(self, special: str) -> str:
        return f"\\{special}" if special in _ESCAPED else f"&#{ord(special)};"

    def inline(self, code: str) -> str:
        """A code span; the name of a language at its start would go (InlineHilite)."""
        return f"<code>{self.plain(code)}</code>" if _NAMED.match(code) else super().inline(code)

    def unclosed(self, source: str) -> str:
        """Here any `#` at the end of a heading goes: that of `C#` too."""
        return re.sub(r"#+$", lambda found: "\\#" * len(found[0]), source)

    def target(self, url: str) -> str:
        """A link's target; quotes would begin its title, and dollars are mathematics even here."""
        return super().target(encoded(url, "'$"))

    def joined(self, blocks: Sequence[str], *, tight: bool) -> str:
        """Blocks; a list alone is read without a blank line above it, below a paragraph."""
        above, last = blocks[:-1], "".join(blocks[-1:])
        parted = any(map(_BLOCK.match, above)) or (above and _NO_LIST.match(last))
        tight = tight and not parted and "\n\n" not in last
        return super().joined(blocks, tight=tight)

    def quote(self, source: str) -> str:
        """A quotation; no file is included in one, and the escape of that would be shown."""
        return super().quote(_ESCAPED_INCLUDE.sub(r"\1\2", source))

    def items(self, items: Sequence[str], first: int | None, *, tight: bool) -> str:
        """A list; only text stands beside a marker, and a tight list has no blank lines."""
        begun = [f"{self.apart()}\n\n{item}" if _BLOCK.match(item) else item for item in items]
        tight = tight and not any("\n\n" in item for item in begun)
        return super().items(begun, first, tight=tight)

    def fence(self, code: str, lexer: str) -> str:
        return super().fence(_INCLUDE.sub(r"\1;\2", code), lexer)

    def cell(self, source: str) -> str:
        """A bar in code ends no cell, and its escape would be shown (`extensions/tables.py`)."""
        return _CODE_OR_BAR.sub(lambda found: found[1] or "\\|", " ".join(source.split()))

    def label(self, text: str) -> str:
        return f'"{self.plain(text).replace(chr(34), "&quot;")}"'

    def ends(self) -> str:
        return "  \n"

    def struck(self, source: str) -> str:
        """Its tilde marks are an extension that a site need not have."""
        return f"<del>{source}</del>"

    def _hint(self, title: str) -> str:
        return f' "{self.plain(title).replace(chr(34), "&quot;")}"' if title else ""


DIALECT = _MkDocs()
