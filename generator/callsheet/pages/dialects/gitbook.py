"""GitBook: Markdown with blocks in braces, which its Git Sync reads and writes."""

from __future__ import annotations

import re

from callsheet.pages.dialects._base import Dialect
from callsheet.pages.dialects._entities import entities, entity

#: Where a block, a value or a comment of its templates may begin.
_BLOCK = re.compile(r"\{[%{#]")


class _GitBook(Dialect):
    special = r"[\\`*_\[\]<>&~$]|\{(?=[%{#])|:(?=[\w+-]+:)"

    def escape(self, special: str) -> str:
        return entity(special) if special in "{$:" else super().escape(special)

    def inline(self, code: str) -> str:
        """A code span; braces that may begin a block are entities."""
        return f"<code>{entities(code)}</code>" if _BLOCK.search(code) else super().inline(code)

    def fence(self, code: str, lexer: str) -> str:
        """A code block, raw where it holds what looks like a block of GitBook's."""
        source = super().fence(code, lexer)
        if not _BLOCK.search(code) or "endraw" in code:
            return source
        return f"{{% raw %}}\n{source}\n{{% endraw %}}"

    def label(self, text: str) -> str:
        """The title of a tab, an attribute in quotes."""
        return '"' + re.sub(r"[\"&<>{}%]", lambda found: entity(found[0]), text) + '"'


DIALECT = _GitBook()
