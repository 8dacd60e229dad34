"""What Go sends piece by piece: multipart parts, forms, signed texts; in: message's, out: code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from callsheet.languages._locals import own
from callsheet.languages._parts import disposition, quotes, signed, unbounded
from callsheet.layout import Items, Pair
from callsheet.values import EMPTY, literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from callsheet.layout import Doc
    from callsheet.literals import Literals
    from callsheet.message import Payload, Piece, Signature
    from callsheet.values import Json, Text


@dataclass(frozen=True, slots=True)
class Parts:
    """Writes them with a language's literals.

    Attributes:
        writer: Go's literals.
        json: Writes a JSON value among other arguments.
    """

    writer: Literals
    json: Callable[[Json], str]

    @property
    def filters(self) -> Mapping[str, Callable[..., object]]:
        """For templates."""
        return {
            "content": self._content,
            "created": self._created,
            "form_type": self._form_type,
            "headed": headed,
            "own": own,
            "quotes": quotes,
            "signed": self._signed,
            "values": self._values,
        }

    def _created(self, piece: Piece) -> Doc:
        """A part that has more than a name: mime/multipart's own way where its type is free."""
        text = self.writer.text
        if not _is_headed(piece):
            return f"form.CreateFormFile({text(piece.name)}, {text(piece.filename)})"
        # gofmt aligns the values of a map.
        lines = [Pair('"Content-Disposition": ', f"{{{self.writer.string(disposition(piece))}}}")]
        if piece.type:
            lines.append(Pair('"Content-Type":        ', f"{{{text(piece.type)}}}"))
        return Items("form.CreatePart(textproto.MIMEHeader{", tuple(lines), "})", mode="break")

    def _content(self, piece: Piece) -> str:
        """The content of a part that is no file, behind another argument."""
        return self.json(piece.json.json) if piece.json else self.writer.text(piece.text or EMPTY)

    def _form_type(self, type_: Text) -> str:
        """The Content-Type of a multipart body, with its boundary."""
        if type_ == "multipart/form-data":
            return "form.FormDataContentType()"
        return f"{self.writer.text(unbounded(type_))}+form.Boundary()"

    def _signed(self, signature: Signature, body: object) -> str:
        return self.writer.text(signed(signature, body))

    def _values(self, fields: tuple[tuple[Text, Text], ...]) -> Doc:
        """A form's fields, each name once, as what stands behind `url.Values`."""
        text = self.writer.text
        return self.writer.map_of([(literal(name), f"{{{text(value)}}}") for name, value in fields])


def headed(body: Payload) -> bool:
    """Whether a part of a body needs header lines that mime/multipart does not write."""
    return any(map(_is_headed, body.pieces))


def _is_headed(piece: Piece) -> bool:
    """A file's name goes another way too where older versions of Go leave line ends in it."""
    if piece.file is None:
        return bool(piece.type or piece.filename)
    return bool(piece.type) or not (literal(piece.name) + literal(piece.filename)).isprintable()
