"""Values that hypothesis makes to the YAML of a spec, as it can be pasted into the corpus."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A JSON number as it is written."""

    text: str


@dataclass(frozen=True, slots=True)
class Variable:
    """A value of the reader's environment."""

    name: str


@dataclass(frozen=True, slots=True)
class Json:
    """A JSON value, which is written as such where YAML has no word for it."""

    value: Any


def written(value: Any) -> str:
    """A value in YAML's flow style."""
    if isinstance(value, Variable):
        return f"!env {value.name}"
    if isinstance(value, Json):
        return written(value.value) if _variables(value.value) else _pasted(value.value)
    if isinstance(value, Lexeme):
        return value.text
    if isinstance(value, dict):
        pairs = (f"{written(name)}: {written(item)}" for name, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return _quoted(value) if isinstance(value, str) else json.dumps(value)


def _variables(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_variables, value.values()))
    return isinstance(value, Variable) or (isinstance(value, list) and any(map(_variables, value)))


def _pasted(value: Any) -> str:
    return "!json '" + _json(value).replace("'", "''") + "'"


def _json(value: Any) -> str:
    """JSON text in ASCII, which YAML keeps as it is."""
    if isinstance(value, Lexeme):
        return value.text
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_json(key)}: {_json(it)}" for key, it in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_json, value)) + "]"
    return json.dumps(value)


def _quoted(text: str) -> str:
    """A text in double quotes; what is not plain ASCII is escaped, lone surrogates too."""
    return '"' + "".join(map(_escaped, text)) + '"'


#: What an escape begins with, by its digits.
_MARKS = {2: "x", 4: "u", 8: "U"}


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if " " <= char <= "~":
        return char
    code = ord(char)
    digits = next(digits for digits in _MARKS if code < 16**digits)
    return f"\\{_MARKS[digits]}{code:0{digits}x}"


#: The auth styles that an example may name.
AUTH = """\
auth:
  bearer: {scheme: bearer, env: HOSTILE_TOKEN}
  basic: {scheme: basic, username_env: HOSTILE_USER, password_env: HOSTILE_PASSWORD}
  header: {scheme: header, name: x-api-key, env: HOSTILE_KEY, prefix: "it's \\"$k\\" "}
  query: {scheme: query, name: "api[key]", env: HOSTILE_KEY}
  cookie: {scheme: cookie, name: session, env: HOSTILE_SESSION}
  oauth:
    scheme: oauth2-client-credentials
    token_url: https://login.hostile.example/token
    client_id_env: HOSTILE_ID
    client_secret_env: HOSTILE_SECRET
    scope: a b
  hmac:
    scheme: hmac-sha256
    name: X-Signature
    env: HOSTILE_SECRET
    string: "{method}\\n{path}?{query}\\n{body}"
    encoding: base64
"""


def spec(name: str, line: str, example: Mapping[str, Any]) -> str:
    """A spec with one example."""
    return (
        "callsheet: 1\ntitle: Fuzz\nserver: https://api.hostile.example/v1\n"
        f"{AUTH}endpoints:\n  fuzz:\n    request: {written(line)}\n    examples:\n"
        f"      {name}: {written(dict(example))}\n"
    )
