"""A snippet led to another origin, else unchanged."""

from __future__ import annotations

from callsheet.urls import split


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
