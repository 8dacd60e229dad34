"""A file's text + the snippets of specs to the text with its blocks filled.

All that is outside of the markers stays as it is, byte for byte: line breaks of every kind, a byte
order mark, spaces, a missing line break at the end.
"""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from callsheet.inject import syntaxes
from callsheet.inject.imports import Imports
from callsheet.inject.markers import Scan
from callsheet.inject.page import Page
from callsheet.inject.wishes import WishError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from callsheet.errors import Diagnostic
    from callsheet.inject.markers import Marked
    from callsheet.inject.page import Printed
    from callsheet.sheet import Sheet

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_BOM = "\ufeff"
#: Hexadecimal digits of a hash in a marker: 48 bits, since nobody attacks it.
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Filled:
    """What came of a file.

    Attributes:
        text: The whole of it; blocks that were edited by hand are as they were.
        blocks: How many it holds.
        faults: Of its markers; the text is as it was where there are any.
        edited: A fault for each block that was edited by hand.
    """

    text: str
    blocks: int = 0
    faults: tuple[Diagnostic, ...] = ()
    edited: tuple[Diagnostic, ...] = ()


def fill(
    text: str, path: Path, sheets: Mapping[str, Sheet], *, form: str = "", force: bool = False
) -> Filled:
    """Fills the blocks of a file.

    Args:
        text: The file's, its line breaks and byte order mark as they are.
        path: The file, as a user types it; its suffix says how comments are written.
        sheets: The name of a spec → its snippets.
        form: The page format of blocks that name none; "" takes the one of the file's type.
        force: Whether to write over what was edited by hand.

    Raises:
        UsageError: Comments of such a file are not known.
        SpecError: A template failed.
    """
    return _Filling(text, path, sheets, form, force=force).done()


def digest(text: str) -> str:
    """The hash that an end marker holds."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


class _Filling:
    def __init__(
        self, text: str, path: Path, sheets: Mapping[str, Sheet], form: str, *, force: bool
    ) -> None:
        self.text, self.force = text, force
        self.syntax = syntaxes.of(path)
        self.form = form or self.syntax.format
        found = [match.groups() for match in _LINE.finditer(text.removeprefix(_BOM))]
        self.lines = [line for line, _ in found]
        self.ends = [end for _, end in found]
        self.scan = Scan(self.lines, self.syntax, str(path))
        self.page = Page(path, sheets)
        self.numbers, self.own = self._outside()
        self.edited: list[Diagnostic] = []

    def done(self) -> Filled:
        blocks = self.scan.blocks
        contents = self._contents(blocks)
        if self.scan.faults:
            return Filled(self.text, len(blocks), faults=tuple(sorted(self.scan.faults)))
        for block, content in reversed(list(zip(blocks, contents, strict=True))):
            self._place(block, content)
        text = "".join(line + end for line, end in zip(self.lines, self.ends, strict=True))
        bom = _BOM if self.text.startswith(_BOM) else ""
        return Filled(bom + text, len(blocks), edited=tuple(reversed(self.edited)))

    def _outside(self) -> tuple[list[int], list[str]]:
        """The lines that are the author's own and no code, and their numbers."""
        others = set(self.scan.code)
        for block in self.scan.blocks:
            others.update(range(block.begin.number, block.end.number + 1))
        numbers = [number for number in range(len(self.lines)) if number not in others]
        return numbers, [self.lines[number] for number in numbers]

    def _above(self, block: Marked) -> list[str]:
        return self.own[: bisect(self.numbers, block.begin.number)]

    def _contents(self, blocks: Sequence[Marked]) -> list[list[str]]:
        """The lines that each block shall hold."""
        levels = [self.syntax.level(self._above(block)) for block in blocks]
        found = self.page.printed([block.wish for block in blocks], self.form, levels)
        imports = Imports("\n".join(self.own))
        return [
            self._content(block, one, imports) for block, one in zip(blocks, found, strict=True)
        ]

    def _content(self, block: Marked, found: Printed | WishError, imports: Imports) -> list[str]:
        indent = block.begin.indent
        try:
            if isinstance(found, WishError):
                raise found
            content = imports.before(found.text, found.form, indent)
            return self.syntax.laid(content, indent, self._above(block))
        except WishError as error:
            self.scan.faults.append(self.scan.fault(block.begin, error))
            return []

    def _place(self, block: Marked, new: Sequence[str]) -> None:
        """Replaces the lines of one block; those above it keep their numbers."""
        first, last = block.begin.number + 1, block.end.number
        old = self.lines[first:last]
        same = self.syntax.is_same(old, new)
        if not same and not self.force and not self._is_ours(block, old):
            self.edited.append(self._edit(block))
            return
        sha = digest(self.syntax.bare(new))
        if not same:
            self.lines[first:last] = new
            self.ends[first:last] = [self.ends[block.begin.number]] * len(new)
            last = first + len(new)
        if block.sha != sha:
            self.lines[last] = block.end.indent + self.syntax.comment(f"callsheet:end sha={sha}")

    def _is_ours(self, block: Marked, old: Sequence[str]) -> bool:
        return not any(map(str.strip, old)) or block.sha == digest(self.syntax.bare(old))

    def _edit(self, block: Marked) -> Diagnostic:
        if block.sha:
            message = "this block was edited by hand since callsheet filled it"
        else:
            message = "callsheet did not write what stands in this block"
        way_out = (
            "`callsheet inject --check` shows what would change; keep your text outside of the "
            "markers, then `callsheet inject --force` writes over the block"
        )
        return replace(self.scan.fault(block.begin, WishError("", message, way_out)), code="CS505")
