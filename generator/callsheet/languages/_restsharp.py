"""A request to the calls that give it to RestSharp: https://restsharp.dev/docs/usage/request."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from callsheet.errors import Unsupported
from callsheet.languages._csharp_parts import read
from callsheet.values import EMPTY, literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from callsheet.layout import Doc
    from callsheet.literals import Literals
    from callsheet.message import Header, Payload, Piece
    from callsheet.request import Request
    from callsheet.values import Text

#: https://restsharp.dev/docs/usage/execute: `Method`, without what HttpClient does not know.
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "COPY", "MERGE", "SEARCH")
#: Those with which a parameter is part of the body.
_POSTS = ("POST", "PUT", "PATCH")
_FORM = "application/x-www-form-urlencoded"
_PLAIN = "text/plain; charset=utf-8"
#: Media types that `ContentType` names.
_TYPES = {
    "application/json": "ContentType.Json",
    "application/xml": "ContentType.Xml",
    "text/plain": "ContentType.Plain",
    "application/octet-stream": "ContentType.Binary",
    _FORM: "ContentType.FormUrlEncoded",
}
_CHARSET = re.compile(r"([^\s;]+)(; charset=utf-8)?")
#: What a part's names may hold: they are not encoded as forms have it.
_NAME = re.compile(r'[^"\\\x00-\x1f\x7f-\U0010ffff]+')
_ABOUT_CONTENT = re.compile(
    r"allow|content-(?!type$)[a-z0-9-]+|expires|last-modified", re.IGNORECASE
)


class RestSharp:
    """Writes how a `RestRequest` is filled."""

    def __init__(self, writer: Literals) -> None:
        self.writer = writer

    @property
    def filters(self) -> Mapping[str, Callable[..., object]]:
        """Those of its template."""
        return {
            "rest_method": _method,
            "rest_lines": _lines,
            "rest_options": self.options,
            "rest_body": self.body,
            "rest_encodes": _encodes,
            "rest_fields": _takes_fields,
            "rest_apart": _has_charset,
        }

    def options(self, request: Request) -> tuple[str, ...]:
        """What the client is told besides its defaults."""
        found = ["DisableCharset = true"] if _bare(request) else []
        found += ["FollowRedirects = false"] if request.response.redirects else []
        lines = {line.key: line.value for line in request.headers}
        if "accept-encoding" in lines:
            found.append("AutomaticDecompression = System.Net.DecompressionMethods.None")
        if "user-agent" in lines:
            found.append(f"UserAgent = {self.writer.text(lines['user-agent'])}")
        return tuple(found)

    def body(self, request: Request, held: str) -> tuple[Doc, ...]:
        """Calls that add a body.

        Args:
            request: The call.
            held: The local that holds the body; nothing where a form is written out.
        """
        body = request.body
        if body is None:
            types = (line.value for line in request.headers if line.key == "content-type")
            return tuple(self._add("AddBody", "Array.Empty<byte>()", self._type(t)) for t in types)
        if body.kind == "multipart":
            if held:
                raise Unsupported("RestSharp makes a multipart body too late for it to be signed")
            return tuple(self._parts(body, literal(request.method)))
        if not held and body.kind == "form":
            return tuple(
                self._add("AddParameter", self.writer.text(name), self.writer.text(value))
                for name, value in body.fields
            )
        if body.kind == "file":
            content = held or f"await {read(self.writer, body.file)}"
            return (self._add("AddBody", content, self._type(body.type)),)
        type_ = _stringly(body, bare=_bare(request))
        if type_:
            return (self._add("AddStringBody", held, self._named(type_)),)
        encoded = f"Encoding.UTF8.GetBytes({held})"
        return (self._add("AddBody", encoded, self._type(body.type)),)

    def _add(self, method: str, *arguments: Doc) -> Doc:
        return self.writer.call(method, *arguments)

    def _type(self, type_: Text) -> str:
        return self.writer.text(type_) if type_.env else self._named(literal(type_))

    def _named(self, type_: str) -> str:
        return _TYPES.get(type_) or self.writer.string(type_)

    def _parts(self, body: Payload, method: str) -> Iterator[Doc]:
        files = [piece.file is not None or bool(piece.filename) for piece in body.pieces]
        if files != sorted(files, reverse=True):
            raise Unsupported("RestSharp sends files before all other parts")
        if method not in _POSTS and not all(files):
            raise Unsupported(f"RestSharp moves parts that are no files to the query of a {method}")
        pieces = zip(body.pieces, files, strict=True)
        if not _are_distinct([(it.name, it.text) for it, is_file in pieces if not is_file]):
            raise Unsupported("RestSharp sends a part once that is repeated as it is")
        for piece, is_file in zip(body.pieces, files, strict=True):
            texts = (piece.name, piece.filename) if is_file else (piece.name,)
            if not all(_NAME.fullmatch(literal(text)) for text in texts):
                raise Unsupported("RestSharp sends other names of parts than plain ones encoded")
            yield self._file(piece) if is_file else self._field(piece)

    def _field(self, piece: Piece) -> Doc:
        if piece.type and piece.type != _PLAIN:
            raise Unsupported(f"RestSharp sends each part but a file as {_PLAIN}")
        return self._add("AddParameter", self.writer.text(piece.name), self._told(piece))

    def _told(self, piece: Piece) -> Doc:
        """The content of a part that is no file."""
        if piece.json:
            return self.writer.wire(piece.json.json)
        return self.writer.text(piece.text or EMPTY)

    def _file(self, piece: Piece) -> Doc:
        name, filename = self.writer.text(piece.name), literal(piece.filename)
        type_ = (self._type(piece.type),) if piece.type else ()
        if piece.file is not None and PurePosixPath(literal(piece.file)).name == filename:
            return self._add("AddFile", name, self.writer.text(piece.file), *type_)
        content: Doc = f"await {read(self.writer, piece.file)}" if piece.file is not None else ""
        if piece.file is None:
            content = self.writer.call("Encoding.UTF8.GetBytes", self._told(piece))
            type_ = type_ or ("ContentType.Plain",)
        return self._add("AddFile", name, content, self.writer.text(piece.filename), *type_)


def _method(method: Text) -> str:
    word = literal(method)
    if word not in _METHODS:
        raise Unsupported(f"RestSharp knows no method {word}")
    return f"Method.{word.capitalize()}"


def _lines(request: Request) -> tuple[Header, ...]:
    """The header lines that are added as such."""
    about = [line.key for line in request.headers if _ABOUT_CONTENT.fullmatch(line.key)]
    if about and request.body is None:
        raise Unsupported(f"RestSharp names a type beside `{about[0]}` where there is no body")
    apart = {"user-agent", "content-type"}
    return tuple(line for line in request.headers if line.key not in apart)


def _stringly(body: Payload, *, bare: bool) -> str:
    """The media type with which a text is added as such, or ""."""
    match = None if body.type.env else _CHARSET.fullmatch(literal(body.type))
    return match[1] if match and bool(match[2]) != bare else ""


def _bare(request: Request) -> bool:
    """Whether no charset may be put behind a media type."""
    body = request.body
    if request.token and not _has_charset(request):
        return True
    if body is None or body.kind in ("file", "multipart") or body.type.env:
        return False
    match = _CHARSET.fullmatch(literal(body.type))
    return bool(match and not match[2])


def _takes_fields(request: Request) -> bool:
    """Whether RestSharp writes a form of single fields: each has a name, and none is repeated."""
    body = request.body
    if body is None or body.type != _FORM or request.method not in _POSTS or not body.fields:
        return False
    return _are_distinct(body.fields) and all(name.parts for name, _ in body.fields)


def _are_distinct(fields: Sequence[object]) -> bool:
    """Whether RestSharp sends all fields: it makes a set of them.

    https://github.com/restsharp/RestSharp/blob/114.1.0/src/RestSharp/Request/RequestContent.cs
    """
    return len(set(fields)) == len(fields)


def _has_charset(request: Request) -> bool:
    """Whether the body's type has a charset, which a client that adds none to forms drops."""
    type_ = request.body.type if request.body else EMPTY
    return bool(type_.env) or "charset" in literal(type_).lower()


def _encodes(request: Request) -> bool:
    """Whether some text is encoded by hand."""
    body = request.body
    if request.signature:
        return True
    if body is None or body.kind == "file":
        return False
    if body.kind == "multipart":
        return any(piece.filename and piece.file is None for piece in body.pieces)
    return not _stringly(body, bare=_bare(request))
