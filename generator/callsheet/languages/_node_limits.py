"""What JavaScript, fetch and axios would send or print otherwise; in: a request, out: a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.errors import Unsupported
from callsheet.languages._answers import result_value, rounds
from callsheet.values import literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.request import Request

#: https://fetch.spec.whatwg.org/#forbidden-method
_FORBIDDEN = ("TRACE", "TRACK")
#: https://github.com/nodejs/undici/blob/v6.22.0/lib/core/request.js, `processHeader`.
_REFUSED = ("expect", "keep-alive", "upgrade")
#: https://fetch.spec.whatwg.org/#http-network-or-cache-fetch, step 14
_PROXY_AUTHENTICATION = 407
_SNI = "Node.js looks for the Host line's name in the server's certificate"


def prove(request: Request, client: str) -> str:
    """Nothing, where a client can make a call and print its answer.

    Args:
        request: The call.
        client: Who makes it: `fetch` or `axios`.

    Raises:
        Unsupported: It cannot.
    """
    limits = _fetch if client == "fetch" else _axios
    for reason in (*limits(request), *_javascript(request)):
        raise Unsupported(reason)
    return ""


def _fetch(request: Request) -> Iterator[str]:
    keys = {line.key for line in request.headers}
    if request.method in _FORBIDDEN:
        yield f"fetch refuses the method {literal(request.method)}"
    if "host" in keys:
        yield "fetch takes the Host line from the URL"
    if "__proto__" in keys:
        yield "fetch leaves out a header named `__proto__`"
    yield from (f"fetch refuses the header `{key}`" for key in _REFUSED if key in keys)
    if request.response.status == _PROXY_AUTHENTICATION:
        yield f"fetch gives no answer of status {_PROXY_AUTHENTICATION} to a program"


def _axios(request: Request) -> Iterator[str]:
    keys = {line.key for line in request.headers}
    if "host" in keys and request.server.startswith("https:"):
        yield _SNI


def _javascript(request: Request) -> Iterator[str]:
    response = request.response
    if response.kind in ("text", "ndjson") and str(response.content).startswith("\ufeff"):
        yield "JavaScript leaves out the byte order mark that the answer begins with"
    if response.kind == "file" and response.refuses:
        yield "an error of JavaScript holds text, not the bytes of a file"
    if rounds(result_value(request), whole=True):
        yield "JavaScript rounds a number of what it would print"
