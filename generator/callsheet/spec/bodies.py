"""Bodies and responses of an example, from its record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.spec.files import beside
from callsheet.spec.format import BODY_KINDS, RESPONSE_KINDS
from callsheet.spec.model import Body, Event, Part, Response
from callsheet.spec.prints import found
from callsheet.spec.texts import steps_of
from callsheet.values import Number, literal
from callsheet.wire import compact, lone_surrogate

if TYPE_CHECKING:
    from callsheet.spec.context import Context
    from callsheet.spec.model import ResponseKind
    from callsheet.spec.nodes import Node
    from callsheet.spec.record import Rec
    from callsheet.values import Json

__all__ = ["body_of", "found", "response_of", "steps_of"]

#: Media type of a body or response kind that names none.
MEDIA_TYPES = {
    "json": "application/json",
    "form": "application/x-www-form-urlencoded",
    "multipart": "multipart/form-data",
    "text": "text/plain; charset=utf-8",
    "xml": "application/xml",
    "ndjson": "application/x-ndjson",
    "file": "application/octet-stream",
    "sse": "text/event-stream",
}
#: RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5: answers without content.
_NO_CONTENT = {204, 205, 304}


def body_of(example: Rec, context: Context) -> Body | None:
    """The body of an example, or None."""
    rec: Rec | None = example.get("body")
    kind = next((kind for kind in BODY_KINDS if rec and kind in rec.values), None)
    if rec is None or kind is None:
        return None
    content = rec.values[kind]
    if kind == "multipart":
        content = tuple(_part(part, context) for part, _ in content)
    elif kind == "ndjson":
        content = [value for value, _ in content]
    elif kind == "file":
        beside(rec.at(kind), context)
    return Body(kind, content, rec.get("type", MEDIA_TYPES[kind]))


def _part(rec: Rec, context: Context) -> Part:
    if "file" in rec.values:
        beside(rec.at("file"), context)
    return Part(
        name=rec.get("name", ""),
        text=rec.get("text"),
        json=rec.get("json"),
        file=rec.get("file"),
        type=rec.get("type"),
        filename=rec.get("filename"),
    )


def response_of(example: Rec, context: Context) -> Response:
    """The declared response of an example; an empty 200 where it declares none."""
    rec: Rec | None = example.get("response")
    if rec is None:
        return Response()
    kind: ResponseKind = next((kind for kind in RESPONSE_KINDS if kind in rec.values), "none")
    content = rec.get(kind)
    if kind == "ndjson":
        content = [value for value, _ in content]
    elif kind == "sse":
        content = tuple(_event(value, node, context) for value, node in content)
    elif kind == "text":
        content = literal(content)
    elif kind == "file":
        beside(rec.at("file"), context)
    status: int = rec.get("status", 200)
    if kind != "none" and status in _NO_CONTENT:
        message = f"an answer of status {status} has no content"
        context.fault(rec.keys[kind], "CS304", message, f"remove `{kind}`")
    media_type = rec.get("type", MEDIA_TYPES.get(kind, ""))
    return Response(status, rec.get("headers", ()), kind, content, media_type)


def _event(value: Json, node: Node, context: Context) -> Event:
    """Text is sent as it is, a mapping {data, event, id} as such, any other value as JSON."""
    if not isinstance(value, dict) or "data" not in value or not set(value) <= _EVENT:
        return Event(_data(value, node, context))
    return Event(
        _data(value["data"], node, context),
        event=_field(value.get("event", ""), "event", node, context),
        id=_field(value.get("id", ""), "id", node, context),
    )


_EVENT = {"data", "event", "id"}


def _data(value: Json, node: Node, context: Context) -> str:
    text = value if isinstance(value, str) else compact(value)
    if "\r" in text:
        message = "the data of an event cannot hold a carriage return"
        context.fault(node, "CS204", message, "the protocol reads it as a line break")
    _check_characters(text, node, context)
    return text


def _field(value: Json, name: str, node: Node, context: Context) -> str:
    text = value.lexeme if isinstance(value, Number) else value
    if not isinstance(text, str) or "\n" in text or "\r" in text or "\0" in text:
        message = f"the `{name}` of an event must be text on one line"
        context.fault(node, "CS204", message, "an event is {event: text, id: text, data: …}")
        return ""
    _check_characters(text, node, context)
    return text


def _check_characters(text: str, node: Node, context: Context) -> None:
    """A stream is UTF-8, which has no half of a surrogate pair."""
    lone = lone_surrogate(text)
    if lone:
        message = f"an event cannot hold U+{ord(lone):04X}, which is no character"
        context.fault(node, "CS204", message, "in JSON it may stand inside a list or a mapping")
