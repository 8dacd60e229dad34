"""Example to Request: the neutral truth of the wire, for templates and the verifier alike.

Everything that is escaped for a URL is escaped here, once; templates ask, they compute nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from callsheet.results import Result, is_json, result_of
from callsheet.spec.model import ApiKey, Basic, Bearer, ClientCredentials
from callsheet.urls import encoded, path_text
from callsheet.values import EMPTY, Env, Text, Value, env_names, joined
from callsheet.wire import compact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.spec.model import Auth, Body, Endpoint, Example, Part, Response, Spec


@dataclass(frozen=True, slots=True)
class Header:
    """One header line; a repeated name is two of them."""

    name: Text
    value: Text


@dataclass(frozen=True, slots=True)
class Credentials:
    """User name and password of HTTP Basic, which each client encodes its own way."""

    username: Text
    password: Text

    @property
    def pair(self) -> Text:
        """`user:password`, as RFC 7617 joins them."""
        return self.username + joined(":") + self.password


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


@dataclass(frozen=True)
class Request:
    """One call, complete and neutral.

    Attributes:
        method: In capitals.
        server: URL that the path is appended to, without a slash at its end.
        path: Percent-encoded path.
        query: Names and values as they are meant, key in the query included.
        url: server + path + encoded query.
        headers: All but Content-Type and Basic's Authorization, in the order they are printed.
        basic: HTTP Basic credentials, or None.
        auth: The auth styles, for clients that know them.
        body: What is sent, or None.
        result: What is written of the response; None means all of it.
        response: The declared response.
        env: Names of the environment variables it reads, each once.
    """

    method: Text
    server: str
    path: Text
    query: tuple[tuple[Text, Text], ...]
    url: Text
    headers: tuple[Header, ...]
    basic: Credentials | None
    auth: tuple[Auth, ...]
    body: Payload | None
    result: Result | None
    response: Response
    env: tuple[str, ...]
    path_values: dict[str, Text]
    endpoint: str
    example: str

    @cached_property
    def escapes(self) -> bool:
        """Whether a variable must be percent-encoded where it lands."""
        body = self.body.text.env if self.body else ()
        return any(env.escape for env in (*self.url.env, *body))

    @cached_property
    def stream(self) -> bool:
        """Whether the response arrives piece by piece (server-sent events)."""
        return self.response.kind == "sse"

    @cached_property
    def done(self) -> Text | None:
        """The data of a stream's end mark, such as `[DONE]`: a last event that is not JSON."""
        content = self.response.content
        if not self.stream or not isinstance(content, tuple) or is_json(content[-1].data):
            return None
        return joined(content[-1].data)

    @cached_property
    def features(self) -> frozenset[str]:
        """What a client may be unable to send; the words of `cannot` in a template's head."""
        found = {auth_feature(auth) for auth in self.auth}
        names = [_lower(line.name) for line in self.headers]
        found |= {"repeated-header"} if len(set(names)) < len(names) else set()
        found |= {"response-file"} if self.response.kind == "file" else set()
        if self.body is not None:
            found.add(f"body-{self.body.kind}")
            found.add(f"{''.join(map(str, self.method.parts)).lower()}-body")
            found |= {"env-in-body"} if self.body.env else set()
        return frozenset(found)

    @cached_property
    def secrets(self) -> tuple[str, ...]:
        """Names of the variables that hold keys and passwords."""
        return tuple(dict.fromkeys(env.name for env in _secrets(self.auth)))


def auth_feature(auth: Auth) -> str:
    """Word for an auth style."""
    return "auth-" + (auth.place if isinstance(auth, ApiKey) else type(auth).__name__.lower())


def build(spec: Spec, endpoint: Endpoint, example: Example) -> Request:
    """The request of an example."""
    query = _query(example)
    path = path_text(endpoint.path, example.path)
    server = spec.server.rstrip("/")
    question = joined("?" if query else "")
    url = joined(server) + path + question + encoded(query)
    headers, content_type = _headers(example)
    payload = _payload(example.body, content_type) if example.body else None
    basic = next((auth for auth in example.auth if isinstance(auth, Basic)), None)
    return Request(
        method=joined(endpoint.method),
        server=server,
        path=path,
        query=query,
        url=url,
        headers=headers,
        basic=_credentials(basic) if basic else None,
        auth=example.auth,
        body=payload,
        result=result_of(example),
        response=example.response,
        env=_env([url, *(line.value for line in headers)], example.auth, payload),
        path_values=dict(example.path),
        endpoint=endpoint.id,
        example=example.id,
    )


def _env(texts: list[Text], auths: tuple[Auth, ...], payload: Payload | None) -> tuple[str, ...]:
    """Names of every variable, each once; those of the auth styles first."""
    names = [env.name for env in _secrets(auths)]
    names += [env.name for text in texts for env in text.env]
    if payload:
        names += (env.name for env in payload.type.env)
        names += payload.env
    return tuple(dict.fromkeys(names))


def _query(example: Example) -> tuple[tuple[Text, Text], ...]:
    pairs = [(joined(name), value) for name, value in example.query]
    pairs += [(joined(auth.name), _key(auth)) for auth in _keys(example, "query")]
    return tuple(pairs)


def _keys(example: Example, place: str) -> Iterator[ApiKey]:
    for auth in example.auth:
        if isinstance(auth, ApiKey) and auth.place == place:
            yield auth


def _key(auth: ApiKey) -> Text:
    return joined(auth.prefix, Env(auth.env))


def _headers(example: Example) -> tuple[tuple[Header, ...], Text | None]:
    """Auth first, then the declared headers, then cookies; Content-Type apart."""
    lines: list[Header] = []
    for auth in example.auth:
        if isinstance(auth, Bearer):
            lines.append(Header(joined("Authorization"), joined("Bearer ", Env(auth.env))))
        elif isinstance(auth, ApiKey) and auth.place == "header":
            lines.append(Header(joined(auth.name), _key(auth)))
    lines += [Header(joined(name), value) for name, value in example.headers]
    cookies = [(name, value) for name, value in example.cookies]
    cookies += [(auth.name, _key(auth)) for auth in _keys(example, "cookie")]
    if cookies:
        lines.append(Header(joined("Cookie"), _cookie(cookies)))
    is_type = [line for line in lines if _lower(line.name) == "content-type"]
    rest = tuple(line for line in lines if _lower(line.name) != "content-type")
    if is_type and example.body is None:
        return tuple(lines), None
    return rest, is_type[-1].value if is_type else None


def _lower(name: Text) -> str:
    return "".join(part for part in name.parts if isinstance(part, str)).lower()


def _cookie(pairs: list[tuple[str, Text]]) -> Text:
    """RFC 6265, section 5.4: pairs joined by `; `."""
    parts: list[str | Env] = []
    for name, value in pairs:
        parts += ["; " if parts else "", f"{name}=", *value.parts]
    return joined(*parts)


def _payload(body: Body, content_type: Text | None) -> Payload:
    kind, content = body.kind, body.content
    media_type = content_type or joined(body.type)
    if kind == "json":
        return Payload("json", media_type, json=Value(content))  # type: ignore[arg-type]
    if kind in ("text", "xml") and isinstance(content, Text):
        return Payload("text", media_type, text=content)
    if kind == "ndjson" and isinstance(content, list):
        return Payload("text", media_type, text=_lines(content))
    if kind == "form" and isinstance(content, tuple):
        fields = tuple((joined(name), value) for name, value in content)  # type: ignore[misc]
        return Payload("form", media_type, text=encoded(fields), fields=fields)
    if kind == "multipart":
        return Payload("multipart", media_type, parts=content)  # type: ignore[arg-type]
    return Payload("file", media_type, file=joined(str(content)))


def _lines(values: list[Any]) -> Text:
    return joined("".join(f"{compact(value)}\n" for value in values))


def _credentials(basic: Basic) -> Credentials:
    return Credentials(Text((Env(basic.username_env),)), Text((Env(basic.password_env),)))


def _secrets(auths: tuple[Auth, ...]) -> Iterator[Env]:
    for auth in auths:
        if isinstance(auth, Basic):
            yield from (Env(auth.username_env), Env(auth.password_env))
        elif isinstance(auth, ClientCredentials):
            yield from (Env(auth.client_id_env), Env(auth.client_secret_env))
        else:
            yield Env(auth.env)
