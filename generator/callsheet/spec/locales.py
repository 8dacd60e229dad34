"""A locale to those that may stand in for it."""

from __future__ import annotations

from functools import cache

#: The locale that every text of the tool's own has.
DEFAULT = "en"


@cache
def chain(locale: str) -> tuple[str, ...]:
    """A locale, then ever more general ones, then English: `zh-TW`, `zh`, `en`.

    RFC 4647, section 3.4 (lookup): the end of a tag is cut off, part by part.
    """
    parts = locale.split("-") if locale else []
    tags = ["-".join(parts[:count]) for count in range(len(parts), 0, -1)]
    return tuple(dict.fromkeys((*tags, DEFAULT)))
