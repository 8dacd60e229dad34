"""A JSON value to one whose variables are marked, so that its text can be cut at them."""

from __future__ import annotations

from callsheet.values import Env, Json, Number


def placeheld(value: Json) -> Json:
    r"""The value, each variable as its name between two `\0`, which no JSON text holds."""
    if isinstance(value, Env):
        return Number(f"\0{value.name}\0")
    if isinstance(value, list):
        return [placeheld(item) for item in value]
    if isinstance(value, dict):
        return {key: placeheld(item) for key, item in value.items()}
    return value
