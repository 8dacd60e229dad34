"""A multipart body's parts to words of curl's `--form`: https://curl.se/docs/manpage.html#-F."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from callsheet.errors import Unsupported
from callsheet.values import EMPTY, Text, joined, literal

if TYPE_CHECKING:
    from callsheet.message import Piece

#: What `--form` takes for more than text at the start of a part's content, or for its end.
_MARKED = re.compile(r'[@<("\s]|.*;|.*\s\Z', re.DOTALL)
#: The same of a file's names, of which a list is separated by commas.
_LISTED = re.compile(r'["\s]|.*[;,]|.*\s\Z', re.DOTALL)
#: What would end a media type.
_NO_TYPE = re.compile(r",|;\s*(?:filename|headers|encoder)=", re.IGNORECASE)
#: The type that curl gives to files of this ending has another name elsewhere.
_ODD = ".xml"
#: Content that comes from there; a part has a file's name where it is a file.
STDIN, _STDIN_FILE = "<-", "@-"


def form_word(piece: Piece, content: str) -> Text:
    """The argument of `--form` or, for a text and nothing else, `--form-string`.

    Args:
        piece: The part.
        content: JSON text where the part is JSON; `STDIN` where the text comes from there.

    Raises:
        Unsupported: `--form` cannot say it.
    """
    name = literal(piece.name)
    if not name or "=" in name:
        raise Unsupported("cURL ends a part's name at the first `=`, and it cannot be empty")
    start = joined(f"{name}=")
    if is_string(piece):
        return start + (joined(content) if content else piece.text or EMPTY)
    if piece.file is not None:
        return start + joined(_file(piece, literal(piece.file)))
    written = content or literal(piece.text or EMPTY)
    shown = _word(written, _MARKED)
    if content == STDIN:
        shown = _STDIN_FILE if piece.filename else STDIN
    return start + joined(shown + _filename(piece.filename) + _type(piece.type or _PLAIN))


_PLAIN = joined("text/plain")


def is_string(piece: Piece) -> bool:
    """Whether a part is a text and nothing else."""
    return piece.text is not None and not piece.type and not piece.filename


def _file(piece: Piece, path: str) -> str:
    own = PurePosixPath(path).name
    filename = EMPTY if piece.filename == own else piece.filename
    odd = joined("application/octet-stream" if own.endswith(_ODD) else "")
    return f"@{_word(path, _LISTED)}{_filename(filename)}{_type(piece.type or odd)}"


def _filename(name: Text) -> str:
    return f";filename={_word(literal(name), _LISTED)}" if name else ""


def _type(media_type: Text) -> str:
    if _NO_TYPE.search(literal(media_type)):
        raise Unsupported(f"cURL would cut the part's type `{literal(media_type)}`")
    return f";type={literal(media_type)}" if media_type else ""


def _word(text: str, special: re.Pattern[str]) -> str:
    """A text as it is, or in quotes, in which a backslash stands before a quote or itself."""
    return '"' + re.sub(r'["\\]', r"\\\g<0>", text) + '"' if special.match(text) else text
