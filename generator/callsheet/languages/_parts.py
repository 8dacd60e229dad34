"""What a program that builds a message itself writes: in: message's parts, out: texts of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.errors import Unsupported
from callsheet.values import EMPTY, Local, Text, env_names, joined, literal

if TYPE_CHECKING:
    from callsheet.message import Piece, Signature
    from callsheet.request import Request

#: How browsers write what would end a name or its line (HTML, section 4.10.21.8).
_QUOTED = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})


def disposition(piece: Piece) -> str:
    """The value of a part's Content-Disposition: RFC 7578, section 4.2."""
    words = ["form-data", f'name="{literal(piece.name).translate(_QUOTED)}"']
    words += [f'filename="{literal(piece.filename).translate(_QUOTED)}"'] if piece.filename else []
    return "; ".join(words)


def heading(piece: Piece) -> tuple[Text, ...]:
    """The header lines of a part, each with its end; the empty line ends the last one."""
    end = joined("\r\n") if piece.type else joined("\r\n\r\n")
    line = joined(f"Content-Disposition: {disposition(piece)}") + end
    typed = joined("Content-Type: ") + piece.type + joined("\r\n\r\n")
    return (line, typed) if piece.type else (line,)


def unbounded(type_: Text) -> Text:
    """A multipart body's type, up to the boundary that the program chooses.

    Raises:
        Unsupported: The type has a boundary.
    """
    if any(isinstance(part, str) and "boundary=" in part.lower() for part in type_.parts):
        raise Unsupported("the boundary is chosen when the program runs")
    return type_ + joined("; boundary=")


def signed(signature: Signature, body: object) -> Text:
    """What is signed: behind its text the local `body`, where that is text and is signed."""
    return signature.text + (Text((Local("body"),)) if signature.body and body else EMPTY)


def quotes(request: Request) -> bool:
    """Whether a variable of the environment is part of JSON text."""
    body = request.body
    values = [body.json, *(piece.json for piece in body.pieces)] if body else []
    return any(True for value in values if value for _ in env_names(value.json))
