"""Documents of groups: flat where they fit, else an item a line. In: a Doc, a place; out: text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

if TYPE_CHECKING:
    from collections.abc import Callable


#: What is longer than any formatter's line is not kept on one.
_NO_LINE = 500
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Items:
    """A bracketed list of documents.

    Attributes:
        open: Text before the first item; it ends the line when the list is broken.
        items: The documents between the brackets.
        close: Text after the last item.
        trailing: What follows the last item of a broken list, such as ",".
        pad: What stands inside the brackets of a flat list, such as " ".
        mode: "fit" breaks when the line is full, "break" always, "fill" packs lines, and "args"
            tries all items on one line of their own before it gives each a line. "hang" is "args"
            with the closing bracket on the last item's line; "chain" leaves the first item on the
            first line and gives each other one a line.
        separator: Between items.
        gap: What follows the separator on one line.
        line: The whole on one line, or None where it must be broken; made of its items' lines.
    """

    open: str
    items: tuple[Doc, ...]
    close: str
    trailing: str = ","
    pad: str = ""
    mode: str = "fit"
    separator: str = ","
    gap: str = " "
    line: str | None = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "line", self._line())

    def _line(self) -> str | None:
        if not self.items:
            return self.open + self.close
        if self.mode == "break":
            return None
        parts = [line for item in self.items if (line := flat(item)) is not None]
        if len(parts) < len(self.items):
            return None
        inner = (self.separator + self.gap).join(parts)
        line = f"{self.open}{self.pad}{inner}{self.pad}{self.close}"
        return line if len(line) < _NO_LINE else None


@dataclass(frozen=True, slots=True)
class Pair:
    """A key and its value on one line, the value free to break.

    Attributes:
        key: Text up to the value.
        value: The value.
        hang: Whether a value that does not fit moves to a line of its own.
    """

    key: str
    value: Doc
    hang: bool = False

    @property
    def line(self) -> str | None:
        """The whole on one line, or None where the value must be broken."""
        value = flat(self.value)
        return None if value is None else self.key + value


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of text between two marks, such as a heredoc; empty ones are not indented.

    Attributes:
        open: Text that ends the line before them.
        lines: The lines, one level further in than the line that `open` stands on.
        close: What follows them, on a line of its own.
        inside: Whether `close` is indented like the lines.
    """

    open: str
    lines: tuple[str, ...]
    close: str
    inside: bool = False

    @property
    def line(self) -> None:
        """It never stands on one line."""
        return None


@dataclass(frozen=True, slots=True)
class Placed:
    """Text that depends on where it stands, such as a string that is split at the width.

    Attributes:
        line: The text on one line, or None where it takes several.
        write: Makes the text where that does not fit, of the line's indentation, the column it
            starts at and the columns that follow it.
    """

    line: str | None
    write: Callable[[str, int, int], str]


Doc = str | Items | Pair | Lines | Placed
DOCUMENTS = (Items, Pair, Lines, Placed)


def columns(text: str) -> int:
    """Width of a line in terminal columns; East Asian wide characters count two (UAX #11)."""
    if text.isascii():
        return len(text)
    others = _NOT_ASCII.findall(text)
    return len(text) - len(others) + sum(map(_columns_of, others))


@lru_cache(4096)
def _columns_of(char: str) -> int:
    if combining(char) or char in "\u200b\u200c\u200d\ufe0e\ufe0f":
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


@dataclass(frozen=True, slots=True)
class Style:
    """How wide a line may be, how that is measured, and what one level of indentation is."""

    width: int = 80
    indent: str = "    "
    measure: Callable[[str], int] = columns


def flat(doc: Doc) -> str | None:
    """The document on one line, or None where it must be broken."""
    if isinstance(doc, str):
        return None if "\n" in doc else doc
    return doc.line


def lay(doc: Doc, style: Style, *, indent: str = "", column: int = 0, suffix: int = 0) -> str:
    """Text of a document that starts at a column.

    Args:
        doc: What to write.
        style: Width and indentation.
        indent: White space that the current line begins with.
        column: Columns already used on the current line.
        suffix: Columns that will follow on the last line, such as a comma.
    """
    if isinstance(doc, str):
        return doc
    if isinstance(doc, Pair):
        return _paired(doc, style, indent, column, suffix)
    if isinstance(doc, Lines):
        return _between(doc, style, indent)
    line = flat(doc)
    if line is not None and column + style.measure(line) + suffix <= style.width:
        return line
    if isinstance(doc, Items) and not doc.items:
        return doc.open + doc.close
    if isinstance(doc, Placed):
        return doc.write(indent, column, suffix)
    if doc.mode == "chain":
        return _chained(doc, style, indent, column, suffix)
    return _hung(doc, style, indent, suffix) if doc.mode == "hang" else _broken(doc, style, indent)


def _paired(doc: Pair, style: Style, indent: str, column: int, suffix: int) -> str:
    used = column + style.measure(doc.key)
    line = flat(doc.value)
    if doc.hang and (line is None or used + style.measure(line) + suffix > style.width):
        inner = indent + style.indent
        value = lay(doc.value, style, indent=inner, column=style.measure(inner), suffix=suffix)
        return f"{doc.key.rstrip()}\n{inner}{value}"
    return doc.key + lay(doc.value, style, indent=indent, column=used, suffix=suffix)


def _chained(doc: Items, style: Style, indent: str, column: int, suffix: int) -> str:
    """The first item where the chain starts, each other one on a line of its own."""
    first, *rest = doc.items
    column += style.measure(doc.open)
    inner = indent + style.indent
    return "".join(
        (
            doc.open,
            lay(first, style, indent=inner, column=column, suffix=len(doc.separator)),
            f"{doc.separator}\n{inner}" if rest else "",
            _stacked(tuple(rest), doc, style, inner, suffix),
            doc.close,
        )
    )


def _hung(doc: Items, style: Style, indent: str, suffix: int) -> str:
    """The items on a line of their own, or a line each; the bracket closes on the last one."""
    inner = indent + style.indent
    line = flat(Items("", doc.items, "", separator=doc.separator, gap=doc.gap))
    end = len(doc.close) + suffix
    if line is None or style.measure(inner + line) + end > style.width:
        line = _stacked(doc.items, doc, style, inner, suffix)
    return f"{doc.open}\n{inner}{line}{doc.close}"


def _stacked(items: tuple[Doc, ...], doc: Items, style: Style, inner: str, suffix: int) -> str:
    """Items a line each; the closing bracket and what follows it must fit on the last line."""
    last = len(items) - 1
    ends = (len(doc.separator) if i < last else len(doc.close) + suffix for i in range(len(items)))
    at = style.measure(inner)
    laid = (
        lay(item, style, indent=inner, column=at, suffix=end)
        for item, end in zip(items, ends, strict=True)
    )
    return f"{doc.separator}\n{inner}".join(laid)


def _between(doc: Lines, style: Style, indent: str) -> str:
    inner = indent + style.indent
    lines = [inner + line if line else "" for line in doc.lines]
    return "\n".join([doc.open, *lines, (inner if doc.inside else indent) + doc.close])


def _broken(doc: Items, style: Style, indent: str) -> str:
    inner = indent + style.indent
    at = style.measure(inner)
    if doc.mode == "args":
        line = flat(Items("", doc.items, "", separator=doc.separator))
        if line is not None and at + style.measure(line) <= style.width:
            return f"{doc.open}\n{inner}{line}\n{indent}{doc.close}"
    if doc.mode == "fill":
        body = _filled(doc, style, inner)
    else:
        step = len(doc.separator)
        laid = [lay(item, style, indent=inner, column=at, suffix=step) for item in doc.items]
        body = inner + f"{doc.separator}\n{inner}".join(laid)
    return f"{doc.open}\n{body}{doc.trailing}\n{indent}{doc.close}"


def _filled(doc: Items, style: Style, inner: str) -> str:
    """As many items on a line as fit, the way prettier prints a list of numbers."""
    lines, line = [], inner
    for position, item in enumerate(doc.items):
        text = lay(item, style)
        last = position == len(doc.items) - 1
        piece = text + (doc.trailing if last else doc.separator)
        if line != inner and style.measure(f"{line} {piece}") > style.width:
            lines.append(line)
            line = inner
        line += piece if line == inner else f" {piece}"
    lines.append(line)
    return "\n".join(lines)[: -len(doc.trailing) or None]
