"""What a request is made of: a header line, credentials, a payload, a signature."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from callsheet.values import EMPTY, Text, Value, env_names, joined, literal

if TYPE_CHECKING:
    from callsheet.spec.model import Part


@dataclass(frozen=True, slots=True)
class Header:
    """One header line; a repeated name is two of them."""

    name: Text
    value: Text

    @property
    def key(self) -> str:
        """Its name in lower case, which names have no other."""
        return literal(self.name).lower()


@dataclass(frozen=True, slots=True)
class Credentials:
    """User name and password of HTTP Basic, which each client encodes its own way."""

    username: Text
    password: Text

    @property
    def pair(self) -> Text:
        """`user:password`, as RFC 7617 joins them."""
        return self.username + joined(":") + self.password


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a multipart body, for templates; exactly one of text, json and file is given.

    Attributes:
        name: Its name.
        type: Its media type; nothing where it has none of its own.
        filename: The file's name that is sent, or nothing.
        file: Path beside the spec.
    """

    name: Text
    type: Text
    filename: Text
    text: Text | None = None
    json: Value | None = None
    file: Text | None = None


def _piece(part: Part) -> Piece:
    name, text = joined(part.name), part.text
    if part.file is not None:
        filename = joined(part.filename or PurePosixPath(part.file).name)
        return Piece(name, joined(part.type or ""), filename, file=joined(part.file))
    filename = joined(part.filename or "")
    if text is not None:
        return Piece(name, joined(part.type or ""), filename, text=text)
    return Piece(name, joined(part.type or "application/json"), filename, json=Value(part.json))


@dataclass(frozen=True)
class Payload:
    """A request's body; of the last four fields the kind says which one holds it.

    Attributes:
        kind: json, text (xml and ndjson too), form, multipart or file.
        type: The media type that is sent.
        json: kind json: the value.
        text: kind text: the exact text.
        fields: kind form: the fields in order.
        parts: kind multipart: the parts in order.
        file: kind file: path beside the spec.
    """

    kind: str
    type: Text
    json: Value | None = None
    text: Text = EMPTY
    fields: tuple[tuple[Text, Text], ...] = ()
    parts: tuple[Part, ...] = ()
    file: Text = EMPTY

    @cached_property
    def env(self) -> tuple[str, ...]:
        """Names of the environment variables in it."""
        names = [env.name for env in self.text.env]
        names += env_names(self.json.json) if self.json else ()
        for part in self.parts:
            names += (env.name for env in (part.text.env if part.text else ()))
            names += env_names(part.json)
        return tuple(names)

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The parts, for templates."""
        return tuple(map(_piece, self.parts))

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The files beside the spec that it is made of, each once."""
        names = [literal(self.file)] if self.kind == "file" else []
        names += [part.file for part in self.parts if part.file is not None]
        return tuple(dict.fromkeys(names))

    @cached_property
    def features(self) -> frozenset[str]:
        """What a client may be unable to send; see `Request.features`."""
        found = {f"body-{self.kind}"}
        found |= {"env-in-body"} if self.env else set()
        other = self.kind == "multipart" and self.type != "multipart/form-data"
        found |= {"multipart-other"} if other else set()
        for part in self.parts:
            found |= {"part-file"} if part.file is not None else set()
            typed = part.type is not None or part.text is None
            found |= {"part-type"} if typed and part.file is None else set()
            found |= {"part-filename"} if part.filename and part.file is None else set()
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class Signature:
    """What signs a call: HMAC with SHA-256.

    Attributes:
        key: The variable that holds the secret.
        text: What is signed, up to the body.
        body: Whether the body, as it is sent, is signed behind that.
        encoding: `hex` or `base64`.
    """

    key: Text
    text: Text
    body: bool
    encoding: str


def with_type(lines: tuple[Header, ...], body: Payload | None) -> tuple[Header, ...]:
    """Header lines, Content-Type before them where there is a body."""
    return (Header(joined("Content-Type"), body.type), *lines) if body else lines
