"""Binding + Request to a bound call: which code an SDK's template prints, or why it cannot."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from callsheet.errors import Unsupported
from callsheet.literals import Given
from callsheet.spec.model import ApiKey, Bearer, SdkStream
from callsheet.values import Env, fixed, joined
from callsheet.wire import lone_surrogate

if TYPE_CHECKING:
    from callsheet.layout import Doc
    from callsheet.literals import Literals
    from callsheet.message import Header
    from callsheet.request import Request
    from callsheet.spec.model import Auth, Output, Sdk, SdkCall
    from callsheet.values import Json

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Bound:
    """A call through an SDK, as code.

    Attributes:
        imports: Import lines.
        client: Code that makes the client.
        call: The method.
        arguments: Its arguments with their parentheses.
        bind: The local that holds the answer or the stream.
        item: The loop's local of a stream.
        output: What is written, and when; None writes the answer as JSON.
    """

    imports: tuple[str, ...]
    client: str
    call: str
    arguments: Doc
    bind: str
    item: str
    output: Output


def bind(sdk: Sdk, request: Request, literals: Literals) -> Bound:
    """The call that makes this request through an SDK.

    Raises:
        Unsupported: The SDK does not make exactly this request.
    """
    call = _call(sdk, request)
    stream = call.stream if request.stream else None
    if request.stream and stream is None:
        raise Unsupported(f"the binding `{sdk.key}` declares no streaming form of this call")
    _check_characters(sdk, request)
    secret = _secret(sdk, request)
    client = sdk.client.replace("{key}", literals.env(Env(secret)))
    return Bound(
        imports=(*sdk.imports, *call.imports),
        client=client.replace("{base}", literals.string(request.server + sdk.base)),
        call=(stream.call or call.call) if stream else call.call,
        arguments=_arguments(sdk, call, request, literals),
        bind=stream.bind if stream else call.bind,
        item=stream.item if stream else "",
        output=_output(call, request, literals),
    )


def _check_characters(sdk: Sdk, request: Request) -> None:
    """A writer of JSON of an SDK's own may fail on what is no character."""
    lone = lone_surrogate(request.body.json.json) if request.body and request.body.json else ""
    if lone:
        raise Unsupported(f"the SDK `{sdk.title}` may not send U+{ord(lone):04X}")


def _call(sdk: Sdk, request: Request) -> SdkCall:
    parts = (*request.method.parts, " ", *request.path.parts)
    line = "".join(part if isinstance(part, str) else f"${part.name}" for part in parts)
    for name, call in sdk.calls.items():
        if name in (request.endpoint, line) or _matches(name, line):
            return call
    raise Unsupported(f"the SDK `{sdk.title}` has no call for `{line}`")


def _matches(name: str, line: str) -> bool:
    """Whether `GET /v1/models/{id}` is the shape of a request line."""
    if " " not in name:
        return False
    shape = re.sub(r"\\\{[^{}]*\\\}", "[^/]+", re.escape(name))
    return re.fullmatch(shape, line) is not None


def _secret(sdk: Sdk, request: Request) -> str:
    """The variable that holds the key, provided that the SDK sends it where the spec says."""
    if sdk.auth is None and not request.auth:
        return ""
    if len(request.auth) != 1 or _style(request.auth[0]) != _style(sdk.auth):
        raise Unsupported(
            f"the SDK `{sdk.title}` sends its key in another way than the endpoint asks"
        )
    return request.secrets[0]


def _style(auth: Auth | None) -> tuple[str, ...]:
    if isinstance(auth, Bearer):
        return ("header", "authorization", "Bearer ")
    if isinstance(auth, ApiKey):
        return (auth.place, auth.name.lower(), auth.prefix)
    return (type(auth).__name__,)


def _arguments(sdk: Sdk, call: SdkCall, request: Request, literals: Literals) -> Doc:
    rules = call.arguments
    positional = [_positional(code, request, literals) for code in rules.positional]
    fields, extra = _fields(call, request)
    named: list[tuple[str, Doc]] = []
    for name, value in fields.items():
        named.append((rules.rename.get(name, name), literals.value(value)))
    if extra:
        if not rules.extra:
            raise Unsupported(f"the SDK `{sdk.title}` takes no field `{next(iter(extra))}` here")
        named.append((rules.extra, literals.value(extra)))
    options: list[tuple[str, Doc]] = []
    headers = _headers(sdk, request)
    if headers:
        options.append((_needed(sdk.headers, sdk, "headers"), literals.headers(headers)))
    if request.query:
        options.append((_needed(sdk.query, sdk, "query"), _query(request, literals)))
    return literals.arguments(Given(rules.style, positional, named, options))


def _needed(argument: str, sdk: Sdk, what: str) -> str:
    if not argument:
        raise Unsupported(f"the SDK `{sdk.title}` takes no further {what}")
    return argument


def _query(request: Request, literals: Literals) -> Doc:
    names = [name for name, _ in request.query]
    if len(set(names)) < len(names):
        raise Unsupported("a query parameter is repeated")
    return literals.map_of([(fixed(name), literals.text(value)) for name, value in request.query])


def _positional(code: str, request: Request, literals: Literals) -> str:
    if not code.startswith("path."):
        return code
    return literals.text(request.path_values.get(code.removeprefix("path."), joined()))


def _fields(call: SdkCall, request: Request) -> tuple[dict[str, Json], dict[str, Json]]:
    """The body's top-level fields: those the method names, and the others."""
    rules = call.arguments
    if request.body is None:
        return {}, {}
    body = request.body.json.json if request.body.json else None
    if rules.style not in ("kwargs", "object") or not isinstance(body, dict):
        raise Unsupported(f"`{call.call}` takes a JSON object as its body")
    omit = call.stream.omit if request.stream and call.stream else ()
    known: dict[str, Json] = {}
    extra: dict[str, Json] = {}
    for name, value in body.items():
        if name not in omit:
            named = (not rules.known or name in rules.known) and _is_name(name, rules.style)
            (known if named else extra)[name] = value
    return known, extra


def _is_name(name: str, style: str) -> bool:
    return style != "kwargs" or _IDENTIFIER.fullmatch(name) is not None


def _headers(sdk: Sdk, request: Request) -> tuple[Header, ...]:
    """What the SDK does not send by itself."""
    auth = _style(sdk.auth)[1] if sdk.auth else ""
    sends = {name.lower(): value for name, value in sdk.sends}
    further = []
    for line in request.headers:
        name = fixed(line.name).lower()
        if name != auth and sends.get(name) != line.value:
            further.append(line)
    return tuple(further)


def _output(call: SdkCall, request: Request, literals: Literals) -> Output:
    result = request.result
    form = call.stream if request.stream and call.stream else call
    path = result.path if result else ""
    if path in form.results:
        return form.results[path]
    if result is None:
        raise Unsupported("the example does not say what is printed (`prints`)")
    base = form.item if isinstance(form, SdkStream) else form.bind
    return literals.attributes(base, result)
