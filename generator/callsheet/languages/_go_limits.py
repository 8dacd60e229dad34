"""What net/http would send otherwise; in: a request, out: a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.errors import Unsupported
from callsheet.values import EMPTY, literal

if TYPE_CHECKING:
    from callsheet.request import Request

#: Headers that net/http takes from elsewhere (net/http, reqWriteExcludeHeader).
_EXCLUDED = ("trailer",)


def prove(request: Request) -> str:
    """Nothing, where net/http can make a call.

    Raises:
        Unsupported: It cannot.
    """
    excluded = next((line for line in request.headers if line.key in _EXCLUDED), None)
    if excluded:
        raise Unsupported(f"net/http sends no `{literal(excluded.name)}` but its own")
    agents = [line.value for line in request.headers if line.key == "user-agent"]
    if len(agents) > 1 or EMPTY in agents:
        raise Unsupported("net/http sends one User-Agent, or none where it is empty")
    return ""
