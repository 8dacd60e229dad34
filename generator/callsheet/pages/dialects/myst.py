"""MyST Markdown, as Sphinx reads it, whatever of its extensions are on.

https://myst-parser.readthedocs.io/en/latest/syntax/typography.html
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from callsheet.pages.dialects._base import Dialect

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class _Myst(Dialect):
    #: The second line: what its `replacements` change.
    special = (
        r"[\\`*_\[\]<>&~{}$^]|:(?=[\w+-]+:)"
        r"|-(?=-)|\.(?=\.)|\+(?=-)|\((?=(?:c|r|tm|p)\))"
    )
    #: A line of `+++` breaks the page, `%` begins a comment, `(name)=` a target.
    starts = r"(?:[#+=|:%(-]|\d+(?=[.)]))"

    def struck(self, source: str) -> str:
        """Its tilde marks are an extension that a site need not have."""
        return f"<del>{source}</del>"

    def link(self, source: str, url: str, title: str) -> str:
        """What begins with a slash would be a source file to MyST, and no link where it is none."""
        if not url.startswith("/"):
            return super().link(source, url, title)
        hint = f' title="{escape(title)}"' if title else ""
        return f'<a href="{escape(url)}"{hint}>{source}</a>'

    @property
    def filters(self) -> Mapping[str, Callable[..., str]]:
        return {**super().filters, "directive": directive}

    def label(self, text: str) -> str:
        return self.plain(text)


def directive(content: str, name: str, argument: str = "", **options: str) -> str:
    """A directive around what holds any fences: its own is longer, and needs no extension."""
    longest = max(map(len, re.findall(r"`{3,}", content)), default=2)
    ticks = "`" * (longest + 1)
    lines = (f":{key.replace('_', '-')}: {value}\n" for key, value in options.items())
    head = f"{ticks}{{{name}}} {argument}".rstrip()
    return f"{head}\n{''.join(lines)}\n{content.strip(chr(10))}\n{ticks}"


DIALECT = _Myst()
