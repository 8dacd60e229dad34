"""What Faraday makes of a method and a query; in: a request, out: code, or a refusal."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from callsheet.errors import Unsupported
from callsheet.values import literal

if TYPE_CHECKING:
    from callsheet.request import Request
    from callsheet.values import Text

#: https://github.com/lostisland/faraday/blob/v1.1.0/lib/faraday/connection.rb
_METHODS = ("GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "TRACE")


def verb(method: Text) -> str:
    """The method of Faraday for a method of HTTP.

    Raises:
        Unsupported: There is none.
    """
    if method not in _METHODS:
        raise Unsupported(f"Faraday knows no method {literal(method)}")
    return literal(method).lower()


def flat_query(request: Request) -> bool:
    """Whether the query must be told to stay as it is: Faraday reads it, and writes it sorted.

    Raises:
        Unsupported: The values of a name do not follow each other.
    """
    names = [literal(name) for name, _ in request.query]
    if len(set(names)) < len(list(groupby(names))):
        raise Unsupported("Faraday puts the values of a repeated name in a query together")
    plain = all(name and not any(char in name for char in "[]") for name in names)
    return not (plain and sorted(set(names)) == names)
