"""Markdown to the source of a dialect, by way of its syntax tree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callsheet.pages.prose import parser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from markdown_it.tree import SyntaxTreeNode

    from callsheet.pages.dialects._base import Dialect


def written(markdown: str, dialect: Dialect, *, titled: bool) -> str:
    """What `Dialect.prose` returns."""
    from markdown_it.tree import SyntaxTreeNode

    nodes = SyntaxTreeNode(parser().parse(markdown)).children
    title = next(filter(_is_title, nodes), None) if titled else None
    return _Writer(dialect).blocks(node for node in nodes if node is not title) + "\n"


_LISTS = {"bullet_list", "ordered_list"}


def _lexer(info: str) -> str:
    """The name at the start of a fence; what is no name would be read as something else."""
    name = (info.split() or [""])[0]
    return name if re.fullmatch(r"[\w+#.-]*", name) else "text"


def _is_title(node: SyntaxTreeNode) -> bool:
    return node.type == "heading" and node.tag == "h1"


class _Writer:
    """Writes nodes of a tree, each kind by the method of its name."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect

    def blocks(self, nodes: Iterable[SyntaxTreeNode], *, tight: bool = False) -> str:
        written = list(self._parted(nodes))
        tight = tight and self.dialect.apart() not in written
        return self.dialect.joined(written, tight=tight)

    def _parted(self, nodes: Iterable[SyntaxTreeNode]) -> Iterator[str]:
        """The blocks, but no heading that is empty, and what keeps two lists apart."""
        last = ""
        for node in nodes:
            if self._goes_on(last, node.type):
                yield self.dialect.apart()
            if node.type != "heading" or self._within(node).strip():
                yield self._write(node)
            last = node.type

    def _goes_on(self, last: str, kind: str) -> bool:
        """Whether a list would be read as part of the block above it."""
        return {last, kind} <= _LISTS and (kind == last or self.dialect.mixes)

    def _write(self, node: SyntaxTreeNode) -> str:
        write: Callable[[SyntaxTreeNode], str] = getattr(self, f"_{node.type}")
        return write(node)

    def _within(self, node: SyntaxTreeNode) -> str:
        return "".join(map(self._write, node.children))

    # --- blocks

    def _heading(self, node: SyntaxTreeNode) -> str:
        return self.dialect.heading(int(node.tag[1:]), self._within(node))

    def _paragraph(self, node: SyntaxTreeNode) -> str:
        return "\n".join(map(self.dialect.line, self._within(node).split("\n")))

    def _blockquote(self, node: SyntaxTreeNode) -> str:
        return self.dialect.quote(self.blocks(node.children))

    def _bullet_list(self, node: SyntaxTreeNode, first: int | None = None) -> str:
        blocks = [child for item in node.children for child in item.children]
        paragraphs = [child for child in blocks if child.type == "paragraph"]
        tight = bool(paragraphs) and all(child.hidden for child in paragraphs)
        items = [self.blocks(item.children, tight=tight) for item in node.children]
        return self.dialect.items(items, first, tight=tight)

    def _ordered_list(self, node: SyntaxTreeNode) -> str:
        return self._bullet_list(node, int(node.attrs.get("start", 1)))

    def _fence(self, node: SyntaxTreeNode) -> str:
        return self.dialect.fence(node.content, _lexer(node.info))

    _code_block = _fence

    def _hr(self, _: SyntaxTreeNode) -> str:
        return self.dialect.rule()

    def _table(self, node: SyntaxTreeNode) -> str:
        rows = [row.children for part in node.children for row in part.children]
        aligns = [str(cell.attrs.get("style", "")).removeprefix("text-align:") for cell in rows[0]]
        return self.dialect.table([[self._within(cell) for cell in row] for row in rows], aligns)

    # --- inside a line

    def _inline(self, node: SyntaxTreeNode) -> str:
        return self._within(node)

    def _text(self, node: SyntaxTreeNode) -> str:
        return self.dialect.words(node.content)

    def _code_inline(self, node: SyntaxTreeNode) -> str:
        return self.dialect.inline(node.content)

    def _em(self, node: SyntaxTreeNode) -> str:
        return self.dialect.emphasis(self._within(node))

    def _strong(self, node: SyntaxTreeNode) -> str:
        return self.dialect.strong(self._within(node))

    def _s(self, node: SyntaxTreeNode) -> str:
        return self.dialect.struck(self._within(node))

    def _link(self, node: SyntaxTreeNode) -> str:
        title = str(node.attrs.get("title", ""))
        return self.dialect.link(self._within(node), str(node.attrs["href"]), title)

    def _image(self, node: SyntaxTreeNode) -> str:
        leaves = (leaf for leaf in node.walk() if leaf is not node and not leaf.children)
        text = "".join(leaf.content for leaf in leaves)
        title = str(node.attrs.get("title", ""))
        return self.dialect.image(text, str(node.attrs["src"]), title)

    def _softbreak(self, _: SyntaxTreeNode) -> str:
        return "\n"

    def _hardbreak(self, _: SyntaxTreeNode) -> str:
        return self.dialect.ends()
