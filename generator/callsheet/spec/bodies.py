"""Bodies, responses and `prints` of an example, from its record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from callsheet.spec.format import BODY_KINDS, RESPONSE_KINDS
from callsheet.spec.jsonvalues import beside
from callsheet.spec.model import Body, Event, Part, Response
from callsheet.values import Text, literal
from callsheet.wire import compact

if TYPE_CHECKING:
    from callsheet.spec.record import Rec
    from callsheet.spec.types import Context

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
_STEP = re.compile(r"\.?([A-Za-z_$][A-Za-z0-9_$-]*)|\[(\d+)\]|\[\"((?:[^\"\\]|\\.)*)\"\]")


def body_of(example: Rec, context: Context) -> Body | None:
    """The body of an example, or None."""
    rec = example.get("body")
    if rec is None:
        return None
    kind = next((key for key in BODY_KINDS if key in rec.values), None)
    if kind is None:
        return None
    content = rec.get(kind)
    if kind == "multipart":
        content = tuple(_part(value, context) for value, _ in content)
    elif kind == "ndjson":
        content = [value for value, _ in content]
    elif kind == "file":
        beside(rec.at("file"), context)
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
    rec = example.get("response")
    if rec is None:
        return Response()
    kind: Any = next((key for key in RESPONSE_KINDS if key in rec.values), "none")
    content = rec.get(kind)
    if kind == "ndjson":
        content = [value for value, _ in content]
    elif kind == "sse":
        content = tuple(_event(value) for value, _ in content)
    elif kind == "text":
        content = _fixed(content, rec, context)
    elif kind == "file":
        beside(rec.at("file"), context)
    media_type = rec.get("type", MEDIA_TYPES.get(kind, ""))
    return Response(rec.get("status", 200), rec.get("headers", ()), kind, content, media_type)


def _fixed(text: Text, rec: Rec, context: Context) -> str:
    try:
        return literal(text)
    except ValueError:
        context.fault(rec.at("text"), "CS204", "a response cannot come from the environment")
        return ""


def _event(value: Any) -> Event:  # noqa: ANN401
    """Text is sent as it is, a mapping {data, event, id} as such, any other value as JSON."""
    if isinstance(value, dict) and "data" in value and set(value) <= {"data", "event", "id"}:
        names = (str(value.get("event", "")), str(value.get("id", "")))
        return Event(_data(value["data"]), *names)
    return Event(_data(value))


def _data(value: Any) -> str:  # noqa: ANN401
    return value if isinstance(value, str) else compact(value)


def prints_of(example: Rec, response: Response, context: Context) -> tuple[str | int, ...]:
    """The steps of `prints`, each checked against the declared response."""
    text = example.get("prints")
    if text is None:
        return ()
    node = example.at("prints")
    steps = steps_of(text)
    if steps is None:
        way_out = "names and indexes, as in `choices[0].text` or `[\"a b\"]`"
        context.fault(node, "CS204", f"`{text}` is not a path into the response", way_out)
        return ()
    documents = _documents(response)
    if documents is None:
        if "response" not in example.keys or "response" in example.values:
            message = "`prints` needs a `json` or `sse` response"
            context.fault(node, "CS204", message, "declare one, or leave `prints` out")
    elif not any(found(document, steps) for document in documents):
        context.fault(node, "CS204", f"the declared response has no `{text}`")
    return steps


def steps_of(text: str) -> tuple[str | int, ...] | None:
    """`a.b[0]["c d"]` as ("a", "b", 0, "c d"), or None where it is no such path."""
    steps: list[str | int] = []
    at = 0
    while at < len(text):
        match = _STEP.match(text, at)
        if match is None or (at == 0 and text[0] == "."):
            return None
        name, index, quoted = match.groups()
        steps.append(name if name else int(index) if index else re.sub(r"\\(.)", r"\1", quoted))
        at = match.end()
    return tuple(steps) or None


def _documents(response: Response) -> list[Any] | None:
    from callsheet.spec.scalars import from_json

    if response.kind == "json":
        return [response.content]
    if response.kind != "sse" or not isinstance(response.content, tuple):
        return None
    documents = []
    for event in response.content:
        try:
            documents.append(from_json(event.data))
        except ValueError:
            continue
    return documents


def found(document: Any, steps: tuple[str | int, ...]) -> bool:  # noqa: ANN401
    """Whether a document has a value at a path."""
    for step in steps:
        if isinstance(step, str) and isinstance(document, dict) and step in document:
            document = document[step]
        elif isinstance(step, int) and isinstance(document, list) and step < len(document):
            document = document[step]
        else:
            return False
    return True
