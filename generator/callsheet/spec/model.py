"""The spec as data: frozen dataclasses, every reference resolved, nothing left to check."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Union

from callsheet.spec.locales import chain
from callsheet.spec.model_auth import ApiKey, Auth, Basic, Bearer, ClientCredentials, Hmac, Place
from callsheet.spec.model_sdk import (
    Arguments,
    FieldRule,
    Output,
    Package,
    Sdk,
    SdkCall,
    SdkStream,
    Style,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from callsheet.errors import Diagnostic
    from callsheet.values import Json, Text

__all__ = [
    "ApiKey",
    "Arguments",
    "Auth",
    "Basic",
    "Bearer",
    "Body",
    "BodyKind",
    "ClientCredentials",
    "Content",
    "Endpoint",
    "Event",
    "Example",
    "FieldRule",
    "Hmac",
    "KnownFailure",
    "Localized",
    "Output",
    "Package",
    "Pairs",
    "Part",
    "Place",
    "Position",
    "Response",
    "ResponseKind",
    "Sdk",
    "SdkCall",
    "SdkStream",
    "Spec",
    "Steps",
    "Style",
    "Variable",
]

#: From this status on, an answer is a refusal; from that on, a redirection.
_REFUSAL, _REDIRECTION = 400, 300
Pairs = tuple[tuple[str, "Text"], ...]
#: Names and indexes from a JSON value's root.
Steps = tuple[str | int, ...]


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
        """The text in a locale or one that may stand in for it, else the first."""
        *near, last = chain(locale)
        for key in (*near, "", last):
            if key in self.texts:
                return self.texts[key]
        return next(iter(self.texts.values()), fallback)


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
Content = Union["Json", Pairs, tuple[Part, ...], "Text"]


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
    content: Content
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

    @property
    def refuses(self) -> bool:
        """Whether the call is refused (RFC 9110, sections 15.5 and 15.6)."""
        return self.status >= _REFUSAL

    @property
    def redirects(self) -> bool:
        """Whether it says where else to look (RFC 9110, section 15.4)."""
        return _REDIRECTION <= self.status < _REFUSAL

    @property
    def lines(self) -> bool:
        """Whether the data of some event takes several lines."""
        events = self.content if isinstance(self.content, tuple) else ()
        return any("\n" in event.data for event in events)


@dataclass(frozen=True, slots=True)
class KnownFailure:
    """A snippet that is known to fail its proof.

    Attributes:
        language: Key of its language.
        client: Key of its client; "" means every client of the language.
        reason: Why it fails.
        until: The last day on which it may.
    """

    language: str
    client: str
    reason: str
    until: date


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
    prints: Steps
    clients: Mapping[str, tuple[str, ...]]
    position: Position
    known_failures: tuple[KnownFailure, ...] = ()


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


@dataclass(frozen=True)
class Spec:
    """One API, ready to be printed.

    Attributes:
        title: The API's name.
        description: What it is for.
        server: URL that every path is appended to.
        endpoints: In the order of the file.
        variables: Variables that the page explains.
        sdks: The spec's own bindings by `language/client`.
        pages: Page sources.
        path: The spec's file, or its folder.
        files: Every file that was read: the spec's and what they include.
        patterns: What was searched for; a new match is a change of the spec.
        pageless: Whether it says nothing of pages, so that a reference page is made of it.
        warnings: What stops nothing, such as a text that looks like a secret.
    """

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
    pageless: bool = False
    warnings: tuple[Diagnostic, ...] = ()

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
        return self._examples.get(example_id)

    @cached_property
    def _examples(self) -> dict[str, tuple[Endpoint, Example]]:
        """Each example by its id, with its endpoint."""
        return {
            example.id: (endpoint, example)
            for endpoint in self.endpoints
            for example in endpoint.examples
        }
