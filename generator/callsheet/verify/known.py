"""A Verdict to what the spec makes of it: a known failure is expected until it heals or ages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from callsheet.verify.cells import Level

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from callsheet.spec.model import KnownFailure
    from callsheet.verify.cells import Verdict


def known_failure(known: Sequence[KnownFailure], language: str, client: str) -> KnownFailure | None:
    """What is known of a client: the first entry that names it, else the first of its language."""
    fitting = [entry for entry in known if entry.language == language]
    named = [entry for entry in fitting if entry.client == client]
    return next(iter([*named, *(entry for entry in fitting if not entry.client)]), None)


def settled(verdict: Verdict, today: date) -> Verdict:
    """The verdict in the light of what is known of its cell.

    Args:
        verdict: What verifying the cell found.
        today: The day on which that was.
    """
    known = verdict.cell.known
    if known is None or verdict.status not in ("passed", "failed"):
        return verdict
    if known.until < today:
        was = f"the known failure ({known.reason}) is past its date, {known.until}"
        more = f"; {verdict.reason}" if verdict.reason else ""
        return replace(verdict, status="failed", reason=f"{was}{more}")
    if verdict.status == "failed":
        return replace(verdict, status="expected-failure", reason=known.reason)
    if verdict.wanted < Level.MATCHED:
        return verdict  # what fails may be further up
    healed = f"it passes, so it is no known failure ({known.reason}); remove the entry"
    return replace(verdict, status="failed", reason=healed)
