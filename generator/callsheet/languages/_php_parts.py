"""Headers, a form and a multipart body to PHP arrays, as cURL and Guzzle take them."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from callsheet.errors import Unsupported
from callsheet.languages._php_json import flags
from callsheet.layout import Doc, Items, Pair
from callsheet.values import EMPTY, Text, env_names, joined, literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callsheet.literals import Literals
    from callsheet.message import Header, Piece

#: Endings of files to which Guzzle gives the type that they have everywhere.
_PLAIN_ENDINGS = re.compile(
    r"\.(?:bin|css|csv|gif|html?|jpe?g|json|mp3|mp4|pdf|png|svg|txt|wav|zip)\Z", re.IGNORECASE
)
#: How a form's names are written in a header line: HTML, section 4.10.21.8.
_FORM_ESCAPES = {'"': "%22", "\r": "%0D", "\n": "%0A"}
_NO_TYPE, _PLAIN = joined("application/octet-stream"), joined("text/plain")


def array(pairs: Iterable[tuple[str, Doc]], *, broken: bool = False) -> Items:
    """An array with keys of text; the keys are code."""
    items = tuple(Pair(f"{key} => ", value) for key, value in pairs)
    return Items("[", items, "]", mode="break" if broken else "fit")


def header_array(writer: Literals, lines: tuple[Header, ...]) -> Items:
    """Header lines by name; those of one name are a list."""
    values: dict[str, list[str]] = {}
    names: dict[str, Text] = {}
    for line in lines:
        names.setdefault(line.key, line.name)
        values.setdefault(line.key, []).append(writer.text(line.value))
    pairs = []
    for key, found in values.items():
        several: Doc = Items("[", tuple(found), "]")
        pairs.append((writer.text(names[key]), several if len(found) > 1 else found[0]))
    return array(pairs)


def field_array(writer: Literals, fields: tuple[tuple[Text, Text], ...]) -> Items:
    """A form's fields, each name once."""
    return array((writer.text(name), writer.text(value)) for name, value in fields)


def curl_parts(writer: Literals, pieces: tuple[Piece, ...]) -> Items:
    """What `CURLOPT_POSTFIELDS` makes a multipart body of.

    Raises:
        Unsupported: It cannot say it.
    """
    if len({piece.name for piece in pieces}) < len(pieces):
        raise Unsupported("PHP's cURL takes one part of a name")
    pairs = ((writer.text(piece.name), _curl_part(writer, piece)) for piece in pieces)
    return array(pairs, broken=True)


def _curl_part(writer: Literals, piece: Piece) -> Doc:
    if piece.file is not None:
        return _curl_file(writer, piece, literal(piece.file))
    if not piece.type and not piece.filename:
        return writer.text(piece.text or EMPTY)
    if not piece.filename:
        raise Unsupported("PHP's cURL gives a part a type only together with a file's name")
    words = writer.text(piece.filename), writer.text(piece.type or _PLAIN)
    return writer.call("new CURLStringFile", _content(writer, piece), *words)


def _curl_file(writer: Literals, piece: Piece, path: str) -> Doc:
    """The path is sent as the file's name where no other is given."""
    words = [writer.string(path)] + ([writer.text(piece.type)] if piece.type else [])
    if piece.filename != path:
        name = writer.text(piece.filename)
        words.append(name if piece.type else f"posted_filename: {name}")
    return writer.call("new CURLFile", *words)


def _content(writer: Literals, piece: Piece) -> Doc:
    """A text, or JSON as its exact text unless a variable stands in it."""
    if piece.json is None:
        return writer.text(piece.text or EMPTY)
    value = piece.json.json
    if not any(env_names(value)) or writer.lacks(value):
        return writer.wire(value)
    return Items("json_encode(", (writer.value(value), flags(value).removeprefix(", ")), ")")


def guzzle_parts(writer: Literals, pieces: tuple[Piece, ...]) -> Items:
    """What Guzzle's `multipart` makes a body of."""
    parts = tuple(_guzzle_part(writer, piece) for piece in pieces)
    return Items("[", parts, "]", mode="break")


def _guzzle_part(writer: Literals, piece: Piece) -> Items:
    pairs = [("'name'", writer.string(_escaped(piece.name)))]
    path = literal(piece.file) if piece.file is not None else ""
    contents = guzzle_file(writer, path) if path else _content(writer, piece)
    written: list[tuple[str, Doc]] = [*pairs, ("'contents'", contents)]
    headers = _guzzle_headers(writer, piece)
    if _is_cut(literal(piece.filename)):
        names = f'name="{_escaped(piece.name)}"; filename="{_escaped(piece.filename)}"'
        headers.insert(0, ("'Content-Disposition'", writer.string(f"form-data; {names}")))
    elif piece.filename and piece.filename != PurePosixPath(path).name:
        written.append(("'filename'", writer.string(_escaped(piece.filename))))
    return array([*written, *([("'headers'", array(headers))] if headers else ())])


def _is_cut(filename: str) -> bool:
    """Whether Guzzle sends another name of a file: what stands behind a slash, or none for `0`."""
    return "/" in filename or "\\" in filename or filename == "0"


def guzzle_file(writer: Literals, path: str) -> Doc:
    """An open file; what cannot be opened ends the program."""
    return writer.call("GuzzleHttp\\Psr7\\Utils::tryFopen", writer.string(path), "'r'")


def _guzzle_headers(writer: Literals, piece: Piece) -> list[tuple[str, Doc]]:
    media_type = piece.type
    if not media_type and piece.filename and not _PLAIN_ENDINGS.search(literal(piece.filename)):
        media_type = _NO_TYPE if piece.file is not None else EMPTY
    if not media_type and piece.filename and piece.text is not None:
        media_type = _PLAIN
    return [("'Content-Type'", writer.text(media_type))] if media_type else []


def _escaped(name: Text) -> str:
    """A name as it stands in quotes in a header line, which Guzzle does not see to."""
    return re.sub('["\r\n]', lambda match: _FORM_ESCAPES[match[0]], literal(name))
