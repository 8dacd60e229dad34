"""A declared Response to what the recorder sends: status, header lines, the body in pieces."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from callsheet.values import literal
from callsheet.wire import compact

if TYPE_CHECKING:
    from pathlib import Path

    from callsheet.spec.model import Event, Response

#: RFC 9110, section 15: these never carry a body.
_BODILESS = {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED}


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent for every call.

    Attributes:
        status: HTTP status code.
        headers: Header lines without framing.
        pieces: The body; a stream's events one by one, else a single piece or none.
        stream: Whether the pieces are sent apart, with a pause between.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    pieces: tuple[bytes, ...]
    stream: bool

    @property
    def body(self) -> bytes:
        """All pieces."""
        return b"".join(self.pieces)

    def head(self, framing: tuple[tuple[str, str], ...]) -> bytes:
        """Status line and header lines."""
        lines = [f"HTTP/1.1 {self.status} {_reason(self.status)}"]
        lines += [f"{name}: {value}" for name, value in (*self.headers, *framing)]
        return "".join(f"{line}\r\n" for line in (*lines, "")).encode()

    def framing(self, *, chunks: bool) -> tuple[tuple[str, str], ...]:
        """How the body's end is told: chunks for a stream where the client knows them."""
        if self.status in _BODILESS:
            return ()
        if not self.stream:
            return (("Content-Length", str(len(self.body))),)
        return (("Transfer-Encoding", "chunked"),) if chunks else ()


def answer(response: Response, root: Path) -> Answer:
    """The answer that a declared response stands for.

    Args:
        response: As the spec declares it.
        root: Folder of the spec, which a `file` lies in.
    """
    headers = [(name, literal(value)) for name, value in response.headers]
    if response.type and "content-type" not in {name.lower() for name, _ in headers}:
        headers.insert(0, ("Content-Type", response.type))
    pieces = () if response.status in _BODILESS else _pieces(response, root)
    return Answer(response.status, tuple(headers), pieces, response.kind == "sse")


def _pieces(response: Response, root: Path) -> tuple[bytes, ...]:
    content = response.content
    if response.kind == "none":
        return ()
    if response.kind == "sse" and isinstance(content, tuple):
        return tuple(frame(event) for event in content)
    if response.kind == "ndjson" and isinstance(content, list):
        return ("".join(f"{compact(value)}\n" for value in content).encode(),)
    if response.kind == "file":
        return ((root / str(content)).read_bytes(),)
    if response.kind == "text":
        return (str(content).encode(),)
    if isinstance(content, tuple):
        raise TypeError(f"a {response.kind} response holds no events")
    return (compact(content).encode(),)


def frame(event: Event) -> bytes:
    """An event on the wire: https://html.spec.whatwg.org/multipage/server-sent-events.html."""
    lines = [f"event: {event.event}"] if event.event else []
    lines += [f"id: {event.id}"] if event.id else []
    lines += [f"data: {line}" for line in event.data.split("\n")]
    return ("\n".join(lines) + "\n\n").encode()


def _reason(status: int) -> str:
    return HTTPStatus(status).phrase if status in set(HTTPStatus) else "Unknown"
