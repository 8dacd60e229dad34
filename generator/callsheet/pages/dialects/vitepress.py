"""VitePress: markdown-it with attributes, emoji and containers, whose HTML is a template of Vue.

What Vue would evaluate is written as entities, which VitePress keeps in the HTML that it hands on.
"""

from __future__ import annotations

import re
from html import escape

from callsheet.pages.dialects._base import Dialect
from callsheet.pages.dialects._entities import entities, entity
from callsheet.pages.dialects._shiki import NOTATION

#: What VitePress acts on in code: Shiki's notation, `@include` (read before Markdown is), and
#: blanks at the end, which it drops.
_ACTED_ON = re.compile(rf"{NOTATION.pattern}|<!--\s*@include|[^\S\n]\n?\Z|\n\n\Z")
#: Its copy button drops these prompts, and blanks around the code, where the language is a shell
#: by this very spelling (`copyCode.ts`); the highlighter knows the name in any case.
_PROMPT = re.compile(r"\A\s|^ *[$>] ", re.MULTILINE)
_SHELL = re.compile(r"(?:shell|bash|sh|zsh)")


class _VitePress(Dialect):
    special = (
        r"[\\`*_\[\]<>&~{}$]"
        # Emoji: their names and, of `markdown-it-emoji`, their smileys. And bare URLs, in which
        # escapes would be shown.
        r"|:(?=[\w+-]+:)|(?<!\w):(?=\S)|:(?=[^\s\w/]|//)|;(?=-?\))|-(?=\))"
    )

    def escape(self, special: str) -> str:
        return f"\\{special}" if special in "\\`*_[]~" else entity(special)

    def inline(self, code: str) -> str:
        """A code span; Vue reads `{{ }}` even there, and VitePress its includes."""
        if "{{" in code or "<!--" in code:
            return f"<code>{entities(code)}</code>"
        return super().inline(code)

    def image(self, text: str, url: str, title: str) -> str:
        """An image; markdown-it leaves escapes out of the text in place of it."""
        if self.plain(text) == text:
            return super().image(text, url, title)
        hint = f' title="{entities(title)}"' if title else ""
        place = url if re.match(r"[\w+-]+:|[./]", url) else f"./{url}"
        return f'<img src="{escape(place)}" alt="{entities(text)}"{hint}>'

    def fence(self, code: str, lexer: str) -> str:
        name, _, meta = lexer.partition(" ")
        if _PROMPT.search(code) and _SHELL.match(name):
            name = name.capitalize()
        if _ACTED_ON.search(code):
            return _element(code, name, meta)
        return super().fence(code, f"{name} {meta}".rstrip())

    def label(self, text: str) -> str:
        """The title of a tab, which stands in HTML."""
        return re.sub(r"[<>&\"'{}]", lambda found: entity(found[0]), text)


def _element(code: str, lexer: str, meta: str) -> str:
    """A code block as VitePress itself would write it, on one line: nothing reads that as code."""
    lines = code.removesuffix("\n").split("\n")
    spans = (f'<span class="line">{entities(line) or "<wbr>"}</span>' for line in lines)
    kind = f"language-{lexer or 'text'} vp-adaptive-theme {meta}".rstrip()
    return (
        f'<div class="{kind}"><button title="Copy Code" class="copy"></button>'
        f'<span class="lang">{lexer}</span>'
        f'<pre v-pre class="shiki vp-code"><code>{"&#10;".join(spans)}</code></pre></div>'
    )


DIALECT = _VitePress()
