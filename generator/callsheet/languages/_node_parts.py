"""What Node.js sends piece by piece: multipart parts, signed texts; in: message's, out: code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from callsheet.languages._parts import heading, unbounded
from callsheet.layout import Items
from callsheet.message import Header
from callsheet.values import EMPTY, Env, Local, Text, fixed, joined, literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from callsheet.layout import Doc
    from callsheet.literals import Literals
    from callsheet.message import Payload, Piece, Signature
    from callsheet.request import Request
    from callsheet.values import Json

_BOUNDARY = Text((Local("boundary"),))


@dataclass(frozen=True, slots=True)
class Parts:
    """Writes them with a language's literals.

    Attributes:
        writer: Node.js's literals.
        template: Writes the inside of a template literal.
        json: Writes an expression for JSON text.
    """

    writer: Literals
    template: Callable[[str], str]
    json: Callable[[Json], Doc]

    @property
    def filters(self) -> Mapping[str, Callable[..., object]]:
        """For templates."""
        return {
            "append": self._append,
            "blob": self._blob,
            "hand": by_hand,
            "line": self._line,
            "payload": self.payload,
            "sent": sent,
        }

    def payload(self, body: Payload, signature: Signature | None) -> Doc:
        """A body: a form, text, or a file's bytes; a form that is signed is bytes as well."""
        if body.kind == "multipart":
            return "Buffer.from(await form.arrayBuffer())" if signs(signature) else "form"
        if body.kind == "file":
            return self._read(body.file)
        return self.json(body.json.json) if body.json else self.writer.block_of(body.text)

    def _append(self, piece: Piece) -> Doc:
        """A part of a FormData."""
        name = self.writer.text(piece.name)
        if piece.file is None:
            return Items("form.append(", (name, self.writer.text(piece.text or EMPTY)), ")")
        options = f", {{ type: {self.writer.text(piece.type)} }}" if piece.type else ""
        blob = f"new Blob([{self._read(piece.file)}]{options})"
        return Items("form.append(", (name, blob, self.writer.text(piece.filename)), ")")

    def _blob(self, body: Payload) -> Doc:
        """All parts of a multipart body as they are sent, where a FormData cannot hold them."""
        items: list[Doc] = []
        for piece in body.pieces:
            start = "\r\n--" if items else "--"
            items.append(self._line(joined(start) + _BOUNDARY + joined("\r\n")))
            items += map(self._line, heading(piece))
            items.append(self._content(piece))
        items.append(self._line(joined("\r\n--") + _BOUNDARY + joined("--\r\n")))
        return Items("[", tuple(items), "]")

    def _content(self, piece: Piece) -> Doc:
        if piece.file is not None:
            return self._read(piece.file)
        return self.json(piece.json.json) if piece.json else self._line(piece.text or EMPTY)

    def _read(self, file: Text) -> str:
        return f"await readFile({self.writer.text(file)})"

    def _line(self, text: Text) -> str:
        """A text on one line, its line ends as escapes also around variables."""
        if not text.env or len(text.parts) == 1:
            return self.writer.text(text)
        words = (
            "${" + self.writer.variable(part) + "}"
            if isinstance(part, Env)
            else self.template(part).replace("\n", "\\n")
            for part in text.parts
        )
        return f"`{''.join(words)}`"


def by_hand(body: Payload, signature: Signature | None) -> bool:
    """Whether a multipart body cannot be a FormData, or its bytes must be known to sign them."""
    if body.kind != "multipart":
        return False
    return signs(signature) or body.type != "multipart/form-data" or any(map(_beyond, body.pieces))


def signs(signature: Signature | None) -> bool:
    """Whether a body is signed."""
    return signature is not None and signature.body


def _beyond(piece: Piece) -> bool:
    """Whether a FormData would send a part otherwise.

    Its texts have neither type nor file name, and get other line ends; a type is put in lower case.
    https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
    """
    text = fixed(piece.text or EMPTY)
    breaks = any(char in literal(piece.name) + text for char in "\r\n")
    if piece.file is not None:
        return breaks or literal(piece.type) != literal(piece.type).lower()
    return breaks or bool(piece.type or piece.filename)


def sent(request: Request) -> tuple[Header, ...]:
    """Header lines that the program gives; a FormData brings its own Content-Type."""
    body = request.body
    if body is None:
        return request.headers
    type_ = body.type
    if by_hand(body, request.signature):
        type_ = unbounded(type_) + _BOUNDARY
    elif body.kind == "multipart":
        return request.headers
    return (Header(joined("Content-Type"), type_), *request.headers)
