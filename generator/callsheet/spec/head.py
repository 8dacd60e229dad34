"""What the first comment of a template says, as YAML: `{#- title: … -#}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.errors import SpecError
from callsheet.spec.load import compose, read_text
from callsheet.spec.types import INVALID, Context

if TYPE_CHECKING:
    from pathlib import Path

    from callsheet.spec.record import Rec, Record


def read(path: Path, record: Record) -> Rec | None:
    """A template's head; None where it has none.

    Raises:
        SpecError: The template cannot be read, or its head has faults.
    """
    name = str(path)
    text = read_text(path, name)
    head, mark, _ = text.removeprefix("{#-").partition("-#}")
    if not text.startswith("{#-") or not mark:
        return None
    context = Context(path.parent)
    meta = record.read(compose(head, name), context)
    if context.faults or meta is INVALID:
        raise SpecError(context.faults)
    rec: Rec = meta
    return rec
