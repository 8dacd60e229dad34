"""Lines of HTML to which of them begin where `<!--` is text: in a comment, or in code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Elements in which `<!--` is text (HTML, 13.1.2: raw text and escapable raw text elements), and
#: where code stands.
TEXT = ("script", "style", "textarea", "title", "pre")
_TOKEN = re.compile(rf"<!--|-->|<(?P<close>/?)(?P<name>{'|'.join(TEXT)})\b", re.IGNORECASE)


def inside(lines: Sequence[str], names: Sequence[str] = TEXT) -> list[bool]:
    """Of each line, whether it begins within a comment, or within such an element."""
    return list(_each(lines, names))


def _each(lines: Sequence[str], names: Sequence[str]) -> Iterator[bool]:
    within = ""
    for line in lines:
        yield bool(within)
        for token in _TOKEN.finditer(line):
            within = _after(token, within, names)


def _after(token: re.Match[str], within: str, names: Sequence[str]) -> str:
    """What ends where it stands: `-->`, the name of an element, or "" for nothing."""
    name = (token["name"] or "").lower()
    if within:
        ends = name == within and token["close"] if name else token[0] == within
        return "" if ends else within
    if name:
        return name if name in names and not token["close"] else ""
    return "-->" if token[0] == "<!--" else ""
