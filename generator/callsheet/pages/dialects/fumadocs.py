"""MDX as Fumadocs reads it: Shiki's notation, and names at the end of a heading, `[#name]`."""

from __future__ import annotations

from callsheet.pages.dialects._shiki import NOTATION
from callsheet.pages.dialects.mdx import Mdx, element, nameless


class _Fumadocs(Mdx):
    def heading(self, level: int, source: str) -> str:
        return super().heading(level, nameless(source))

    def fence(self, code: str, lexer: str) -> str:
        return element(code) if NOTATION.search(code) else super().fence(code, lexer or "text")


DIALECT = _Fumadocs()
