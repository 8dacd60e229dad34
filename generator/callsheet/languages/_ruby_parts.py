"""What Ruby sends piece by piece: multipart parts, queries; in: message's, out: code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from callsheet.languages._parts import heading, unbounded
from callsheet.layout import Items, Pair
from callsheet.message import Header, with_type
from callsheet.values import EMPTY, Local, Text, env_names, joined, literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from callsheet.layout import Doc
    from callsheet.literals import Literals
    from callsheet.message import Payload, Piece
    from callsheet.request import Request
    from callsheet.values import Json

_BOUNDARY = Text((Local("boundary"),))


@dataclass(frozen=True, slots=True)
class Parts:
    """Writes them with a language's literals.

    Attributes:
        writer: Ruby's literals.
        json: Writes an expression for JSON text.
    """

    writer: Literals
    json: Callable[[Json], Doc]

    @property
    def filters(self) -> Mapping[str, Callable[..., object]]:
        """For templates."""
        return {
            "fields": self._fields,
            "hand": by_hand,
            "jsons": self._jsons,
            "payload": self._payload,
            "pieces": self._pieces,
            "sent": sent,
            "set_form": self._set_form,
        }

    def _payload(self, body: Payload) -> Doc:
        """A body that is one value: text, or a file's bytes."""
        if body.kind == "file":
            return self._read(body.file)
        return self.json(body.json.json) if body.json else self.writer.block_of(body.text)

    def _fields(self, fields: tuple[tuple[Text, Text], ...], call: str = "") -> Doc:
        """A form's fields, each name once, as a hash or as the keywords of a call."""
        pairs = tuple(Pair(f"{literal(name)}: ", self.writer.text(value)) for name, value in fields)
        if call:
            return Items(f"{call}(", pairs, ")", trailing="")
        return Items("{", pairs, "}", trailing="", pad=" ")

    def _jsons(self, body: Payload | None) -> bool:
        """Whether the program makes JSON text itself."""
        given = [body.json, *(piece.json for piece in body.pieces)] if body else []
        values = [value.json for value in given if value is not None]
        return any(any(env_names(value)) or not self.writer.lacks(value) for value in values)

    def _set_form(self, body: Payload) -> Doc:
        """A call of `Net::HTTPGenericRequest#set_form`."""
        parts = Items("[", tuple(map(self._part, body.pieces)), "]", trailing="", mode="break")
        arguments = parts, self.writer.text(body.type)
        return Items("request.set_form(", arguments, ")", trailing="", mode="break")

    def _part(self, piece: Piece) -> Doc:
        items = [self.writer.text(piece.name), self._content(piece)]
        options = []
        if piece.filename and literal(piece.filename) != _basename(piece):
            options.append(f"filename: {self.writer.text(piece.filename)}")
        if piece.type or (piece.filename and piece.file is None):
            type_ = piece.type or joined("text/plain")
            options.append(f"content_type: {self.writer.text(type_)}")
        last = [Items("{", tuple(options), "}", trailing="", pad=" ")] if options else []
        return Items("[", (*items, *last), "]", trailing="")

    def _content(self, piece: Piece) -> Doc:
        if piece.file is not None:
            return f'File.open({self.writer.text(piece.file)}, "rb")'
        return self._text(piece)

    def _read(self, file: Text) -> str:
        return f"File.binread({self.writer.text(file)})"

    def _text(self, piece: Piece) -> Doc:
        return self.json(piece.json.json) if piece.json else self.writer.text(piece.text or EMPTY)

    def _pieces(self, body: Payload) -> Doc:
        """All parts as they are sent, where `set_form` would not send them so."""
        items: list[Doc] = []
        for piece in body.pieces:
            start = "\r\n--" if items else "--"
            items.append(self.writer.text(joined(start) + _BOUNDARY + joined("\r\n")))
            items += map(self.writer.text, heading(piece))
            items.append(self._text(piece) if piece.file is None else self._read(piece.file))
        items.append(self.writer.text(joined("\r\n--") + _BOUNDARY + joined("--\r\n")))
        end = "].map(&:b).join" if body.files else "].join"
        return Items("[", tuple(items), end, trailing="", mode="break")


def by_hand(request: Request) -> bool:
    """Whether `set_form` would send a multipart body otherwise, or its bytes must be signed.

    It gives no type to a part without a file name, and leaves line ends in names as they are.
    """
    body = request.body
    if body is None or body.kind != "multipart":
        return False
    return (
        request.signs_body or body.type != "multipart/form-data" or any(map(_beyond, body.pieces))
    )


def _beyond(piece: Piece) -> bool:
    names = literal(piece.name) + literal(piece.filename)
    return any(char in names for char in "\r\n") or bool(piece.type and not piece.filename)


def _basename(piece: Piece) -> str:
    return literal(piece.file).rpartition("/")[2] if piece.file else ""


def sent(request: Request, hand: object) -> tuple[Header, ...]:
    """Header lines.

    Args:
        request: The call.
        hand: Whether its parts are written by hand: `set_form` brings its own Content-Type.
    """
    body = request.body
    if body is None or body.kind != "multipart":
        return with_type(request.headers, body)
    type_ = unbounded(body.type) + _BOUNDARY
    return (Header(joined("Content-Type"), type_), *request.headers) if hand else request.headers
