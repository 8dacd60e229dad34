"""Documents of groups: flat where they fit, else an item a line. In: a Doc, a place; out: text."""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import combining, east_asian_width


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
            tries all items on one line of their own before it gives each a line.
        separator: Between items.
    """

    open: str
    items: tuple[Doc, ...]
    close: str
    trailing: str = ","
    pad: str = ""
    mode: str = "fit"
    separator: str = ","


@dataclass(frozen=True, slots=True)
class Pair:
    """A key and its value on one line, the value free to break.

    Attributes:
        key: Text up to the value.
        value: The value.
        hang: Whether a text that does not fit moves to a line of its own.
    """

    key: str
    value: Doc
    hang: bool = False


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


Doc = str | Items | Pair | Lines


@dataclass(frozen=True, slots=True)
class Style:
    """How wide a line may be and what one level of indentation is."""

    width: int = 80
    indent: str = "    "


def columns(text: str) -> int:
    """Width of a line in terminal columns; East Asian wide characters count two (UAX #11)."""
    if text.isascii():
        return len(text)
    return sum(_columns_of(char) for char in text)


def _columns_of(char: str) -> int:
    if char.isascii():
        return 1
    if combining(char) or char in "\u200b\u200c\u200d\ufe0e\ufe0f":
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def flat(doc: Doc) -> str | None:
    """The document on one line, or None where it must be broken."""
    if isinstance(doc, str):
        return None if "\n" in doc else doc
    if isinstance(doc, Pair):
        value = flat(doc.value)
        return None if value is None else doc.key + value
    if isinstance(doc, Lines):
        return None
    if not doc.items:
        return doc.open + doc.close
    if doc.mode == "break":
        return None
    parts = [flat(item) for item in doc.items]
    inner = f"{doc.separator} ".join(part for part in parts if part is not None)
    return None if None in parts else doc.open + doc.pad + inner + doc.pad + doc.close


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
        used = column + columns(doc.key)
        value = doc.value
        if doc.hang and isinstance(value, str) and used + columns(value) + suffix > style.width:
            return f"{doc.key.rstrip()}\n{indent}{style.indent}{value}"
        return doc.key + lay(doc.value, style, indent=indent, column=used, suffix=suffix)
    if isinstance(doc, Lines):
        return _between(doc, style, indent)
    line = flat(doc)
    if line is not None and column + columns(line) + suffix <= style.width:
        return line
    return _broken(doc, style, indent)


def _between(doc: Lines, style: Style, indent: str) -> str:
    inner = indent + style.indent
    lines = [inner + line if line else "" for line in doc.lines]
    return "\n".join([doc.open, *lines, (inner if doc.inside else indent) + doc.close])


def _broken(doc: Items, style: Style, indent: str) -> str:
    inner = indent + style.indent
    at = columns(inner)
    if doc.mode == "args":
        line = flat(Items("", doc.items, "", separator=doc.separator))
        if line is not None and at + columns(line) <= style.width:
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
        if line != inner and columns(f"{line} {piece}") > style.width:
            lines.append(line)
            line = inner
        line += piece if line == inner else f" {piece}"
    lines.append(line)
    return "\n".join(lines)[: -len(doc.trailing) or None]
