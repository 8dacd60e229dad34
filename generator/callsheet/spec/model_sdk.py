"""A binding as data: how a language calls an API through an SDK."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from callsheet.spec.model import Auth, Pairs


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
