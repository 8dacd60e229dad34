"""The spec format as one table of records; the reader and the JSON Schema are made from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callsheet.spec.format_types import (
    AUTH_NAMES,
    CLIENTS,
    COOKIES,
    EXAMPLE_ID,
    FILE,
    FIXED_HEADERS,
    HEADERS,
    KNOWN_FAILURES,
    MEDIA,
    PAIRS,
    TEXT,
    TITLE,
)
from callsheet.spec.names import setting
from callsheet.spec.record import Key, Record
from callsheet.spec.texts import (
    METHODS,
    PARAMETER,
    STEPS_HELP,
    file_name,
    part_name,
    request_line,
    server_url,
    steps,
)
from callsheet.spec.types import Int, JsonValue, ListOf, MapOf, Scalar, Str

if TYPE_CHECKING:
    from callsheet.spec.model import BodyKind, ResponseKind

PART = Record(
    "a part",
    {
        "name": Key(Str(refuse=part_name), "the field's name", required=True),
        "text": Key(Scalar(), "text"),
        "json": Key(JsonValue(), "a JSON value"),
        "file": Key(FILE, "a file beside the spec"),
        "type": Key(MEDIA, "the part's media type"),
        "filename": Key(
            Str(refuse=file_name), "the file name that is sent; the file's own otherwise"
        ),
    },
    one_of=("text", "json", "file"),
)

_LINES = JsonValue("a line of `ndjson` holds no `!env`")
_NDJSON = ListOf(_LINES, "a list of JSON values")
BODY_KINDS: Final[tuple[BodyKind, ...]] = (
    "json",
    "form",
    "multipart",
    "text",
    "xml",
    "ndjson",
    "file",
)
BODY = Record(
    "a body",
    {
        "json": Key(JsonValue(), "any JSON value"),
        "form": Key(PAIRS, "form fields, as in `query`"),
        "multipart": Key(ListOf(PART, "a list of parts", empty=False), "the parts, in order"),
        "text": Key(Scalar(), "text, sent as it is in UTF-8"),
        "xml": Key(Scalar(), "XML text, sent as it is in UTF-8"),
        "ndjson": Key(_NDJSON, "one JSON value a line"),
        "file": Key(FILE, "a file beside the spec, sent as it is"),
        "type": Key(MEDIA, "the media type, where the kind's own is not right"),
    },
    one_of=BODY_KINDS,
)

_ANSWER = JsonValue("a response holds no `!env`")
RESPONSE_KINDS: Final[tuple[ResponseKind, ...]] = ("json", "text", "ndjson", "file", "sse")
RESPONSE = Record(
    "a response",
    {
        "status": Key(Int(200, 599, "a final HTTP status"), "the status code; 200 otherwise"),
        "headers": Key(FIXED_HEADERS, "further response headers"),
        "json": Key(_ANSWER, "a JSON value"),
        "text": Key(Scalar(environment=False), "text"),
        "ndjson": Key(ListOf(_ANSWER, "a list of JSON values"), "one JSON value a line"),
        "file": Key(FILE, "a file beside the spec"),
        "sse": Key(
            ListOf(_ANSWER, "a list of events", empty=False),
            "server-sent events: text, a JSON value, or {event, id, data}",
        ),
        "type": Key(MEDIA, "the media type, where the kind's own is not right"),
    },
    one_of=RESPONSE_KINDS,
    optional=True,
)

_DEFAULTS = {
    "title": Key(TITLE, "a title, or one per locale"),
    "description": Key(TEXT, "a description, or one per locale"),
    "auth": Key(AUTH_NAMES, "an auth style of the spec, a list of them, or `none`"),
    "query": Key(PAIRS, "query parameters; a list repeats the name"),
    "headers": Key(HEADERS, "request headers; a list repeats the name"),
    "cookies": Key(COOKIES, "cookies"),
    "clients": Key(CLIENTS, "which client each language prints"),
    "known_failures": Key(KNOWN_FAILURES, "snippets that are known to fail their proof"),
}
EXAMPLE = Record(
    "an example",
    {
        **_DEFAULTS,
        "path": Key(
            MapOf(Scalar(), "a mapping of path parameters to values"),
            "values of the path's `{name}`s",
        ),
        "body": Key(BODY, "what the request carries"),
        "response": Key(RESPONSE, "what the server answers"),
        "prints": Key(
            Str("a path into the response", hint=STEPS_HELP, check=steps),
            "which value of the response the snippet writes; all of it otherwise",
        ),
    },
    elsewhere=dict.fromkeys(("request", "examples"), "the endpoint"),
)
_REQUEST_LINE = rf"({'|'.join(METHODS)}|[A-Z-]+) +/([^\s?#{{}}]|\{{{PARAMETER}\}})*"
ENDPOINT = Record(
    "an endpoint",
    {
        "request": Key(
            Str("a request line", _REQUEST_LINE, "as in `POST /v1/items`", check=request_line),
            "method and path, as in `POST /v1/items/{id}`",
            required=True,
        ),
        **_DEFAULTS,
        "examples": Key(
            MapOf(EXAMPLE, "a mapping of ids to examples", EXAMPLE_ID, empty=False),
            "one sample call or more, by id",
            required=True,
        ),
    },
    elsewhere=dict.fromkeys(("path", "body", "response", "prints"), "an example"),
)
VARIABLE = Record(
    "a variable",
    {
        "value": Key(
            Str(refuse=setting), "what a reader sets it to; `{server}` is the server's URL"
        ),
        "title": Key(TITLE, "what it is for, or one text per locale"),
    },
    shorthand="value",
)


def server_complaint(text: str) -> tuple[str, str] | None:
    """What is wrong with a server's URL, and the way out; None where nothing is."""
    complaint = server_url(text)
    return (complaint.message, complaint.help) if complaint else None
