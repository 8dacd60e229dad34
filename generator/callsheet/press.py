"""Many requests and clients to Snippets, by every processor that this process may use.

A snippet depends on its request and client alone, so a long list is cut into parts, of which all
but the first are printed by forks of this process. Whatever goes wrong in a fork, its part is
printed here instead: there is one way to fail.
"""

from __future__ import annotations

import sys
import threading
from contextlib import suppress
from itertools import pairwise
from multiprocessing import get_context
from typing import TYPE_CHECKING

from callsheet.errors import Unsupported
from callsheet.machine import processors
from callsheet.render import Snippet, render, snippet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection
    from pathlib import Path

    from callsheet.clients import Client
    from callsheet.request import Request

#: Snippets that are worth a fork: about a fifth of a second of work.
_PART = 1_000


def render_all(
    orders: Sequence[tuple[Request, Client]], folders: tuple[Path, ...]
) -> list[Snippet | Unsupported]:
    """For each order its snippet, or why its client cannot make the request.

    Args:
        orders: Requests, each with a client.
        folders: Template folders that stand before the shipped ones.

    Raises:
        SpecError: A template failed; of the first order where one did.
    """
    count = min(_processors(), max(1, len(orders) // _PART))
    bounds = [len(orders) * number // count for number in range(count + 1)]
    own, *others = (orders[a:b] for a, b in pairwise(bounds))
    forks = [_Fork(part, folders) for part in others]
    try:
        found = _render(own, folders)
        for fork in forks:
            found += fork.result()
    finally:
        for fork in forks:
            fork.end()
    return found


def _render(
    orders: Sequence[tuple[Request, Client]], folders: tuple[Path, ...]
) -> list[Snippet | Unsupported]:
    return [_one(request, client, folders) for request, client in orders]


def _one(request: Request, client: Client, folders: tuple[Path, ...]) -> Snippet | Unsupported:
    try:
        return render(request, client, folders)
    except Unsupported as obstacle:
        return obstacle


def _processors() -> int:
    """How many processes may print; one where a fork is not safe."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return processors()


class _Fork:
    """A part that is printed beside this process."""

    def __init__(self, orders: Sequence[tuple[Request, Client]], folders: tuple[Path, ...]) -> None:
        self._orders, self._folders = orders, folders
        context = get_context("fork")
        self._answer, ours = context.Pipe(duplex=False)
        self._process = context.Process(target=self._print, args=(ours,), daemon=True)
        self._process.start()
        ours.close()

    def _print(self, answer: Connection) -> None:
        """Sends each program's text, or why there is none, as a plain value; in the fork."""
        with suppress(BaseException):  # printed again by the parent, which says what is wrong
            found = _render(self._orders, self._folders)
            answer.send(
                [(one.text, "") if isinstance(one, Snippet) else ("", one.reason) for one in found]
            )

    def result(self) -> list[Snippet | Unsupported]:
        try:
            found = self._answer.recv()
        except (EOFError, OSError):
            return _render(self._orders, self._folders)
        return [
            Unsupported(reason) if reason else snippet(text, request, client, self._folders)
            for (text, reason), (request, client) in zip(found, self._orders, strict=True)
        ]

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._answer.close()
