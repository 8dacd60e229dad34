"""Markdown to the source of a dialect, by way of its syntax tree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callsheet.pages.prose import parser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from markdown_it.tree import SyntaxTreeNode

    from callsheet.pages.dialects._base import Dialect


def written(markdown: str, dialect: Dialect, *, titled: bool) -> str:
    """What `Dialect.prose` returns."""
    from markdown_it.tree import SyntaxTreeNode

    root = SyntaxTreeNode(parser().parse(markdown))
    nodes = [node for node in root.children if not (titled and _is_title(node))]
    return _Writer(dialect).blocks(nodes) + "\n"


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
        between = "\n" if tight and not self.dialect.loose else "\n\n"
        return between.join(map(self._write, nodes))

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
        paragraphs = [child for item in node.children for child in item.children]
        tight = all(child.hidden for child in paragraphs if child.type == "paragraph")
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
