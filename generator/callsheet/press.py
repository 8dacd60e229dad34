"""Many requests and clients to Snippets, by every processor that this process may use.

A snippet depends on its request and client alone, so a long list may be cut anywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet import machine
from callsheet.errors import Unsupported
from callsheet.render import Snippet, render, snippet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from callsheet.clients import Client
    from callsheet.request import Request

    Order = tuple[Request, Client]

#: Snippets that are worth a process: about a fifth of a second of work.
_PART = 1_000


def render_all(orders: Sequence[Order], folders: tuple[Path, ...]) -> list[Snippet | Unsupported]:
    """For each order its snippet, or why its client cannot make the request.

    Args:
        orders: Requests, each with a client.
        folders: Template folders that stand before the shipped ones.

    Raises:
        SpecError: A template failed; of the first order where one did.
    """

    def printed(part: Sequence[Order]) -> list[tuple[str, str]]:
        return [_one(request, client, folders) for request, client in part]

    found = machine.shared(orders, printed, len(orders) // _PART)
    return [
        Unsupported(reason) if reason else snippet(text, request, client, folders)
        for (text, reason), (request, client) in zip(found, orders, strict=True)
    ]


def _one(request: Request, client: Client, folders: tuple[Path, ...]) -> tuple[str, str]:
    """A program's text, or why there is none."""
    try:
        return render(request, client, folders).text, ""
    except Unsupported as obstacle:
        return "", obstacle.reason
