"""Ways to share what is slow to start: a module for each runtime, found by its command's name.

`callsheet.verify.batch.ruby` holds, as `BATCH`, how programs that `ruby` runs are verified many at
once. A runtime without a module gives each program a process of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence
    from contextlib import AbstractContextManager

    from callsheet.render import Snippet
    from callsheet.verify.authority import Authority
    from callsheet.verify.bench import Bench

    #: Programs that are alike, the bench of their client, and who signs → a bench for each.
    Open = Callable[[Sequence[Snippet], Bench, Authority], AbstractContextManager[Sequence[Bench]]]


@dataclass(frozen=True, slots=True)
class Batch:
    """How programs of one runtime share what is slow to start.

    Attributes:
        alike: What a program must have in common with those that it shares with; None for a
            program that must be by itself.
        open: Makes the benches; what they share ends with the `with` statement.
        least: Fewer programs than these are faster by themselves.
        most: Programs that share at once, so that memory is bounded.
        seconds: What a batch takes to begin, about: the slowest begin first.
    """

    alike: Callable[[Snippet], Hashable | None]
    open: Open
    least: int = 4
    most: int = 200
    seconds: float = 1.0


@cache
def of_tool(tool: str) -> Batch | None:
    """The way of a runtime, by its command; None where it has none."""
    name = f"{__name__}.{tool}"
    if not tool.isidentifier() or find_spec(name) is None:
        return None
    found: Batch = import_module(name).BATCH
    return found
