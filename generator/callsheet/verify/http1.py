"""Bytes of a connection to Calls, kept as they came: the reading side of HTTP/1.1 (RFC 9112)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

Headers = tuple[tuple[str, str], ...]

#: No snippet of a docs page comes near these; a runaway one must not take the machine's memory.
MAX_LINE = 64 * 1024
MAX_HEADERS = 1000
MAX_BODY = 64 * 1024 * 1024

_REQUEST_LINE = re.compile(rb"([!-~]+) ([!-\xff]+) HTTP/(1\.[01])")
_ABSOLUTE = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*://[^/?#]*)(.*)", re.DOTALL)
_FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*", re.DOTALL)
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;.*)?")


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it arrived.

    Names and values are the bytes as UTF-8; a byte that is none is kept as a lone surrogate.

    Attributes:
        method: As sent.
        target: As sent, nothing decoded; without the origin that a proxy is told before the path.
        headers: Every line in order; case and repeats kept, blanks around a value not.
        body: Without the framing of chunks.
    """

    method: str
    target: str
    headers: Headers
    body: bytes = b""

    def values(self, name: str) -> list[str]:
        """Values of all header lines of a name, in order."""
        return [value for key, value in self.headers if key.lower() == name.lower()]


class Malformed(Exception):  # noqa: N818  names the fault
    """What arrived is not HTTP/1.1, or it ended too soon."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A call, and what the recorder must know of its connection.

    Attributes:
        call: The call.
        keep_alive: Whether the client leaves the connection open.
        chunks_understood: Whether the client knows chunks.
        origin: What a proxy is told before the path, such as `http://api.test`; else "".
    """

    call: Call
    keep_alive: bool
    chunks_understood: bool
    origin: str = ""


def read(stream: BinaryIO, send: Callable[[bytes], None]) -> Arrival | None:
    """The next request of a connection, or None where the client has ended it.

    Args:
        stream: The connection; it may give fewer bytes than it was asked for.
        send: Writes to the connection; used for `100 Continue` alone.

    Raises:
        Malformed: The bytes are no request, or not all of one.
    """
    try:
        line = stream.readline(MAX_LINE)
    except OSError:
        return None  # idle until the time limit, or reset between two requests: no request is lost
    if not line:
        return None
    try:
        return _request(line, stream, send)
    except OSError as error:
        raise Malformed(f"the connection broke within a request: {error}") from error


def _request(line: bytes, stream: BinaryIO, send: Callable[[bytes], None]) -> Arrival:
    match = _REQUEST_LINE.fullmatch(line.rstrip(b"\r\n"))
    if match is None or not line.endswith(b"\n"):
        raise Malformed(f"this is no request line: {line[:80]!r}")
    method, target, version = match.groups()
    origin, path = _parted(_text(target))
    call = Call(_text(method), path, _headers(stream))
    expects = any(value.lower() == "100-continue" for value in call.values("expect"))
    if expects:
        send(b"HTTP/1.1 100 Continue\r\n\r\n")
    call = Call(call.method, call.target, call.headers, _body(call, stream))
    closes = "close" in tokens(call, "connection") or version == b"1.0"
    return Arrival(call, not closes, version == b"1.1", origin)


def _parted(target: str) -> tuple[str, str]:
    """RFC 9112, section 3.2: the origin of the absolute form, and the target without it."""
    match = _ABSOLUTE.fullmatch(target)
    if match is None:
        return "", target
    return match[1], match[2] if match[2].startswith("/") else f"/{match[2]}"


def tokens(call: Call, name: str) -> list[str]:
    """The words of a list header such as Connection, in lower case."""
    words = ",".join(call.values(name)).split(",")
    return [word.strip().lower() for word in words if word.strip()]


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def _line(stream: BinaryIO) -> bytes:
    line = stream.readline(MAX_LINE)
    if not line.endswith(b"\n"):
        raise Malformed(f"the connection ended within a line: {line[:80]!r}")
    return line.removesuffix(b"\n").removesuffix(b"\r")


def _headers(stream: BinaryIO) -> Headers:
    found: list[tuple[str, str]] = []
    while line := _line(stream):
        match = _FIELD.fullmatch(line)
        if match is None or len(found) == MAX_HEADERS:
            raise Malformed(f"this is no header line: {line[:80]!r}")
        found.append((_text(match[1]), _text(match[2])))
    return tuple(found)


def _body(call: Call, stream: BinaryIO) -> bytes:
    """RFC 9112, section 6.3; a length that contradicts itself is the client's fault."""
    codings, lengths = tokens(call, "transfer-encoding"), set(call.values("content-length"))
    if codings and lengths:
        raise Malformed("both Content-Length and Transfer-Encoding were sent")
    if codings:
        if codings != ["chunked"]:
            raise Malformed(f"unknown Transfer-Encoding {', '.join(codings)}")
        return _chunks(stream)
    if not lengths:
        return b""
    length = lengths.pop()
    if lengths or not re.fullmatch("[0-9]{1,15}", length):
        raise Malformed("Content-Length is no single number")
    return _exactly(int(length), stream)


def _exactly(length: int, stream: BinaryIO) -> bytes:
    if length > MAX_BODY:
        raise Malformed(f"a body of {length} bytes is too large")
    pieces: list[bytes] = []
    missing = length
    while missing and (piece := stream.read(missing)):
        pieces.append(piece)
        missing -= len(piece)
    if missing:
        came = length - missing
        raise Malformed(f"the connection ended after {came} of {length} bytes of the body")
    return b"".join(pieces)


def _chunks(stream: BinaryIO) -> bytes:
    """RFC 9112, section 7.1; trailers are read and dropped."""
    pieces: list[bytes] = []
    total = 0
    while True:
        line = _line(stream)
        match = _CHUNK.fullmatch(line)
        if match is None:
            raise Malformed(f"this is no chunk size: {line[:80]!r}")
        size = int(match[1], 16)
        if size == 0:
            _headers(stream)
            return b"".join(pieces)
        total += size
        pieces.append(_exactly(size if total <= MAX_BODY else total, stream))
        if _line(stream):
            raise Malformed("a chunk is longer than it says")
