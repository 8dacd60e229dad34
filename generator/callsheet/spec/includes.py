"""Values of included files, each read once, and how large they make a spec."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from callsheet.spec.limits import MAX_GROWTH, MAX_NODES

if TYPE_CHECKING:
    from pathlib import Path

    from callsheet.values import Json


class Included(NamedTuple):
    """The value of a file.

    Attributes:
        value: The value; None stands in for what is not valid.
        valid: Whether no fault was met.
        size: How many values it holds once its own includes are written out.
        depth: How deep they nest; 0 for a scalar.
        environment: How many `!env` it holds.
    """

    value: Json
    valid: bool
    size: int
    depth: int
    environment: int


@dataclass(slots=True)
class Includes:
    """What was included so far.

    Attributes:
        files: Path → value; None while the file is being read.
        open: How many files are being read.
        fresh: Values that stand in these files.
        expanded: Values once every include is written out.
        exceeded: Whether they were too many.
    """

    files: dict[Path, Included | None] = field(default_factory=dict)
    open: int = 0
    fresh: int = 0
    expanded: int = 0
    exceeded: bool = False
    _known: dict[int, Included] = field(default_factory=dict)

    def add(self, path: Path, value: Json, *, valid: bool, environment: int) -> None:
        """Keeps the value of a file."""
        included = Included(value, valid, *self._measured(value), environment)
        self.files[path] = included
        if isinstance(value, list | dict):
            self._known[id(value)] = included

    def use(self, included: Included) -> bool:
        """Counts one use of a file's value; answers whether the spec stays small enough."""
        size = included.size + (0 if self.open else self.expanded)
        if not self.open:
            self.expanded = size
        return size <= max(MAX_NODES, MAX_GROWTH * self.fresh)

    def _measured(self, value: Json) -> tuple[int, int]:
        """Size and depth of a value; what was included into it is known already."""
        known = self._known.get(id(value))
        if known is not None:
            return known.size, known.depth
        self.fresh += 1
        if not isinstance(value, list | dict):
            return 1, 0
        size, depth = 1, 0
        for item in value.values() if isinstance(value, dict) else value:
            more, below = self._measured(item)
            size, depth = size + more, max(depth, below)
        return size, depth + 1
