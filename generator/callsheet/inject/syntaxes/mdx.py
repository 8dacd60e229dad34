"""MDX: comments are JavaScript's, between braces (https://mdxjs.com/docs/what-is-mdx/#comments)."""

from __future__ import annotations

from callsheet.inject.syntaxes.markdown import Markdown


class _Mdx(Markdown):
    title = "MDX"
    suffixes = (".mdx",)
    opens, closes = "{/*", "*/}"
    format = "docusaurus"
    unread = ("code", "html_block")  # what stands in an element is Markdown, blank line or not

    def fenced_off(self, start: str, content: str, end: str) -> list[str]:
        """Prettier takes comments without a blank line between them for one paragraph."""
        return ["", *super().fenced_off(start, content, end), ""]


SYNTAX = _Mdx()
