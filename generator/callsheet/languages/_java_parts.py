"""What a Java program writes of a message itself: multipart heads and types; out: texts of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from callsheet.languages._parts import disposition, unbounded
from callsheet.values import Local, Text, literal

if TYPE_CHECKING:
    from callsheet.message import Payload, Piece


def head(piece: Piece) -> list[str]:
    """The header lines of a multipart part, the last one with the empty line behind it."""
    lines = [f"Content-Disposition: {disposition(piece)}"]
    lines += [f"Content-Type: {literal(piece.type)}"] if piece.type else []
    return [*(f"{line}\r\n" for line in lines[:-1]), f"{lines[-1]}\r\n\r\n"]


def bounded(body: Payload | None) -> Payload | None:
    """A body, of which a multipart one says its boundary, which is a local."""
    if body is None or not body.pieces:
        return body
    return replace(body, type=unbounded(body.type) + Text((Local("boundary"),)))
