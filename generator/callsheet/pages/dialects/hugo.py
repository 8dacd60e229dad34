"""Goldmark as Hugo sets it up. Hugo reads shortcodes first, within code as well.

What would be one goes through the built-in shortcode `param`, which prints a value of the page's
head as it is: `braces`, `dash`. A format's page names them.
https://gohugo.io/configuration/markup/#goldmark
"""

from __future__ import annotations

import re

from callsheet.pages.dialects._base import Dialect

#: How a shortcode begins; and what parts a page's summary from the rest, in code too.
_OPENS = re.compile(r"\{\{(?=[<%])")
_MORE = re.compile(r"(?<=<!-)-(?=more-->)")
#: What a backslash makes mathematics of, where a site sets that up.
_ENTITIES = "[]{}$\\"


class _Hugo(Dialect):
    #: Quotes, dashes and dots are what the Typographer changes; then what Extras, emoji and
    #: Linkify do, which would cut a URL short at what is escaped in it.
    special = (
        r"[\\`*_\[\]<>&~{}$^\"']|-(?=-)|\.(?=\.\.)|=(?==)|\+(?=\+)|:(?=[\w+-]+:)"
        r"|:(?=//)|(?<=\bwww)\.|@"
    )

    def escape(self, special: str) -> str:
        return f"&#{ord(special)};" if special in _ENTITIES else f"\\{special}"

    def inline(self, code: str) -> str:
        return _guarded(super().inline(code))

    def fence(self, code: str, lexer: str) -> str:
        return _guarded(super().fence(code, lexer))

    def _hint(self, title: str) -> str:
        """A hint as it is: the themes print it without reading its escapes."""
        if not title:
            return ""
        mark = next((mark for mark in ('"', "'") if mark not in title), "")
        return f" {mark}{title}{mark}" if mark else f" '{title.replace(chr(39), '&#39;')}'"

    def link(self, source: str, url: str, title: str) -> str:
        return _guarded(super().link(source, url, title))

    def image(self, text: str, url: str, title: str) -> str:
        return _guarded(super().image(text, url, title))


def _guarded(source: str) -> str:
    return _MORE.sub("{{% param dash %}}", _OPENS.sub("{{% param braces %}}", source))


DIALECT = _Hugo()
