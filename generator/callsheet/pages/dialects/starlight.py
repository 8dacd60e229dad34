"""MDX as Astro's Starlight reads it, whose code blocks are those of Expressive Code.

A fence whose frame is `none` keeps all lines: otherwise a comment that looks like a file's name
becomes the title, and the copy button of a terminal leaves comments out.
"""

from __future__ import annotations

import re
from html import escape

from callsheet.pages.dialects.mdx import Mdx, dashes, expression

#: What Expressive Code drops: blanks at the end of a line (as JavaScript's `trimEnd` has them),
#: and empty lines around the code.
_DROPPED = re.compile(r"[^\S\n\x1c-\x1f\x85]$|\ufeff$|\A\n|\n\n\Z", re.MULTILINE)


class _Starlight(Mdx):
    def words(self, text: str) -> str:
        return dashes(super().words(text))

    def fence(self, code: str, lexer: str) -> str:
        if lexer == "diff" or _DROPPED.search(code):
            return _element(code, lexer)
        return super().fence(code, f'{lexer or "text"} frame="none"')


def _element(code: str, lexer: str) -> str:
    """A code block as Expressive Code itself would write it, but to the byte."""
    lines = code.removesuffix("\n").split("\n")
    texts = (expression(f"{line}\n") for line in lines)
    divs = (f'<div class="ec-line"><div class="code">{text}</div></div>' for text in texts)
    return (
        '<div class="expressive-code"><figure class="frame"><figcaption class="header" />'
        f'<pre data-language="{escape(lexer)}"><code>{"".join(divs)}</code></pre>'
        '<div class="copy"><div aria-live="polite" />'
        '<button title="Copy to clipboard" data-copied="Copied!" '
        f"data-code={expression(code)}><div /></button></div></figure></div>"
    )


DIALECT = _Starlight()
