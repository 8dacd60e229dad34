"""What Ruby's clients would send or print otherwise; in: a request, out: a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.errors import Unsupported
from callsheet.languages._answers import result_value, rounds
from callsheet.languages._faraday import flat_query

if TYPE_CHECKING:
    from callsheet.request import Request


def prove(request: Request, client: str) -> str:
    """Nothing, where a client can make a call and print its answer.

    Args:
        request: The call.
        client: Who makes it: `net-http` or `faraday`.

    Raises:
        Unsupported: It cannot.
    """
    if client == "faraday" and request.stream and request.response.refuses:
        raise Unsupported("Faraday hands on a stream before its status is known")
    if client == "faraday" and request.token and flat_query(request.token):
        raise Unsupported("Faraday sorts the query of the URL that a token is fetched from")
    dashed = next((line.key for line in request.headers if line.key.endswith("-")), "")
    if dashed:
        raise Unsupported(f"Net::HTTP drops the dash at the end of a name such as `{dashed}`")
    if rounds(result_value(request), whole=False):
        raise Unsupported("Ruby rounds a number of what it would print")
    return ""


def ends_line(request: Request) -> bool:
    """Whether what is printed ends a line itself, so that `puts` would end none."""
    value = result_value(request)
    return isinstance(value, str) and value.endswith("\n")
