"""MDX as Nextra reads it: SmartyPants, code by Rehype Pretty Code, and names of headings."""

from __future__ import annotations

import re

from callsheet.pages.dialects.mdx import Mdx, dashes, nameless


class _Nextra(Mdx):
    def words(self, text: str) -> str:
        return dashes(super().words(text))

    def inline(self, code: str) -> str:
        """A code span; `{:js}` at its end would name its language (rehype-pretty-code)."""
        return super().inline(re.sub(r"\\?\{:[a-zA-Z.-]+\}$", r"\\\g<0>", code))

    def heading(self, level: int, source: str) -> str:
        return super().heading(level, nameless(source))

    def fence(self, code: str, lexer: str) -> str:
        """A code block with a copy button, whatever the site's default is."""
        return super().fence(code, f"{lexer or 'text'} copy")


DIALECT = _Nextra()
