"""Python-Markdown with PyMdown Extensions, as Material for MkDocs and Zensical set it up.

What belongs to a list's item stands four spaces deep. The Snippets extension includes files even
from within code: `;` in front of its mark prints it (its documentation, "Escaping").
"""

from __future__ import annotations

import re

from callsheet.pages.dialects._base import Dialect

#: `RE_ALL_SNIPPETS` of pymdownx/snippets.py; there may be escapes already.
_INCLUDE = re.compile(r"^([ \t]*)(;*-{1,}8<-{1,})", re.MULTILINE)
#: `Markdown.ESCAPED_CHARS`; a backslash before anything else is shown.
_ESCAPED = "\\`*_{}[]>#+-.!"


class _MkDocs(Dialect):
    special = r"[\\`*_\[\]<>&~{}$^]|=(?==)|:(?=[\w+-]+:)"
    step = 4

    def escape(self, special: str) -> str:
        return f"\\{special}" if special in _ESCAPED else f"&#{ord(special)};"

    def fence(self, code: str, lexer: str) -> str:
        return super().fence(_INCLUDE.sub(r"\1;\2", code), lexer)

    def label(self, text: str) -> str:
        return f'"{self.plain(text).replace(chr(34), "&quot;")}"'

    def ends(self) -> str:
        return "  \n"


DIALECT = _MkDocs()
