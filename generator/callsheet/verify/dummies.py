"""Environment variables that a snippet runs with, and the texts of a spec filled with them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING
from urllib.parse import quote

from callsheet.values import Env, Json, Local, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from callsheet.message import Signature
    from callsheet.request import Request

#: What a local of a program is filled from, beside the variables, whose names are of another form.
_LOCAL = "local "


def dummies(names: Iterable[str]) -> dict[str, str]:
    """A value for each variable, seen nowhere else: a hard-coded or swapped key cannot pass."""
    return {name: f"sk-cs-{secrets.token_hex(8)}" for name in names}


def token(variables: Mapping[str, str]) -> str:
    """The token that a program's first call is answered, for what the program runs with."""
    return "token-" + hashlib.sha256(repr(sorted(variables.items())).encode()).hexdigest()[:16]


def found_out(request: Request, body: bytes, variables: Mapping[str, str]) -> dict[str, str]:
    """The variables, and beside them what a program finds out itself: a token, a signature.

    Args:
        request: The call.
        body: The body as it arrived, which may be signed.
        variables: What the program runs with.
    """
    found = {**variables}
    if request.token:
        found[f"{_LOCAL}token"] = token(variables)
    if request.signature:
        found[f"{_LOCAL}signature"] = _signature(request.signature, body, found)
    return found


def _signature(signature: Signature, body: bytes, variables: Mapping[str, str]) -> str:
    key = fill(signature.key, variables).encode()
    text = fill(signature.text, variables).encode() + (body if signature.body else b"")
    digest = hmac.new(key, text, hashlib.sha256).digest()
    return digest.hex() if signature.encoding == "hex" else base64.b64encode(digest).decode()


def fill(text: Text, env: Mapping[str, str]) -> str:
    """The content of a text, with the environment's values."""
    return "".join(part if isinstance(part, str) else _value(part, env) for part in text.parts)


def fill_json(value: Json, env: Mapping[str, str]) -> Json:
    """The same for a JSON value."""
    if isinstance(value, Env):
        return _value(value, env)
    if isinstance(value, list):
        return [fill_json(item, env) for item in value]
    if isinstance(value, dict):
        return {key: fill_json(item, env) for key, item in value.items()}
    return value


def _value(part: Env, env: Mapping[str, str]) -> str:
    value = env[_LOCAL + part.name if isinstance(part, Local) else part.name]
    return quote(value, safe="") if part.escape == "url" else value
