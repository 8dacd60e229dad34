"""MDX as ReadMe reads it: emoji by name, and variables of the reader even in code."""

from __future__ import annotations

import re

from callsheet.pages.dialects.mdx import Mdx

#: A variable of the reader; a backslash before it shows it (`@readme/variable`).
_VARIABLE = re.compile(r"\{user\.(?=[^\W\d]|\$)")


#: Where the name of an emoji or an icon may start; text is searched, whatever its source was.
_EMOJI = re.compile(r"(?<=:)(?=[\w+-]+:)")


class _ReadMe(Mdx):
    def words(self, text: str) -> str:
        return "<span></span>".join(map(super().words, _EMOJI.split(text)))

    def fence(self, code: str, lexer: str) -> str:
        return super().fence(_VARIABLE.sub(r"\\\g<0>", code), lexer or "text")


DIALECT = _ReadMe()
