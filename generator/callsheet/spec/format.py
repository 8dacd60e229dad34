"""The spec format as one table of records; the reader and the JSON Schema are both made from it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from callsheet.spec.record import Key, Record
from callsheet.spec.types import Either, Enum, Int, JsonValue, ListOf, MapOf, Scalar, Str
from callsheet.spec.pairs import PairsType

#: RFC 9110, section 5.6.2: the characters of a method and of a header name.
TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105  not a password
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT")
ID = r"[A-Za-z0-9][A-Za-z0-9._-]*"
ENV = r"[A-Za-z_][A-Za-z0-9_]*"
LOCALE = r"[a-zA-Z]{2,3}(-[A-Za-z0-9]{2,8})*"
PLACEHOLDER = re.compile(r"__[A-Z][A-Z0-9_]*__")
_MEDIA_TYPE = rf"{TOKEN}/{TOKEN}(\s*;\s*{TOKEN}=({TOKEN}|\"[^\"\r\n]*\"))*"


def _request_line(text: str) -> tuple[str, str] | None:
    method, _, path = text.partition(" ")
    if not re.fullmatch(TOKEN, method) or method != method.upper():
        near = method.upper() if method.upper() in METHODS else "a method is written in capitals"
        return f"`{method}` is not an HTTP method", f"did you mean `{near}`?" if near in METHODS else near
    if method not in METHODS and len(method) < 8 and _near(method):  # noqa: PLR2004
        return f"unknown HTTP method `{method}`", f"did you mean `{_near(method)}`?"
    path = path.strip()
    if not path.startswith("/"):
        return f"`{path}` is not a path", "a request is written as in `POST /v1/items/{id}`"
    if re.search(r"[\s#?]", path) or not _balanced(path):
        way_out = "no spaces, `?` or `#`; parameters are written `{name}`; the query has its own key"
        return f"`{path}` is not a path", way_out
    return None


def _near(method: str) -> str:
    from difflib import get_close_matches

    return next(iter(get_close_matches(method, METHODS, n=1, cutoff=0.75)), "")


def _balanced(path: str) -> bool:
    return not re.search(r"[{}]", re.sub(r"\{[A-Za-z_][A-Za-z0-9_.-]*\}", "", path))


def server_complaint(url: str) -> tuple[str, str] | None:
    """What is wrong with a server's URL, and the way out; None where nothing is."""
    way_out = "as in `https://api.example.com/v1`, or a placeholder such as `__API_ORIGIN__`"
    if PLACEHOLDER.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
        port_is_right = parts.port is None or parts.port > 0
    except ValueError:
        return f"`{url}` is not a URL", way_out
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_right:
        return f"`{url}` is not an http or https URL", way_out
    if parts.query or parts.fragment or "@" in parts.netloc:
        return f"`{url}` holds more than an origin and a path", way_out
    if not re.fullmatch(r"[!-~]+", url) or re.search(r"[\"'<>\\^`{|}]", url):
        return f"`{url}` holds a character that a URL cannot hold", way_out
    return None


def _header_value(text: str) -> tuple[str, str] | None:
    if re.search(r"[\r\n]", text):
        return "a header value cannot hold a line break", "write it on one line"
    if re.search(r"[^\t -~]", text) or text != text.strip():
        found = next((c for c in text if not (c == "\t" or " " <= c <= "~")), " ")
        message = f"a header value cannot hold U+{ord(found):04X} here"
        return message, "visible ASCII characters, with spaces and tabs only between them"
    return None


ID_TYPE = Str("an id (letters, digits, `.`, `_`, `-`)", ID)
ENV_TYPE = Str("the name of an environment variable (letters, digits, `_`)", ENV)
HEADER_NAME = Str("a header name", TOKEN)
TEXT = Either(Str("text"), MapOf(Str("text"), "text in each locale", Str("a locale", LOCALE)))
HEADERS = PairsType("headers", HEADER_NAME, Scalar(_header_value))
QUERY = PairsType("query parameters", Str("a name"), Scalar())
COOKIES = PairsType("cookies", Str("a cookie name", TOKEN), Scalar())
AUTH_NAMES = ListOf(Str("the name of an auth style"), "a list of auth styles", single=True)
CLIENTS = MapOf(
    ListOf(Str("the key of a client"), "a list of clients", single=True, empty=False),
    "a mapping of languages to clients",
)

AUTH = Record(
    "an auth style",
    {
        "scheme": Key(
            Enum(
                ("bearer", "basic", "header", "query", "cookie", "oauth2-client-credentials"),
                "auth scheme",
            ),
            "how the secret is sent",
            required=True,
        ),
        "env": Key(ENV_TYPE, "environment variable that holds the key or token"),
        "name": Key(Str("a name", TOKEN), "header, query parameter or cookie that carries the key"),
        "prefix": Key(Scalar(_header_value), "text before the key, such as `Token `"),
        "username_env": Key(ENV_TYPE, "environment variable that holds the user name"),
        "password_env": Key(ENV_TYPE, "environment variable that holds the password"),
        "token_url": Key(Str("a URL"), "where a token is fetched"),
        "client_id_env": Key(ENV_TYPE, "environment variable that holds the client id"),
        "client_secret_env": Key(ENV_TYPE, "environment variable that holds the client secret"),
        "scope": Key(Str(), "scopes, separated by spaces"),
    },
)

#: Which further keys an auth scheme needs.
AUTH_NEEDS = {
    "bearer": ("env",),
    "basic": ("username_env", "password_env"),
    "header": ("name", "env"),
    "query": ("name", "env"),
    "cookie": ("name", "env"),
    "oauth2-client-credentials": ("token_url", "client_id_env", "client_secret_env"),
}
AUTH_TAKES = {"header": ("prefix",), "oauth2-client-credentials": ("scope",)}

MEDIA_TYPE = Str("a media type", _MEDIA_TYPE)
PART = Record(
    "a part",
    {
        "name": Key(Str("text"), "the field's name", required=True),
        "text": Key(Scalar(), "text"),
        "json": Key(JsonValue(), "a JSON value"),
        "file": Key(Str("a path"), "a file beside the spec"),
        "type": Key(MEDIA_TYPE, "the part's media type"),
        "filename": Key(Str("text"), "the file name that is sent; the file's own otherwise"),
    },
    one_of=("text", "json", "file"),
)
BODY_KINDS = ("json", "form", "multipart", "text", "xml", "ndjson", "file")
BODY = Record(
    "a body",
    {
        "json": Key(JsonValue(), "any JSON value"),
        "form": Key(QUERY, "form fields, as in `query`"),
        "multipart": Key(ListOf(PART, "a list of parts", empty=False), "the parts, in order"),
        "text": Key(Scalar(), "text, sent as it is in UTF-8"),
        "xml": Key(Scalar(), "XML text, sent as it is in UTF-8"),
        "ndjson": Key(ListOf(JsonValue(), "a list of JSON values"), "one JSON value a line"),
        "file": Key(Str("a path"), "a file beside the spec, sent as it is"),
        "type": Key(MEDIA_TYPE, "the media type, where the kind's own is not right"),
    },
    one_of=BODY_KINDS,
)
RESPONSE_KINDS = ("json", "text", "ndjson", "file", "sse")
RESPONSE = Record(
    "a response",
    {
        "status": Key(Int(100, 599, "an HTTP status"), "the status code; 200 otherwise"),
        "headers": Key(HEADERS, "further response headers"),
        "json": Key(JsonValue(), "a JSON value"),
        "text": Key(Scalar(), "text"),
        "ndjson": Key(ListOf(JsonValue(), "a list of JSON values"), "one JSON value a line"),
        "file": Key(Str("a path"), "a file beside the spec"),
        "sse": Key(
            ListOf(JsonValue(), "a list of events", empty=False),
            "server-sent events: text, a JSON value, or {event, id, data}",
        ),
        "type": Key(MEDIA_TYPE, "the media type, where the kind's own is not right"),
    },
    one_of=RESPONSE_KINDS,
    optional=True,
)
DEFAULTS = {
    "auth": Key(AUTH_NAMES, "an auth style of the spec, a list of them, or `none`"),
    "query": Key(QUERY, "query parameters; a list repeats the name"),
    "headers": Key(HEADERS, "request headers; a list repeats the name"),
    "cookies": Key(COOKIES, "cookies"),
    "clients": Key(CLIENTS, "which client each language prints"),
    "title": Key(TEXT, "a title, or one per locale"),
    "description": Key(TEXT, "a description, or one per locale"),
}
EXAMPLE = Record(
    "an example",
    {
        **DEFAULTS,
        "path": Key(
            MapOf(Scalar(), "a mapping of path parameters"), "values of the path's `{name}`s"
        ),
        "body": Key(BODY, "what the request carries"),
        "response": Key(RESPONSE, "what the server answers"),
        "prints": Key(
            Str("a path such as `choices[0].text`"),
            "which value of the response the snippet writes; all of it otherwise",
        ),
    },
)
ENDPOINT = Record(
    "an endpoint",
    {
        "request": Key(
            Str("a request line such as `POST /v1/items`", check=_request_line),
            "method and path, as in `POST /v1/items/{id}`",
            required=True,
        ),
        **DEFAULTS,
        "examples": Key(
            MapOf(EXAMPLE, "a mapping of ids to examples", ID_TYPE),
            "one sample call or more, by id",
            required=True,
        ),
    },
)
VARIABLE = Record(
    "a variable",
    {
        "value": Key(Str("text"), "what a reader sets it to; `{server}` is the server's URL"),
        "title": Key(TEXT, "what it is for, or one text per locale"),
    },
    shorthand="value",
)
