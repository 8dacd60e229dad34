"""Text to URL text: every percent-encoding happens here, once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote

from callsheet.values import Env, Text, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: RFC 3986, section 2: what may stand in a path as it is; all else is percent-encoded.
_PATH_SAFE = "/%:@!$&'()*+,;=~-._"

#: What some clients send otherwise than it is written, by its word in a template's `cannot`.
_SPELLINGS = {
    "dot-segments": re.compile(r"/\.\.?(?=[/?]|$)"),
    "escaped-dots": re.compile(r"/(?:\.?(?:%2[Ee]){1,2}|%2[Ee]\.)(?=[/?]|$)"),
    "lower-escapes": re.compile(r"%(?=[0-9A-F]?[a-f])[0-9A-Fa-f]{2}"),
    "needless-escapes": re.compile(
        r"%(?:2[DEde]|3[0-9]|4[1-9A-Fa-f]|5[0-9AFaf]|6[1-9A-Fa-f]|7[0-9AEae])"
    ),
    "bare-percent": re.compile(r"%(?![0-9A-Fa-f]{2})"),
}
_ORIGIN = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*://)?[^/]*")


def split(server: str) -> tuple[str, str]:
    """The origin and the path of a server; a placeholder such as `__API__` is an origin too."""
    match = _ORIGIN.match(server)
    end = match.end() if match else 0
    return server[:end], server[end:].rstrip("/")


def spellings(path: Text) -> set[str]:
    """Which spellings a path has that some clients change."""
    plain = "".join(part if isinstance(part, str) else "x" for part in path.parts)
    return {word for word, pattern in _SPELLINGS.items() if pattern.search(plain)}


def path_text(path: str, values: Mapping[str, Text]) -> Text:
    """A path with its `{name}` parameters filled in; the literal text is sent as written."""
    parts: list[str | Env] = []
    for index, piece in enumerate(re.split(r"\{([^{}]*)\}", path)):
        if index % 2:
            parts += percent(values[piece]).parts
        else:
            parts.append(quote(piece, safe=_PATH_SAFE))
    return joined(*parts)


def decoded(query: str) -> tuple[tuple[Text, Text], ...]:
    """A query's names and values as they are meant."""
    pairs = parse_qsl(query, keep_blank_values=True)
    return tuple((joined(name), joined(value)) for name, value in pairs)


def percent(text: Text) -> Text:
    """RFC 3986 percent-encoding of all but unreserved characters; `Env` parts are marked for it."""
    return joined(
        *(
            Env(part.name, "url") if isinstance(part, Env) else quote(part, safe="")
            for part in text.parts
        )
    )


def encoded(pairs: Iterable[tuple[Text, Text]]) -> Text:
    """Names and values as a query or form, `a=b&c=d`; a space is `%20`, which all servers read."""
    parts: list[str | Env] = []
    for name, value in pairs:
        parts += ["&" if parts else "", *percent(name).parts, "=", *percent(value).parts]
    return joined(*parts)
