"""An Outcome to a report: the formats, found by their modules; nothing is listed by hand."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol, cast

from callsheet.errors import UsageError, quoted, suggest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from callsheet.verify.cells import Outcome
    from callsheet.verify.reports._format import Format


class Report(Protocol):
    """What a module of this package is."""

    FORMAT: Format

    def render(self, outcome: Outcome) -> str:
        """The report, with one line end at its end."""


def keys() -> tuple[str, ...]:
    """Keys of all formats, sorted."""
    return tuple(_reports())


def get(key: str) -> Report:
    """A format's module by its key.

    Raises:
        UsageError: There is no such format.
    """
    if key not in _reports():
        raise UsageError(f"unknown report {quoted(key)}; {suggest(key, keys())}")
    return _reports()[key]


def for_path(path: Path) -> Report:
    """The module that writes a file of this name.

    Raises:
        UsageError: Its extension stands for no format.
    """
    name = path.name.lower()
    known = {end: report for report in _reports().values() for end in report.FORMAT.extensions}
    fitting = [end for end in known if name.endswith(end)]
    if not fitting:
        hint = suggest(path.suffix, known)
        raise UsageError(f"no report is written to a file named {quoted(path.name)}; {hint}")
    return known[max(fitting, key=len)]


@cache
def _reports() -> Mapping[str, Report]:
    names = (module.name for module in iter_modules(__path__) if not module.name.startswith("_"))
    found = (cast("Report", import_module(f"{__name__}.{name}")) for name in names)
    return {report.FORMAT.key: report for report in sorted(found, key=lambda one: one.FORMAT.key)}
