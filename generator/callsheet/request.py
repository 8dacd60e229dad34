"""Example to Request: the neutral truth of the wire, for templates and the verifier alike.

Everything that is escaped for a URL is escaped here, once; templates ask, they compute nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar

from callsheet.message import Credentials, Header, Payload, Signature
from callsheet.results import Result, is_json, result_of
from callsheet.signing import signature_of
from callsheet.spec.bodies import MEDIA_TYPES
from callsheet.spec.model import ApiKey, Basic, Bearer, ClientCredentials, Hmac, Response
from callsheet.urls import decoded, encoded, path_text, spellings, split
from callsheet.values import EMPTY, Env, Local, Text, Value, joined
from callsheet.wire import compact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.spec.model import Auth, Body, Endpoint, Example, Spec


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
        token: The call that fetches the token of the `Authorization` line first, or None.
        signature: What signs it, or None.
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
    path_values: dict[str, Text]
    endpoint: str
    example: str
    token: Request | None = None
    signature: Signature | None = None

    @cached_property
    def env(self) -> tuple[str, ...]:
        """Names of the environment variables that it reads, each once; the secrets first."""
        names = [env.name for env in _secrets(self.auth)]
        texts = (self.url, *(line.value for line in self.headers))
        names += [env.name for text in texts for env in text.env if not isinstance(env, Local)]
        if self.body:
            names += (env.name for env in self.body.type.env)
            names += self.body.env
        return tuple(dict.fromkeys(names))

    @property
    def signs_body(self) -> bool:
        """Whether its signature is over its body, which is then sent as the text that is signed."""
        return self.signature is not None and self.signature.body and self.body is not None

    @cached_property
    def saved(self) -> Text:
        """Name of the file that a binary answer is written to, or nothing; never a sent one."""
        response = self.response
        if response.kind != "file" or response.refuses or self.method == "HEAD":
            return EMPTY
        name = PurePosixPath(str(response.content)).name
        taken = self.body is not None and name in self.body.files
        return joined(f"answer-{name}" if taken else name)

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The files that lie beside its program: what is sent, and what an answer is written to."""
        sent = self.body.files if self.body else ()
        return (*sent, *(part for part in self.saved if isinstance(part, str)))

    @cached_property
    def escapes(self) -> bool:
        """Whether a variable must be percent-encoded where it lands."""
        body = self.body.text.env if self.body else ()
        return any(env.escape for env in (*self.url.env, *body))

    @cached_property
    def stream(self) -> bool:
        """Whether the response arrives piece by piece (server-sent events)."""
        return self.response.kind == "sse" and self.method != "HEAD"

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
        names = [line.key for line in self.headers]
        found |= {"repeated-header"} if len(set(names)) < len(names) else set()
        found |= {"response-file"} if self.response.kind == "file" else set()
        found |= {"redirect"} if self.response.redirects else set()
        found |= {"sse-lines"} if self.response.lines and self.result else set()
        found |= spellings(self.path) | (spellings(self.token.url) if self.token else set())
        found |= {f"header-{name}" for name in names}
        if self.body is not None:
            found |= self.body.features
            found.add(f"{''.join(map(str, self.method.parts)).lower()}-body")
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
    path, server = path_text(endpoint.path, example.path), spec.server.rstrip("/")
    url = joined(server) + path + joined("?" if query else "") + encoded(query)
    headers, content_type = _headers(example)
    payload = _payload(example.body, content_type) if example.body else None
    line = joined(endpoint.method), joined(split(server)[1]) + path, encoded(query)
    return Request(
        method=joined(endpoint.method),
        server=server,
        path=path,
        query=query,
        url=url,
        headers=headers,
        basic=_credentials(_first(example, Basic)),
        auth=example.auth,
        body=payload,
        result=result_of(example),
        response=example.response,
        path_values=dict(example.path),
        endpoint=endpoint.id,
        example=example.id,
        token=_token(_first(example, ClientCredentials), example.id),
        signature=signature_of(_first(example, Hmac), line, headers),
    )


_A = TypeVar("_A", Basic, ClientCredentials, Hmac)


def _first(example: Example, kind: type[_A]) -> _A | None:
    return next((auth for auth in example.auth if isinstance(auth, kind)), None)


def _token(auth: ClientCredentials | None, example: str) -> Request | None:
    """The call that fetches a token: RFC 6749, section 4.4.2."""
    if auth is None:
        return None
    fields = [(joined("grant_type"), joined("client_credentials"))]
    fields += [(joined("scope"), joined(auth.scope))] if auth.scope else []
    text = encoded(tuple(fields))
    form = Payload("form", joined(MEDIA_TYPES["form"]), text=text, fields=tuple(fields))
    basic = Basic(auth.client_id_env, auth.client_secret_env)
    server, _, query = auth.token_url.partition("?")
    return Request(
        method=joined("POST"),
        server=server,
        path=EMPTY,
        query=decoded(query),
        url=joined(auth.token_url),
        headers=(),
        basic=_credentials(basic),
        auth=(basic,),
        body=form,
        result=None,
        response=Response(200, (), "json", {"access_token": "token"}, "application/json"),
        path_values={},
        endpoint="",
        example=example,
    )


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
        elif isinstance(auth, ClientCredentials):
            lines.append(Header(joined("Authorization"), joined("Bearer ", Local("token"))))
        elif isinstance(auth, Hmac):
            lines.append(Header(joined(auth.name), joined(auth.prefix, Local("signature"))))
    lines += [Header(joined(name), value) for name, value in example.headers]
    cookies = [(name, value) for name, value in example.cookies]
    cookies += [(auth.name, _key(auth)) for auth in _keys(example, "cookie")]
    if cookies:
        lines.append(Header(joined("Cookie"), _cookie(cookies)))
    is_type = [line for line in lines if line.key == "content-type"]
    rest = tuple(line for line in lines if line.key != "content-type")
    if is_type and example.body is None:
        return tuple(lines), None
    return rest, is_type[-1].value if is_type else None


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


def _credentials(basic: Basic | None) -> Credentials | None:
    if basic is None:
        return None
    return Credentials(Text((Env(basic.username_env),)), Text((Env(basic.password_env),)))


def _secrets(auths: tuple[Auth, ...]) -> Iterator[Env]:
    for auth in auths:
        if isinstance(auth, Basic):
            yield from (Env(auth.username_env), Env(auth.password_env))
        elif isinstance(auth, ClientCredentials):
            yield from (Env(auth.client_id_env), Env(auth.client_secret_env))
        else:
            yield Env(auth.env)
