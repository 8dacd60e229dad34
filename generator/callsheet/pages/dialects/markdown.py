"""Markdown as GitHub and most other readers take it: what the author wrote stays as it is."""

from __future__ import annotations

from callsheet.pages.dialects._base import Dialect


class _Markdown(Dialect):
    special = r"[\\`*_\[\]<>&~$]"  # GitHub takes `$x$` for mathematics

    def prose(self, markdown: str, *, titled: bool = False) -> str:
        return super().prose(markdown, titled=True) if titled else markdown


DIALECT = _Markdown()
