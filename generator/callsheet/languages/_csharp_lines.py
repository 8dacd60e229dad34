"""Header lines and media types to how HttpClient is given them, so that they stay as written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callsheet.message import with_type
from callsheet.values import Text, fixed, literal

if TYPE_CHECKING:
    from callsheet.layout import Doc
    from callsheet.literals import Literals
    from callsheet.message import Header, Payload
    from callsheet.request import Request

#: https://learn.microsoft.com/dotnet/api/system.net.http.headers.httpcontentheaders
_OF_CONTENT = re.compile(
    r"allow|content-(?:disposition|encoding|language|length|location|md5|range|type)|expires"
    r"|last-modified"
)
#: Headers that `Add` parses, so that it refuses some values and respells others:
#: https://learn.microsoft.com/dotnet/api/system.net.http.headers.httprequestheaders
_PARSED = re.compile(
    r"accept(?:-charset|-encoding|-language)?|(?:proxy-)?authorization|cache-control|connection|date"
    r"|expect|from|host|if-(?:match|modified-since|none-match|range|unmodified-since)|max-forwards"
    r"|pragma|range|referer|te|trailer|transfer-encoding|upgrade|user-agent|via|warning"
)
#: Common lines of these that it leaves as they are.
_KEPT = re.compile(
    r"(?:accept|user-agent): [\w.+*-]+/[\w.+*-]+|accept-language: [A-Za-z-]+", re.ASCII
)
_SCHEME = re.compile(r"[\w-]+ ", re.ASCII)
_MEDIA_TYPE = re.compile(r"([^\s;]+)(?:; charset=([\w-]+))?", re.ASCII)


class HeaderLines:
    """Writes header lines."""

    def __init__(self, writer: Literals) -> None:
        self.writer = writer

    def added(self, line: Header) -> Doc:
        """How a message takes a header, exactly as it is written."""
        name, value = literal(line.name), line.value
        known, scheme = name.lower(), _scheme(value)
        if known == "authorization" and scheme:
            key = self.writer.text(Text(value.parts[1:]))
            return self.writer.call("Headers.Authorization = new", self.writer.string(scheme), key)
        method = "Headers.Add"
        if _OF_CONTENT.fullmatch(known):
            method = "Content.Headers.TryAddWithoutValidation"
        elif _PARSED.fullmatch(known) and not _kept(known, value):
            method = "Headers.TryAddWithoutValidation"
        return self.writer.call(method, self.writer.string(name), self.writer.text(value))


def _scheme(value: Text) -> str:
    """The scheme of credentials of which the rest comes from the environment, else ""."""
    first = value.parts[0] if len(value.parts) > 1 else ""
    return first[:-1] if isinstance(first, str) and _SCHEME.fullmatch(first) else ""


def _kept(name: str, value: Text) -> bool:
    """Whether `Add` leaves the value of a header that it parses as it is."""
    return not value.env and bool(_KEPT.fullmatch(f"{name}: {fixed(value)}"))


def constructed(body: Payload) -> tuple[str, ...] | None:
    """Media type and charset, where a content's constructor can say them, else None."""
    other_form = body.kind == "form" and body.type != "application/x-www-form-urlencoded"
    return None if other_form or body.kind == "file" else media(body.type)


def media(type_: Text) -> tuple[str, ...] | None:
    """Media type and charset, where they are all that a media type says, else None."""
    match = None if type_.env else _MEDIA_TYPE.fullmatch(literal(type_))
    return tuple(filter(None, match.groups())) if match else None


def about_content(request: Request) -> tuple[Header, ...]:
    """The header lines that HttpClient takes as those of the content."""
    body = request.body
    lines = request.headers
    if body is not None and body.kind != "multipart" and constructed(body) is None:
        lines = with_type(lines, body)
    return tuple(line for line in lines if _OF_CONTENT.fullmatch(literal(line.name).lower()))
