"""What is wrong with a text of the spec: each check answers a Complaint, or None."""

from __future__ import annotations

import re
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from callsheet.errors import nearest, quoted
from callsheet.spec.source import Complaint

#: RFC 9110, section 5.6.2: the characters of a method and of a header name.
TOKEN: Final = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105  not a password
#: RFC 9110, section 8.3.1.
MEDIA_TYPE: Final = rf"{TOKEN}/{TOKEN}([ \t]*;[ \t]*{TOKEN}=({TOKEN}|\"[ !#-~]*\"))*"
#: A server's URL that is filled in later.
PLACEHOLDER: Final = r"__[A-Z][A-Z0-9_]*__"
PARAMETER: Final = r"[A-Za-z_][A-Za-z0-9_.-]*"

METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE")
#: https://www.iana.org/assignments/http-methods: the others, none of which is a misspelt one.
_MORE_METHODS: Final = {
    *("ACL", "BASELINE-CONTROL", "BIND", "CHECKIN", "CHECKOUT", "COPY", "LABEL"),
    *("LINK", "LOCK", "MERGE", "MKACTIVITY", "MKCALENDAR", "MKCOL", "MKREDIRECTREF"),
    *(
        "MKWORKSPACE",
        "MOVE",
        "ORDERPATCH",
        "PROPFIND",
        "PROPPATCH",
        "PURGE",
        "QUERY",
        "REBIND",
        "REPORT",
        "SEARCH",
    ),
    *("UNBIND", "UNCHECKOUT", "UNLINK", "UNLOCK", "UPDATE", "UPDATEREDIRECTREF"),
    "VERSION-CONTROL",
}


def request_line(text: str) -> Complaint | None:
    """A method and a path, as in `POST /v1/items/{id}`."""
    method, _, rest = text.partition(" ")
    if method.startswith(("/", "http:", "https:")):
        return Complaint("the request lacks its method", f"`GET {text}`")
    path = rest.strip()
    return _method(method) or _path(path, len(text) - len(rest.lstrip()))


def signed(text: str) -> Complaint | None:
    """What an HMAC is made of: text with places."""
    for place in re.finditer(r"\{([^{}]*)\}|[{}]", text):
        if not re.fullmatch(rf"method|path|query|body|header:{TOKEN}", place[1] or ""):
            known = "`{method}`, `{path}`, `{query}`, `{body}` or `{header:NAME}`"
            return Complaint(f"{quoted(place[0])} is no place", f"write {known}", place.start())
    if "{body}" in text.removesuffix("{body}"):
        return Complaint("`{body}` stands at the end, once", "what else is signed comes before it")
    return None


def path_of(text: str) -> str:
    """The path of a request line, whatever its method; "" where the path is at fault."""
    path = text.partition(" ")[2].strip()
    return "" if _path(path, 0) else path


def _method(method: str) -> Complaint | None:
    upper = method.upper()
    if upper == "CONNECT":
        message = "`CONNECT` asks a proxy for a host, and has no path (RFC 9110, section 9.3.6)"
        return Complaint(message, "name the method of the call itself", 0, len(method))
    if method == upper and (method in METHODS or method in _MORE_METHODS):
        return None
    near = upper if upper in METHODS else nearest(method, METHODS)
    if near:
        message = f"unknown HTTP method {quoted(method)}"
        return Complaint(message, f"did you mean `{near}`?", 0, len(method))
    if re.fullmatch(TOKEN, method) and method == upper:
        return None
    way_out = "a method is written in capitals, as in `POST /v1/items`"
    return Complaint(f"{quoted(method)} is not an HTTP method", way_out, 0, len(method))


#: What a path cannot hold, its parameters apart → the way out.
_NOT_IN_PATHS = (
    (r"\?.*", "the query has its own key, `query`"),
    (r"#.*", "a fragment is never sent; remove it"),
    (r"\s+", "a space is written `%20`"),
    (r"[\x00-\x1f\x7f]", "write it percent-encoded"),
    (r"\{[^{}/]*\}?|\}", "a parameter is written `{name}`, a brace `%7B` or `%7D`"),
)


def _path(path: str, offset: int) -> Complaint | None:
    if not path.startswith("/"):
        message = f"{quoted(path)} is not a path" if path else "the request lacks its path"
        way_out = "a request is written as in `POST /v1/items`; the server has its own key"
        return Complaint(message, way_out, offset, offset + len(path))
    literal = _masked(rf"\{{{PARAMETER}\}}", path)
    if re.fullmatch(r"[^\s?#{}\x00-\x1f\x7f]*", literal):
        return None
    for pattern, way_out in _NOT_IN_PATHS:
        found = re.search(pattern, literal)
        if found:
            message = f"a path cannot hold {quoted(path[slice(*found.span())])}"
            return Complaint(message, way_out, offset + found.start(), offset + found.end())
    return None


_URL_HELP = "as in `https://api.example.com/v1`"
SERVER_HELP = f"{_URL_HELP}, or a placeholder such as `__API_ORIGIN__`"
#: RFC 3986, appendix A: what may stand in a URL.
_NOT_IN_URLS = re.compile(r"[^!#$%&'()*+,/0-9:;=?@A-Z\[\]_a-z~.-]|%(?![0-9A-Fa-f]{2})")


def server_url(text: str) -> Complaint | None:
    """The URL that paths are appended to: an origin and perhaps a path."""
    if re.fullmatch(PLACEHOLDER, text):
        return None
    complaint = url(text)
    if complaint is not None:
        return complaint._replace(help=SERVER_HELP)
    more = re.search(r"[?#].*|(?<=/)[^/]*@", text)
    if more:
        message = f"{quoted(more[0])} cannot stand in a server's URL"
        return Complaint(message, f"it is an origin and a path, {SERVER_HELP}", *more.span())
    return None


def url(text: str) -> Complaint | None:
    """An http or https URL."""
    scheme = re.match(r"https?://", text)
    if scheme is None:
        return Complaint(f"{quoted(text)} is not an http or https URL", _URL_HELP)
    wrong = _NOT_IN_URLS.search(text)
    if wrong:
        message = f"a URL cannot hold {quoted(wrong[0])}"
        return Complaint(message, "write it percent-encoded", *wrong.span())
    try:
        parts = urlsplit(text)
        valid = bool(parts.hostname) and parts.port != 0
    except ValueError:
        valid = False
    return None if valid else Complaint(f"{quoted(text)} names no host and port", _URL_HELP)


def header_value(text: str) -> Complaint | None:
    """A field value (RFC 9110, section 5.5), in the characters that every client can send."""
    if re.fullmatch(r"([!-~]([\t -~]*[!-~])?)?", text):
        return None
    found = re.search(r"[^\t -~]", text) or re.search(r"^[ \t]+|[ \t]+$", text)
    if found is None:
        return None
    way_out = "visible ASCII characters, with spaces and tabs only between them"
    if found[0] in "\r\n":
        message, way_out = "a header value cannot hold a line break", "write it on one line"
    elif found[0].isspace() and ord(found[0][0]) < 0x80:  # noqa: PLR2004  ASCII
        message = "a header value cannot start or end with a space"
    else:
        message = f"a header value cannot hold {_code(found[0])}"
    return Complaint(message, way_out, *found.span())


def framing(name: str) -> Complaint | None:
    """A header that says where a body ends, which follows from the body."""
    if name.lower() not in ("content-length", "transfer-encoding"):
        return None
    return Complaint(f"{quoted(name)} is sent without being declared", "remove it")


def part_name(text: str) -> Complaint | None:
    """A name in the head of a part (RFC 7578, section 4.2)."""
    found = re.search(r"[\x00-\x1f\x7f]", text)
    if found is None:
        return None
    message = f"a part's name cannot hold {_code(found[0])}"
    return Complaint(message, "it stands in the head of the part, on one line", *found.span())


def file_name(text: str) -> Complaint | None:
    """The name of a file in the head of a part."""
    return part_name(text) if text else Complaint("a file's name is missing", "leave the key out")


def header_prefix(text: str) -> Complaint | None:
    """What goes before a key in a header; it may end with a space, as in `Token `."""
    return header_value(text.rstrip(" ") if text.strip(" ") else text)


def cookie_value(text: str) -> Complaint | None:
    """A cookie's value (RFC 6265, section 4.1.1), and what browsers take beyond it."""
    found = re.search(r"[^ -:<-~]", text) or re.search(r"^ +| +$", text)
    if found is None:
        return None
    message = f"a cookie's value cannot hold {_code(found[0][0])} here"
    return Complaint(message, "servers read it percent-encoded", *found.span())


def one_line(text: str) -> Complaint | None:
    """A title."""
    found = re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]", text)
    if found is None:
        return None
    return Complaint(f"a title cannot hold {_code(found[0])}", "it is one line", *found.span())


def sentence(text: str) -> Complaint | None:
    """A reason: one line that says something."""
    if not text.strip():
        return Complaint("a reason is missing", "say why, in one line")
    found = one_line(text)
    return found._replace(message=found.message.replace("title", "reason")) if found else None


def day(text: str) -> Complaint | None:
    """A calendar date (RFC 3339, full-date)."""
    way_out = "a date is written as in `2027-01-31`"
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return Complaint(f"{quoted(text)} is not a date", way_out)
    try:
        date.fromisoformat(text)
    except ValueError:
        return Complaint(f"there is no day {quoted(text)}", way_out)
    return None


def _code(char: str) -> str:
    if char in "\r\n":
        return "a line break"
    return quoted(char) if char.isprintable() else f"U+{ord(char):04X}"


def _masked(pattern: str, text: str) -> str:
    """The text with what matches made harmless, each character in its place."""
    return re.sub(pattern, lambda found: "x" * len(found[0]), text)


#: A step of a path into a JSON value: `.name`, `[0]` or `["any name"]`.
_STEP = re.compile(r"\.([A-Za-z_$][A-Za-z0-9_$-]*)|\[([0-9]{1,9})\]|\[\"((?:[^\"\\]|\\.)*)\"\]")


STEPS_HELP = 'names and indexes, as in `choices[0].text` or `["a b"]`'


def steps_of(text: str) -> tuple[str | int, ...] | None:
    """`a.b[0]["c d"]` as ("a", "b", 0, "c d"), or None where it is no such path."""
    found = stepped(text)
    return tuple(step for step, _ in found) if found and found[-1][1] == len(text) else None


def steps(text: str) -> Complaint | None:
    """A path into a JSON value, as `prints` takes it."""
    if steps_of(text):
        return None
    found = stepped(text)
    end = found[-1][1] if found else 0
    return Complaint(f"{quoted(text)} is not a path into a value", STEPS_HELP, end, len(text))


def result_path(text: str) -> Complaint | None:
    """A path into a value; "" is all of it."""
    return steps(text) if text else None


def stepped(text: str) -> list[tuple[str | int, int]]:
    """The steps at the start of a text, each with the index after it."""
    dotted = text if text.startswith("[") else f".{text}"
    found: list[tuple[str | int, int]] = []
    at = 0
    while match := _STEP.match(dotted, at):
        name, index, word = match.groups()
        at = match.end()
        step = name or (int(index) if index else re.sub(r"\\(.)", r"\1", word))
        found.append((step, at - (len(dotted) - len(text))))
    return found
