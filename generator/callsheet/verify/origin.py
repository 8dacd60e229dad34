"""A server URL to its origin and path, and a snippet led to another origin, else unchanged."""

from __future__ import annotations

import re

_ORIGIN = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*://)?[^/]*")


def split(server: str) -> tuple[str, str]:
    """The origin and the path of a server; a placeholder such as `__API__` is an origin too."""
    match = _ORIGIN.match(server)
    end = match.end() if match else 0
    return server[:end], server[end:].rstrip("/")


def swap(text: str, server: str, origin: str) -> str:
    """The snippet's text with the documented origin replaced.

    Args:
        text: The program.
        server: The documented server.
        origin: The recorder's origin.

    Raises:
        ValueError: The program does not name the origin once, so that more than its URL would
            change, or it names the recorder's already.
    """
    documented, _ = split(server)
    if text.count(documented) != 1 or origin in text:
        raise ValueError(f"the snippet must name `{documented}` once, and nothing like `{origin}`")
    return text.replace(documented, origin)
