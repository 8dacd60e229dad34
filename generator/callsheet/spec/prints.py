"""`prints` of an example, checked against its declared response."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from callsheet.errors import quoted, suggest
from callsheet.spec.format import RESPONSE_KINDS
from callsheet.spec.nodes import FAULTY
from callsheet.spec.scalars import from_json
from callsheet.spec.source import Complaint
from callsheet.spec.texts import stepped
from callsheet.wire import lone_surrogate

if TYPE_CHECKING:
    from callsheet.spec.context import Context
    from callsheet.spec.model import Response, Steps
    from callsheet.spec.record import Rec
    from callsheet.values import Json


def prints_of(example: Rec, response: Response, context: Context) -> Steps:
    """The steps of `prints`; none where there is none, or it is at fault."""
    text: str = example.get("prints", "")
    path = stepped(text)
    answer: Rec | None = example.get("response")
    if not path or ("response" in example.keys and not _is_known(answer, response)):
        return ()
    documents = _documents(response)
    if documents is None:
        message = "`prints` needs a `json` or `sse` response"
        way_out = "declare one, or leave `prints` out"
        context.fault(example.at("prints"), "CS204", message, way_out)
        return ()
    complaint = _complaint(text, path, documents)
    if complaint is None and response.kind == "sse":
        complaint = _no_text(text, path, documents)
    complaint = complaint or _no_character(text, path, documents)
    if complaint:
        context.complain(example.at("prints"), "CS204", complaint)
    return tuple(step for step, _ in path)


def _is_known(answer: Rec | None, response: Response) -> bool:
    """Whether the content that a response declares could be read whole."""
    if answer is None:
        return False
    if response.kind == "sse":
        return len(answer.get("sse")) == len(answer.at("sse").value)
    if response.kind == "none":
        all_known = len(answer.keys) == len(answer.node.value) and answer.node.tag != FAULTY
        return all_known and not any(kind in answer.keys for kind in RESPONSE_KINDS)
    return "json" not in answer.keys or "json" in answer.values


def _complaint(
    text: str, path: list[tuple[str | int, int]], documents: list[Json]
) -> Complaint | None:
    """Which step of a path no document has, and which it was probably meant as."""
    start = 0
    for step, end in path:
        below = [child for document in documents for child in _below(document, step)]
        if not below:
            message = f"the declared response has no {quoted(text[:end])}"
            return Complaint(message, _way_out(step, documents), start, end)
        documents, start = below, end
    return None


def _no_text(
    text: str, path: list[tuple[str | int, int]], documents: list[Json]
) -> Complaint | None:
    """What a stream prints is joined piece by piece, so each piece must be text, or null."""
    steps = tuple(step for step, _ in path)
    pieces = (piece for document in documents for piece in _at(document, steps))
    if all(piece is None or isinstance(piece, str) for piece in pieces):
        return None
    message = f"a stream prints text, and {quoted(text)} is not text in every event"
    return Complaint(message, "name a member that is text, or leave `prints` out")


def _no_character(
    text: str, path: list[tuple[str | int, int]], documents: list[Json]
) -> Complaint | None:
    """What is printed is UTF-8, which has no half of a surrogate pair."""
    steps = tuple(step for step, _ in path)
    values = (value for document in documents for value in _at(document, steps))
    lone = next(filter(None, map(lone_surrogate, values)), "")
    if not lone:
        return None
    message = f"{quoted(text)} holds U+{ord(lone):04X}, which is no character to print"
    return Complaint(message, "print another value, or all of the answer")


def _at(document: Json, steps: Steps) -> list[Json]:
    """The value at a path, if there is one."""
    values = [document]
    for step in steps:
        values = [child for value in values for child in _below(value, step)]
    return values


def _way_out(step: str | int, parents: list[Json]) -> str:
    """What there is instead of a step."""
    names = {name for parent in parents if isinstance(parent, dict) for name in parent}
    if names:
        return suggest(str(step), names)
    lengths = [len(parent) for parent in parents if isinstance(parent, list)]
    if lengths:
        return f"a list of {max(lengths)}: its indexes count from 0, as in `[0]`"
    return "there is neither a mapping nor a list; leave the step out"


def _below(document: Json, step: str | int) -> list[Json]:
    """The value that one step leads to, if there is one."""
    if isinstance(step, str) and isinstance(document, dict) and step in document:
        return [document[step]]
    if isinstance(step, int) and isinstance(document, list) and step < len(document):
        return [document[step]]
    return []


def _documents(response: Response) -> list[Json] | None:
    """The JSON documents that a response holds; None where it is of another kind."""
    if response.kind == "json":
        return [cast("Json", response.content)]
    if response.kind != "sse" or not isinstance(response.content, tuple):
        return None
    documents: list[Json] = []
    for event in response.content:
        try:
            documents.append(from_json(event.data))
        except ValueError:
            continue  # an end mark such as `[DONE]`
    return documents


def found(document: Json, steps: Steps) -> bool:
    """Whether a document has a value at a path."""
    return bool(_at(document, steps))
