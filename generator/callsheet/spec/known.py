"""The `known_failures` of an endpoint or example, from its record."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from callsheet.spec.model import KnownFailure

if TYPE_CHECKING:
    from collections.abc import Callable

    from callsheet.spec.build import Clients
    from callsheet.spec.record import Rec


def known_failures_of(
    given: Rec, check_clients: Callable[[Clients], None]
) -> tuple[KnownFailure, ...]:
    """The known failures that a record lists.

    Args:
        given: The endpoint's or the example's record.
        check_clients: Notes languages and clients that do not exist.
    """
    found: list[KnownFailure] = []
    for rec, _ in given.get("known_failures", ()):
        language, client = rec.get("language", ""), rec.get("client", "")
        if language:
            choices = ((client, rec.at("client")),) if client else ()
            check_clients({language: (choices, rec.at("language"))})
        if {"language", "reason", "until"} <= set(rec.values):
            until = date.fromisoformat(rec.get("until"))
            found.append(KnownFailure(language, client, rec.get("reason"), until))
    return tuple(found)
