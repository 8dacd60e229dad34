"""A multipart body to the contents that HttpClient sends: in: pieces, out: layout documents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callsheet.errors import Unsupported
from callsheet.languages._csharp_lines import media
from callsheet.languages._parts import disposition
from callsheet.layout import Items, Placed, flat, lay
from callsheet.values import EMPTY, literal

if TYPE_CHECKING:
    from callsheet.layout import Doc
    from callsheet.literals import Literals
    from callsheet.message import Payload, Piece
    from callsheet.values import Text

#: RFC 9110, section 5.6.2: what a name is sent as without quotes.
_BARE = re.compile(r"[\w.-]+", re.ASCII)
_FORM = "multipart/form-data"
_OTHER = "multipart/"


class Parts:
    """Writes multipart bodies."""

    def __init__(self, writer: Literals) -> None:
        self.writer = writer

    def form(self, body: Payload) -> Doc:
        """The statement that makes a multipart body."""
        plain = body.type == _FORM
        items = tuple(self._part(piece, plain=plain) for piece in body.pieces)
        return Items(f"using var form = new {_class(body.type)}\n{{", items, "}", mode="break")

    def _part(self, piece: Piece, *, plain: bool) -> Doc:
        """A part; `{ content, name }` where its name needs no quotes and is all that is said."""
        content, has_type = self._content(piece)
        name = literal(piece.name)
        if plain and has_type and not piece.filename and _BARE.fullmatch(name):
            return Items("{", (content, self.writer.string(name)), "}", trailing="", pad=" ")
        lines = [("Content-Disposition", self.writer.string(disposition(piece)))]
        if piece.type and not has_type:
            lines.append(("Content-Type", self.writer.text(piece.type)))
        headers = tuple(f'{{ "{name}", {value} }}' for name, value in lines)
        inner = Items("Headers =\n        {", headers, "}", mode="break")
        broken = Items(" {", (inner,), "}", mode="break")
        head, told = flat(content), ", ".join(headers)
        line = None if head is None else f"{head} {{ Headers = {{ {told} }} }}"

        def write(indent: str, column: int, _: int) -> str:
            head = lay(content, self.writer.style, indent=indent, column=column)
            body = lay(broken, self.writer.style, indent=indent)
            return f"{head}\n{indent}{body.lstrip()}"

        return Placed(line, write)

    def _content(self, piece: Piece) -> tuple[Doc, bool]:
        """A part's content, and whether that says its type."""
        if piece.file is not None:
            return f"new ByteArrayContent(await {read(self.writer, piece.file)})", False
        told = piece.text or EMPTY
        text = self.writer.wire(piece.json.json) if piece.json else self.writer.text(told)
        words = media(piece.type) if piece.type else ("text/plain", "utf-8")
        if words is None:
            encoded = Items("Encoding.UTF8.GetBytes(", (text,), ")", mode="hang")
            return self.writer.call("new ByteArrayContent", encoded), False
        if words == ("text/plain", "utf-8"):
            return self.writer.call("new StringContent", text), True
        said = ", ".join(map(self.writer.string, words))
        return self.writer.call("new StringContent", text, f"mediaType: new({said})"), True


def braced(head: str, items: tuple[str, ...], brackets: str = "{}", end: str = "") -> Doc:
    """Items in brackets behind a head; the brackets get lines of their own if that is too long."""
    pad = " " if brackets == "{}" else ""
    line = f"{head} {brackets[0]}{pad}{', '.join(items)}{pad}{brackets[1]}{end}"

    def write(indent: str, *_: int) -> str:
        inner = "".join(f"\n{indent}    {item}," for item in items)
        return f"{head}\n{indent}{brackets[0]}{inner}\n{indent}{brackets[1]}{end}"

    return Placed(line, write)


def read(writer: Literals, file: Text) -> str:
    """The bytes of a file beside the program, which are waited for."""
    return f"File.ReadAllBytesAsync({writer.text(file)})"


def foreign(body: Payload) -> bool:
    """Whether the header of a part holds what is not ASCII."""
    return not all(disposition(piece).isascii() for piece in body.pieces)


def _class(type_: Text) -> str:
    if type_ == _FORM:
        return "MultipartFormDataContent"
    kind = "" if type_.env else literal(type_)
    if not kind.startswith(_OTHER) or not kind.removeprefix(_OTHER).isalnum():
        raise Unsupported("HttpClient sends a multipart type without parameters alone")
    return f'MultipartContent("{kind.removeprefix(_OTHER)}")'
