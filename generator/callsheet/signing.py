"""An HMAC auth style and a call's parts to what is signed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callsheet.message import Signature
from callsheet.values import EMPTY, Env, Text, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callsheet.message import Header
    from callsheet.spec.model import Hmac

_BODY = "{body}"


def signature_of(
    auth: Hmac | None, line: tuple[Text, Text, Text], headers: Sequence[Header]
) -> Signature | None:
    """What signs a call.

    Args:
        auth: The style, with the places of its string, of which the body's is the last; or None.
        line: Method, path with the server's own, and query, as they are sent.
        headers: Header lines that may be named.
    """
    if auth is None:
        return None
    places = dict(zip(("method", "path", "query"), line, strict=True))
    places |= {f"header:{header.key}": header.value for header in headers}
    string = auth.string.removesuffix(_BODY)
    text = EMPTY
    for index, piece in enumerate(re.split(r"\{([^{}]*)\}", string)):
        name = piece.lower() if piece.startswith("header:") else piece
        text += places.get(name, EMPTY) if index % 2 else joined(piece)
    return Signature(Text((Env(auth.env),)), text, auth.string.endswith(_BODY), auth.encoding)
