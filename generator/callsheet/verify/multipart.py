"""The bytes of a multipart body to its Fields, strictly: RFC 2046, section 5.1, and RFC 7578."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.header import decode_header, make_header
from urllib.parse import unquote

from callsheet.verify.http1 import Headers  # noqa: TC001  a field's type, which dataclass reads

#: RFC 5322, section 2.2, without folding, which no client of a form uses.
_LINE = re.compile(rb"([!-9;-~]+):[ \t]*(.*?)[ \t]*", re.DOTALL)
#: RFC 2046, section 5.1.1; a media type writes it bare or in quotes.
_BOUNDARY = re.compile(r"[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]")
#: A parameter of Content-Disposition: a token, or quoted text in which `\` stands before a quote.
_PARAMETER = re.compile(r';[ \t]*([^\s;=]+)=("(?:[^"\\]|\\.)*"|[^\s;"]*)[ \t]*', re.DOTALL)
#: How browsers write what would end a name or its line (HTML, section 4.10.21.8).
_PERCENT = {"%22": '"', "%0D": "\r", "%0A": "\n"}


class Broken(Exception):  # noqa: N818  names the fault
    """The bytes are no multipart body, or not all of one."""


@dataclass(frozen=True, slots=True)
class Field:
    """A part as it arrived.

    Attributes:
        headers: Its header lines in order.
        parameters: Those of its Content-Disposition: name in lower case → value, unquoted.
        content: Its bytes.
    """

    headers: Headers
    parameters: dict[str, str]
    content: bytes

    def values(self, name: str) -> list[str]:
        """Values of all header lines of a name, in order."""
        return [value for key, value in self.headers if key.lower() == name]

    def says(self, name: str, meant: str) -> bool:
        """Whether a parameter means a text, in one of the ways in which clients write it."""
        plain, extended = self.parameters.get(name), self.parameters.get(f"{name}*")
        return (
            plain is not None
            and meant in _readings(plain)
            and (extended is None or _extended(extended) == meant)
        )


def fields(body: bytes, content_type: str) -> list[Field]:
    """The parts of a body in order.

    Args:
        body: What arrived.
        content_type: The value of its Content-Type line, which holds the boundary.

    Raises:
        Broken: It has no boundary, something stands outside of the parts, or the end is missing.
    """
    mark = b"--" + _boundary(content_type).encode()
    first, *rest = re.split(rb"(?:^|\r\n)" + re.escape(mark), body)
    if first or not rest:
        raise Broken(f"the body does not begin with the boundary: {body[:80]!r}")
    if rest[-1] not in (b"--", b"--\r\n"):
        raise Broken(f"the body does not end with the closing boundary: {body[-80:]!r}")
    return [_field(part) for part in rest[:-1]]


def _boundary(content_type: str) -> str:
    found = [value for name, value in _parameters(content_type) if name == "boundary"]
    if len(found) != 1 or not _BOUNDARY.fullmatch(found[0]):
        raise Broken(f"no boundary in Content-Type {content_type!r}")
    return found[0]


def _parameters(value: str) -> list[tuple[str, str]]:
    _, mark, rest = value.partition(";")
    return [(name.lower(), _unquoted(text)) for name, text in _PARAMETER.findall(mark + rest)]


def _unquoted(text: str) -> str:
    return text[1:-1] if text.startswith('"') else text


def _field(part: bytes) -> Field:
    if not part.startswith(b"\r\n"):
        raise Broken(f"a boundary's line goes on: {part[:80]!r}")
    head, mark, content = part.partition(b"\r\n\r\n")
    if not mark:
        raise Broken(f"a part has no empty line behind its header: {part[:80]!r}")
    lines = [_LINE.fullmatch(line) for line in head.split(b"\r\n")[1:]]
    headers = tuple((_text(line[1]), _text(line[2])) for line in lines if line)
    dispositions = [value for name, value in headers if name.lower() == "content-disposition"]
    if None in lines or len(dispositions) != 1:
        raise Broken(f"a part has no proper Content-Disposition: {head[:200]!r}")
    return Field(headers, _disposition(dispositions[0]), content)


def _disposition(value: str) -> dict[str, str]:
    kind, found = value.partition(";")[0].strip().lower(), _parameters(value)
    spelled = "".join(match[0] for match in _PARAMETER.finditer(value))
    twice = len(dict(found)) < len(found)
    if kind != "form-data" or twice or len(kind) + len(spelled) != len(value.strip()):
        raise Broken(f"this is no Content-Disposition of a form: {value!r}")
    return dict(found)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def _readings(text: str) -> set[str]:
    r"""What a quoted text may mean: as it is, with `\"`, with `%22`, or as RFC 2047 has it."""
    percent = re.sub("%22|%0[DAda]", lambda match: _PERCENT[match[0].upper()], text)
    readings = {text, re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL), percent}
    if text.startswith("=?") and text.endswith("?="):
        readings.add(str(make_header(decode_header(text))))
    return readings


def _extended(text: str) -> str:
    """RFC 8187: `utf-8''a%20b`; nothing that is known of any other."""
    charset, _, encoded = text.partition("''")
    return unquote(encoded, errors="surrogateescape") if charset.lower() == "utf-8" else ""
