"""The spec as data: frozen dataclasses, every reference resolved, nothing left to check."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from callsheet.values import Json, Text

Place = Literal["header", "query", "cookie"]
Pairs = tuple[tuple[str, "Text"], ...]


@dataclass(frozen=True, slots=True)
class Position:
    """Where in the user's files something stands; line and column are 1-based."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Localized:
    """Text in one or more locales; the key "" holds text that has no locale."""

    texts: Mapping[str, str]

    def get(self, locale: str, fallback: str = "") -> str:
        """The text in a locale, else without one, else the first, else the fallback."""
        for key in (locale, ""):
            if key in self.texts:
                return self.texts[key]
        return next(iter(self.texts.values()), fallback)


@dataclass(frozen=True, slots=True)
class Bearer:
    """`Authorization: Bearer KEY` (RFC 6750)."""

    env: str


@dataclass(frozen=True, slots=True)
class Basic:
    """`Authorization: Basic base64(user:password)` (RFC 7617)."""

    username_env: str
    password_env: str


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key of its own in a header, the query or a cookie; `prefix` goes before it."""

    place: Place
    name: str
    env: str
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class ClientCredentials:
    """OAuth 2 client credentials: a token is fetched first (RFC 6749, section 4.4)."""

    token_url: str
    client_id_env: str
    client_secret_env: str
    scope: str = ""


Auth = Bearer | Basic | ApiKey | ClientCredentials


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a multipart body; exactly one of text, json and file is given."""

    name: str
    text: Text | None = None
    json: Json = None
    file: str | None = None
    type: str | None = None
    filename: str | None = None


BodyKind = Literal["json", "form", "multipart", "text", "xml", "ndjson", "file"]


@dataclass(frozen=True, slots=True)
class Body:
    """What a request carries.

    Attributes:
        kind: How `content` is written on the wire.
        content: json: a Json; ndjson: a list of Json; form: Pairs; multipart: a tuple of Part;
            text and xml: a Text; file: the path beside the spec, a str.
        type: The media type that is sent.
    """

    kind: BodyKind
    content: Json | Pairs | tuple[Part, ...] | Text
    type: str


@dataclass(frozen=True, slots=True)
class Event:
    """One server-sent event; `data` is the exact text after `data: `."""

    data: str
    event: str = ""
    id: str = ""


ResponseKind = Literal["none", "json", "text", "ndjson", "file", "sse"]


@dataclass(frozen=True, slots=True)
class Response:
    """What the server answers, as declared.

    Attributes:
        status: HTTP status code.
        headers: Further headers, in order.
        kind: How `content` is written on the wire.
        content: json: a Json; ndjson: a list of Json; text: a str; file: a path; sse: Events.
        type: The media type.
    """

    status: int = 200
    headers: Pairs = ()
    kind: ResponseKind = "none"
    content: Json | tuple[Event, ...] = None
    type: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """One sample call of an endpoint; what the endpoint gives as default is already here."""

    id: str
    title: Localized
    description: Localized
    path: Mapping[str, Text]
    query: Pairs
    headers: Pairs
    cookies: Pairs
    auth: tuple[Auth, ...]
    body: Body | None
    response: Response
    prints: tuple[str | int, ...]
    clients: Mapping[str, tuple[str, ...]]
    position: Position


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A method and a path; `path` may hold `{name}` parameters."""

    id: str
    title: Localized
    description: Localized
    method: str
    path: str
    examples: tuple[Example, ...]
    position: Position


@dataclass(frozen=True, slots=True)
class Variable:
    """An environment variable that the page explains beside those the snippets read."""

    name: str
    value: str
    title: Localized


@dataclass(frozen=True, slots=True)
class Spec:
    """One API, ready to be printed."""

    title: Localized
    description: Localized
    server: str
    endpoints: tuple[Endpoint, ...]
    variables: tuple[Variable, ...]
    sdks: Mapping[str, Sdk]
    pages: tuple[Path, ...]
    path: Path
    files: tuple[Path, ...] = ()
    patterns: tuple[str, ...] = ()

    @property
    def root(self) -> Path:
        """The folder that the spec's relative paths start from."""
        return self.path if self.path.is_dir() else self.path.parent

    @property
    def name(self) -> str:
        """The spec's name: its file's stem, or its folder's name."""
        return self.path.stem

    def find(self, example_id: str) -> tuple[Endpoint, Example] | None:
        """The example with this id and its endpoint."""
        for endpoint in self.endpoints:
            for example in endpoint.examples:
                if example.id == example_id:
                    return endpoint, example
        return None


@dataclass(frozen=True, slots=True)
class Package:
    """What a client needs installed."""

    name: str
    version: str
    install: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """How a call's result is written out: `text` is code, `when` a condition around it."""

    text: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class SdkStream:
    """How a call is made when its response streams.

    Attributes:
        call: Code of the method; "" means the call's own.
        bind: Name of the local that holds the stream.
        item: Name of the loop's local.
        omit: Top-level fields of the body that the method sets itself.
        results: What `prints` asks for → how it is written.
    """

    call: str = ""
    bind: str = "stream"
    item: str = "event"
    omit: tuple[str, ...] = ()
    results: Mapping[str, Output] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FieldRule:
    """How a typed language writes one top-level field of a body.

    Attributes:
        code: Code with a placeholder `{str}`, `{num}`, `{int}`, `{bool}` or `{any}`.
        open: For a list of tagged objects: code before its items.
        close: Code after them.
        key: The member that tells the items apart, such as `role`.
        items: That member's value → code with placeholders such as `{content:str}`.
    """

    code: str = ""
    open: str = ""
    close: str = ""
    key: str = ""
    items: Mapping[str, str] = field(default_factory=dict)


Style = Literal[
    "kwargs", "object", "named", "array", "struct", "builder", "initializer", "positional", "none"
]


@dataclass(frozen=True, slots=True)
class Arguments:
    """How a request becomes the arguments of a call.

    Attributes:
        style: Keyword arguments, one object, …; the last six are for typed languages.
        positional: Arguments before the body's, as code; `path.NAME` is a path parameter.
        known: Top-level fields that the method takes; empty means all.
        extra: Argument for the other fields; where it is empty they cannot be sent.
        rename: Field → the SDK's name for it.
        type: Name of the typed parameter object.
        fields: Typed languages: field → rule.
        raw: Typed languages: code that takes the exact JSON text, for what no rule covers.
        raw_imports: Imports that `raw` needs.
    """

    style: Style = "kwargs"
    positional: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    extra: str = ""
    rename: Mapping[str, str] = field(default_factory=dict)
    type: str = ""
    fields: Mapping[str, FieldRule] = field(default_factory=dict)
    raw: str = ""
    raw_imports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SdkCall:
    """How one endpoint is called through an SDK.

    Attributes:
        call: Code of the method.
        bind: Name of the local that holds the answer.
        arguments: How the request becomes arguments.
        results: What `prints` asks for → how it is written; attributes of `bind` otherwise.
        stream: The streaming form, or None.
        imports: Further imports.
    """

    call: str
    bind: str = "result"
    arguments: Arguments = Arguments()
    results: Mapping[str, Output] = field(default_factory=dict)
    stream: SdkStream | None = None
    imports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sdk:
    """A binding: how a language calls an API through an SDK. Data, so that users declare their own.

    Attributes:
        language: Key of the language.
        key: The client's key, such as `openai`.
        title: The name a tab shows.
        package: What is installed, pinned.
        runtime: Lowest version of the language that runs it.
        base: Path that follows the server in the SDK's base URL.
        auth: The auth style the SDK sends with its key.
        sends: Headers that the SDK sends by itself, with the values it sends.
        adds: Further headers and body fields it adds, which the comparison accepts.
        imports: Import lines.
        client: Code that makes the client; `{key}` and `{base}` are filled in.
        headers: Argument for further headers.
        query: Argument for the query.
        calls: Endpoint id or `METHOD /path` → call.
    """

    language: str
    key: str
    title: str
    package: Package
    runtime: str
    imports: tuple[str, ...]
    client: str
    calls: Mapping[str, SdkCall]
    base: str = ""
    auth: Auth | None = None
    sends: Pairs = ()
    adds: tuple[str, ...] = ()
    headers: str = ""
    query: str = ""
