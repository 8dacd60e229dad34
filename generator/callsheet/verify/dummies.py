"""Environment variables that a snippet runs with, and the texts of a spec filled with them."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING
from urllib.parse import quote

from callsheet.values import Env, Json, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def dummies(names: Iterable[str]) -> dict[str, str]:
    """A value for each variable, seen nowhere else: a hard-coded or swapped key cannot pass."""
    return {name: f"sk-cs-{secrets.token_hex(8)}" for name in names}


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
    value = env[part.name]
    return quote(value, safe="") if part.escape == "url" else value
