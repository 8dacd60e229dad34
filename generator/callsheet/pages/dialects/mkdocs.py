"""Python-Markdown with PyMdown Extensions, as Material for MkDocs and Zensical set it up.

What belongs to a list's item stands four spaces deep. The Snippets extension includes files even
from within code: `;` in front of its mark prints it (its documentation, "Escaping").
"""

from __future__ import annotations

import re

from callsheet.pages.dialects._base import Dialect

#: `RE_ALL_SNIPPETS` of pymdownx/snippets.py; there may be escapes already.
_INCLUDE = re.compile(r"^([ \t]*)(;*-{1,}8<-{1,})", re.MULTILINE)
#: Of `Markdown.ESCAPED_CHARS`; a backslash before anything else is shown, or opens mathematics.
_ESCAPED = "\\`*_{}>#+-.!"
#: A code span whole, or a bar outside one.
_CODE_OR_BAR = re.compile(r"((?<![`\\])(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))|\|")


class _MkDocs(Dialect):
    #: The last two: what SmartSymbols makes one sign, `(c)` and `1/2`.
    special = (
        r"[\\`*_\[\]<>&~{}$^]|=(?==)|:(?=[\w+-]+:)"
        r"|\((?=(?:c|r|tm)\))|(?<=[\d+=c])/(?=[\d=o-])"
    )
    step = 4

    def escape(self, special: str) -> str:
        return f"\\{special}" if special in _ESCAPED else f"&#{ord(special)};"

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
