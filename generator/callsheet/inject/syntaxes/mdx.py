"""MDX: comments are JavaScript's, between braces (https://mdxjs.com/docs/what-is-mdx/#comments)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.inject.syntaxes.markdown import Markdown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token


class _Mdx(Markdown):
    title = "MDX"
    suffixes = (".mdx",)
    opens, closes = "{/*", "*/}"
    format = "docusaurus"
    unread = ("code", "html_block")  # what stands in an element is Markdown, blank line or not

    def indented(self, lines: Sequence[str], tokens: Sequence[Token]) -> set[int]:  # noqa: ARG002
        """MDX has no indented code."""
        return set()

    def each_ignored(self, content: str) -> str:
        """Prettier moves a tag to the first column where another stands on the line above it."""
        lines = super().each_ignored(content).split("\n")
        code = self.code(lines)
        tags = [line.startswith("<") and n not in code for n, line in enumerate(lines)]
        pairs = zip(lines, tags, [False, *tags], strict=False)
        return "\n".join(f"\n{line}" if tag and before else line for line, tag, before in pairs)

    def fenced_off(self, start: str, content: str, end: str) -> list[str]:
        """Prettier takes comments without a blank line between them for one paragraph."""
        return ["", *super().fenced_off(start, content, end), ""]


SYNTAX = _Mdx()
