"""MDX as Docusaurus reads it: it edits the source before MDX sees it, and its code by comments."""

from __future__ import annotations

import re

from callsheet.pages.dialects.mdx import Mdx, expression

#: Where a name of an emoji may start (`remark-emoji`, which reads text whatever its source was).
_EMOJI = re.compile(r"(?<=:)(?=(?:\+1|[\w-]+):)")
#: The comments that leave the code to mark lines of it (`theme.prism.magicComments`).
_MAGIC = re.compile(r"\bhighlight-(?:next-line|start|end)\b")
#: What is changed even in code: `preprocessor.js` of `@docusaurus/mdx-loader`.
_EDITED = re.compile(r"^#{1,6}(?!#).*\{#|^[> \t]*:{3,}\w+ +|mdx-code-block", re.MULTILINE)


class _Docusaurus(Mdx):
    def words(self, text: str) -> str:
        return "<></>".join(map(self.plain, _EMOJI.split(text)))

    def fence(self, code: str, lexer: str) -> str:
        """A code block; marking line 0, which is none, keeps its comments from being read."""
        meta = "{0}" if _MAGIC.search(code) else ""
        if not _EDITED.search(code):
            return super().fence(code, f"{lexer or 'text'} {meta}".rstrip())
        opening = f'<CodeBlock language="{lexer or "text"}" metastring="{meta}">'
        return f"{opening}{expression(code)}</CodeBlock>"


DIALECT = _Docusaurus()
