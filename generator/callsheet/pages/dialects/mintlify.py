"""MDX as Mintlify reads it: SmartyPants, mathematics and Shiki's notation."""

from __future__ import annotations

from callsheet.pages.dialects._shiki import NOTATION
from callsheet.pages.dialects.mdx import Mdx, dashes, element


class _Mintlify(Mdx):
    def words(self, text: str) -> str:
        return dashes(super().words(text))

    def fence(self, code: str, lexer: str) -> str:
        return element(code) if NOTATION.search(code) else super().fence(code, lexer or "text")


DIALECT = _Mintlify()
