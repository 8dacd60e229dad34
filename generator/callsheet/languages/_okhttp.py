"""What a program gives OkHttp: header calls, forms, parts and media types; out: documents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from callsheet.errors import Unsupported
from callsheet.languages._parts import unbounded
from callsheet.values import literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from callsheet.layout import Doc
    from callsheet.literals import Literals
    from callsheet.message import Header, Payload, Piece
    from callsheet.request import Request
    from callsheet.values import Text

#: okhttp3.MediaType, TYPE_SUBTYPE and PARAMETER.
_WORD = r"[a-zA-Z0-9\-!#$%&'*+.^_`{|}~]+"
_TYPE = re.compile(rf"{_WORD}/{_WORD}(?:;\s*(?:{_WORD}=(?:{_WORD}|\"[^\"]*\"))?)*")


@dataclass(frozen=True, slots=True)
class OkHttp:
    """Writes them with Java's literals.

    Attributes:
        writer: Java's literals.
        expression: Writes a text.
        content: Writes the content of a part that is no file.
    """

    writer: Literals
    expression: Callable[[Text], Doc]
    content: Callable[[Piece], Doc]

    @property
    def filters(self) -> Mapping[str, Callable[..., object]]:
        """For templates."""
        return {
            "adds": self._adds,
            "basic_header": self._basic,
            "body_text": body_text,
            "encodes": encodes,
            "media_type": self._media_type,
            "ok_headers": self._headers,
            "parts": self._parts,
            "typed": typed,
        }

    def _adds(self, fields: tuple[tuple[Text, Text], ...]) -> list[Doc]:
        """The calls that make a form."""
        call, text = self.writer.call, self.expression
        return [call(".add", text(name), text(value)) for name, value in fields]

    def _basic(self, request: Request) -> list[Doc]:
        """The call that adds HTTP Basic's header, if there is one."""
        if request.basic is None:
            return []
        call, basic = self.writer.call, request.basic
        pair = self.expression(basic.username), self.expression(basic.password)
        value = call("Credentials.basic", *pair, "StandardCharsets.UTF_8")
        return [call(".header", '"Authorization"', value)]

    def _headers(self, lines: tuple[Header, ...], verb: str) -> list[Doc]:
        """A call for each header line; a body has its type itself."""
        return [self._header(line, verb) for line in lines]

    def _header(self, line: Header, verb: str) -> Doc:
        name = literal(line.name)
        return self.writer.call(f".{verb}", self.writer.string(name), self.expression(line.value))

    def _media_type(self, body: Payload) -> Doc:
        """A body's media type, which OkHttp keeps as it is written."""
        if body.pieces:
            unbounded(body.type)  # may raise
        return self._type(body.type)

    def _type(self, type_: Text) -> Doc:
        if not type_.env and not _TYPE.fullmatch(literal(type_)):
            raise Unsupported("OkHttp cannot read the media type")
        return self.writer.call("MediaType.get", self.expression(type_))

    def _parts(self, pieces: tuple[Piece, ...]) -> list[Doc]:
        """The calls that make a multipart body."""
        return [self._part(piece) for piece in pieces]

    def _part(self, piece: Piece) -> Doc:
        call, name = self.writer.call, self.expression(piece.name)
        if _is_plain(piece):
            return call(".addFormDataPart", name, self.content(piece))
        if piece.file is not None:
            content = call("new File", self.expression(piece.file))
        else:
            content = call("ByteString.encodeUtf8", self.content(piece))
        filename = self.expression(piece.filename) if piece.filename else "null"
        type_ = self._type(piece.type) if piece.type else "null"
        return call(".addFormDataPart", name, filename, call("RequestBody.create", content, type_))


def body_text(request: Request) -> str:
    """The expression for the text of an answer.

    Raises:
        Unsupported: The text begins with what OkHttp takes for a mark.
    """
    if str(request.response.content).startswith("\ufeff"):
        raise Unsupported("OkHttp drops a byte order mark, which tells it the charset")
    return "response.body().string()"


def encodes(body: Payload) -> bool:
    """Whether a part is made of text that is no file and has more than a name."""
    return any(not _is_plain(piece) and piece.file is None for piece in body.pieces)


def typed(body: Payload) -> bool:
    """Whether a media type is named."""
    own = any(piece.type for piece in body.pieces)
    return own or not body.pieces or body.type != "multipart/form-data"


def _is_plain(piece: Piece) -> bool:
    return piece.text is not None and not piece.type and not piece.filename
