"""The one table of what the comparison lets pass, and why; all else is a difference."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from callsheet.clients import Client


@dataclass(frozen=True, slots=True)
class Tolerance:
    """One thing that may differ.

    Attributes:
        where: "extra": a header that was not declared may arrive. Elsewhere: the compared part.
        name: The header's name in lower case, a pattern with `*`, or what may differ.
        reason: Why this is no fault of the snippet.
        clients: The clients it holds for, as `language/client`; a pattern.
    """

    where: Literal["extra", "header", "query", "body", "stdout"]
    name: str
    reason: str
    clients: str = "*"


TOLERANCES = (
    Tolerance("extra", "host", "HTTP/1.1 asks for it; it names the server"),
    Tolerance("extra", "content-length", "framing; the body itself is compared"),
    Tolerance("extra", "transfer-encoding", "framing; the body itself is compared"),
    Tolerance("extra", "connection", "how long the connection lives is not part of the call"),
    Tolerance("extra", "user-agent", "every library names itself"),
    Tolerance("extra", "accept", "a library's own default; a declared Accept is compared"),
    Tolerance("extra", "accept-encoding", "compression is between library and server"),
    Tolerance("extra", "expect", "cURL asks before it sends a large body", "*/curl"),
    Tolerance("extra", "expect", "Guzzle asks before it sends a large body", "php/guzzle"),
    Tolerance("extra", "accept-language", "fetch sends `*` (Fetch standard, 4.4)", "node/*"),
    Tolerance("extra", "sec-fetch-mode", "fetch sends it (W3C Fetch Metadata)", "node/*"),
    Tolerance("extra", "cache-control", "fetch adds it to If-Match and its kin", "node/fetch"),
    Tolerance("extra", "pragma", "fetch adds it to If-Match and its kin", "node/fetch"),
    Tolerance("extra", "upgrade", "the JDK offers HTTP/2 on plain http", "java/*"),
    Tolerance("extra", "http2-settings", "the JDK offers HTTP/2 on plain http", "java/*"),
    Tolerance("extra", "content-type", "Net::HTTP names one for the empty body", "ruby/*"),
    Tolerance("extra", "content-type", "axios names one for the empty body", "node/axios"),
    Tolerance("extra", "x-stainless-*", "telemetry of SDKs that Stainless generates", "*/openai"),
    Tolerance(
        "extra", "x-stainless-*", "telemetry of SDKs that Stainless generates", "*/anthropic"
    ),
    Tolerance("header", "case of a name", "names have no case (RFC 9110, section 5.1)"),
    Tolerance("header", "case of a media type", "neither has that (RFC 9110, section 8.3.1)"),
    Tolerance("header", "case of a charset", "charsets have no case (RFC 9110, section 8.3.2)"),
    Tolerance("header", "case of `Basic`", "schemes have no case (RFC 9110, section 11.1)"),
    Tolerance("query", "spelling of a pair", "`+`, `%20` and needless escapes mean the same"),
    Tolerance("body", "order of JSON keys", "an object has no order (RFC 8259, section 4)"),
    Tolerance("body", "white space inside JSON", "layout, not value; around it there is none"),
    Tolerance("body", "escapes inside JSON strings", "`\\u00e9` and `é` are one character"),
    Tolerance("body", "spelling of a form's pair", "`+`, `%20` and needless escapes mean the same"),
    Tolerance("header", "boundary of a multipart body", "any text that the parts do not hold"),
    Tolerance("body", "Content-Length of a part", "framing; the part itself is compared"),
    Tolerance("body", "Content-Transfer-Encoding of a part", "7bit, 8bit, binary: as it is"),
    Tolerance("body", "undeclared type of a part", "text/plain, or what the file's name means"),
    Tolerance("body", "quoting of a part's names", '`\\"`, `%22`, bare, `filename*` beside it'),
    Tolerance("stdout", "one line end after a body", "most ways to print end the line"),
    Tolerance("stdout", "layout of JSON", "languages print it differently; the value is compared"),
    Tolerance("stdout", "a refusal's bytes", "what is no text has no message to tell"),
    Tolerance("stdout", "a refusal's body", "`--fail-with-body` shows each body", "curl/curl"),
)


def added(client: Client, name: str) -> bool:
    """Whether a client may send a header on its own.

    Args:
        client: Who sends it; a binding's `adds` count.
        name: The header's name in any case.
    """
    name = name.lower()
    own = client.sdk is not None and name in {word.lower() for word in client.sdk.adds}
    return own or tolerated("extra", name, client)


def tolerated(where: str, name: str, client: Client) -> bool:
    """Whether a row of the table holds for a client.

    Args:
        where: The compared part, or "extra".
        name: What may differ.
        client: Who sent it.
    """
    sender = f"{client.language}/{client.key}"
    return any(
        row.where == where and fnmatchcase(name, row.name) and fnmatchcase(sender, row.clients)
        for row in TOLERANCES
    )
