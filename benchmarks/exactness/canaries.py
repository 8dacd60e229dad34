"""Whether a program ran or interpolated what it should have sent.

The corpus holds texts such as `hash-#{7*191}-hash`. Where the words of the frame arrive and what
stands between them is not what was declared, a language has taken it for its own: `hash-1337-hash`.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, unquote_plus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.verify.http1 import Call

_FRAMED = re.compile(r"\b(hash|dollar|home|brace|sum|tick|paren)-(.*?)-\1\b", re.DOTALL)
#: Word of a frame → what stands in it.
_DECLARED = {
    "hash": "#{7*191}",
    "dollar": "$C",
    "home": "$HOME",
    "brace": "${HOME}",
    "sum": "${7*191}",
    "tick": "`echo 1337`",
    "paren": "$(echo 1337)",
}


def injected(call: Call) -> list[str]:
    """What arrived in place of canaries; empty for a program that sent them, or left them out."""
    found = [
        match[0]
        for text in _texts(call)
        for match in _FRAMED.finditer(text)
        if _taken(match[1], match[2])
    ]
    return list(dict.fromkeys(found))


def _taken(word: str, arrived: str) -> bool:
    """Needless backslashes and escapes of URLs are a wrong call, but nothing was run."""
    plain = unquote(arrived).replace("\\", "")
    return _DECLARED[word] not in plain


def _texts(call: Call) -> Iterator[str]:
    yield unquote(call.target)
    yield from (value for _, value in call.headers)
    body = call.body.decode("utf-8", "replace")
    form = any("urlencoded" in value for value in call.values("content-type"))
    yield unquote_plus(body) if form else _spelled_out(body)


def _spelled_out(body: str) -> str:
    """A JSON text with as few escapes as can be; any other text as it is."""
    try:
        return json.dumps(json.loads(body), ensure_ascii=False)
    except ValueError:
        return body
