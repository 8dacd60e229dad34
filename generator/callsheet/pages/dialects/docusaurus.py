"""MDX as Docusaurus reads it: it edits the source before MDX sees it, and its code by comments."""

from __future__ import annotations

import re

from callsheet.pages.dialects.mdx import NOTHING, Mdx, expression

#: Where a name of an emoji may start (`remark-emoji`, which reads text whatever its source was).
_EMOJI = re.compile(r"(?<=:)(?=(?:\+1|[\w-]+):)")
#: The comments that leave the code to mark lines of it (`theme.prism.magicComments`).
_MAGIC = re.compile(r"\bhighlight-(?:next-line|start|end)\b")
#: What is changed even in code: `preprocessor.js` of `@docusaurus/mdx-loader`.
_EDITED = re.compile(r"^#{1,6}(?!#).*\{#|^[> \t]*:{3,}\w+ +|mdx-code-block", re.MULTILINE)
#: What would become the name of a heading; it takes the last of them.
_NAME = re.compile(r"\s*\\\{#(?:(?!\\\}).)+\\\}\Z")


class _Docusaurus(Mdx):
    def words(self, text: str) -> str:
        return NOTHING.join(map(super().words, _EMOJI.split(text)))

    def heading(self, level: int, source: str) -> str:
        name = _NAME.search(source)
        return super().heading(level, f"{source}{name[0]}" if name else source)

    def fence(self, code: str, lexer: str) -> str:
        """A code block; marking line 0, which is none, keeps its comments from being read."""
        meta = "{0}" if _MAGIC.search(code) else ""
        name = "text" if lexer in ("", "mdx-code-block") else lexer
        if not _EDITED.search(code):
            return super().fence(code, f"{name} {meta}".rstrip())
        opening = f'<CodeBlock language="{name}" metastring="{meta}">'
        return f"{opening}{expression(code)}</CodeBlock>"


DIALECT = _Docusaurus()
