"""What a snippet must write to stdout, and whether it did."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from callsheet.results import is_json
from callsheet.spec.bodies import found
from callsheet.spec.scalars import from_json
from callsheet.values import Json, Number
from callsheet.verify.answers import answer, frame
from callsheet.verify.differences import Difference, parted
from callsheet.wire import compact

if TYPE_CHECKING:
    from callsheet.clients import Client
    from callsheet.request import Request
    from callsheet.spec.model import Event


@dataclass(frozen=True, slots=True)
class Expected:
    """What stdout must be.

    Attributes:
        texts: Any of these, byte for byte.
        json: Or one JSON text of this value; "" where only the texts count.
    """

    texts: tuple[bytes, ...]
    json: str = ""


def expected(request: Request, client: Client, root: Path = Path()) -> Expected:
    """What a client's snippet must print of the declared response.

    Args:
        request: The call with its response.
        client: Says whether it prints the result, the body or the events.
        root: Folder of the spec, which a response's file lies in.
    """
    if request.saved:
        return Expected((b"",))
    if request.stream and client.streams != "body":
        text = b"".join(pieces(request, client))
        return Expected((text + b"\n",) if _joined(request, client) else _events(request, text))
    body = b"" if request.method == "HEAD" else answer(request.response, root).body
    if request.stream:
        return Expected((body,))
    if request.result is None or client.prints == "body":
        document = body.decode() if request.response.kind == "json" else ""
        return Expected((body, body + b"\n"), document)
    value = _at(request.response.content, request.result.steps)
    if request.result.text:
        return Expected((f"{value}\n".encode(),))
    return Expected((), compact(value))


def pieces(request: Request, client: Client) -> list[bytes]:
    """What each event of a stream makes a client print; nothing for a null or missing delta."""
    content = request.response.content
    events = content if isinstance(content, tuple) else ()
    if client.streams == "body":
        return [frame(event) for event in events]
    if not _joined(request, client):
        return [_line(event, request) for event in events]
    return [_delta(event, request) for event in events]


def check(request: Request, client: Client, stdout: bytes, root: Path = Path()) -> list[Difference]:
    """The difference between what a snippet printed and what it must print, if there is one."""
    rule = expected(request, client, root)
    if stdout in rule.texts or (rule.json and _same(rule.json, stdout)):
        return []
    if request.method == "HEAD" and stdout.startswith(b"HTTP/1.1 "):
        return []  # a client that shows the head of the response: all that HEAD has to show
    wanted = repr(rule.texts[0]) if rule.texts else f"the JSON {rule.json}"
    return [Difference("stdout", *parted(wanted, repr(stdout)))]


def _joined(request: Request, client: Client) -> bool:
    """Whether a stream's deltas are printed in a row, not its events on lines."""
    return client.streams == "result" and request.result is not None


def _delta(event: Event, request: Request) -> bytes:
    if request.result is None or not is_json(event.data):
        return b""
    value = _at(from_json(event.data), request.result.steps)
    if value is None:
        return b""
    return (value if isinstance(value, str) else compact(value)).encode()


def _line(event: Event, request: Request) -> bytes:
    """An event's data on a line; the end mark is no data where a result is asked for."""
    ends = request.done is not None and request.done == event.data
    return b"" if ends and request.result is not None else f"{event.data}\n".encode()


def _events(request: Request, text: bytes) -> tuple[bytes, ...]:
    """Without `prints` all of the response is shown, so the end mark may be, and need not be."""
    mark = "".join(str(part) for part in request.done.parts) if request.done else ""
    return (text, text.removesuffix(f"{mark}\n".encode())) if mark else (text,)


def _at(document: Any, steps: tuple[str | int, ...]) -> Any:  # noqa: ANN401  by declared steps
    if not found(document, steps):
        return None
    for step in steps:
        document = document[step]
    return document


def _same(document: str, stdout: bytes) -> bool:
    """Whether a JSON text was printed, in any layout; numbers by value, as languages print them."""
    try:
        return _numbers(from_json(stdout.decode())) == _numbers(from_json(document))
    except (ValueError, RecursionError):
        return False


def _numbers(value: Json) -> object:
    """The value with numbers that compare by value, and with nothing but numbers."""
    if isinstance(value, Number):
        return ("number", Decimal(value.lexeme))
    if isinstance(value, list):
        return [_numbers(item) for item in value]
    if isinstance(value, dict):
        return {key: _numbers(item) for key, item in value.items()}
    return value
