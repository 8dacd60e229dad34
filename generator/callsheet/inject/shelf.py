"""The snippets of specs for tools that stay and ask page by page: printed anew as files change."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from callsheet import project
from callsheet.inject import command
from callsheet.options import Options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from callsheet.sheet import Sheet

    Change = Callable[[Sheet], Sheet]

_Stamp = tuple[tuple[str, int, int], ...]


class Shelf:
    """The snippets of some specs.

    Attributes:
        files: What they were printed from: the specs, what those include, the user's templates,
            the reports that are cited.
    """

    def __init__(self, specs: tuple[Path, ...], options: Options, change: Change) -> None:
        """Nothing is read yet."""
        self.specs, self.options, self.change = specs, options, change
        self.files: tuple[Path, ...] = ()
        self._sheets: Mapping[str, Sheet] = {}
        self._stamp: _Stamp = ()

    def sheets(self) -> Mapping[str, Sheet]:
        """The name of each spec → its snippets.

        Raises:
            SpecError: A spec has faults.
        """
        if not self._sheets or self._stamp != _stamp(self.files):
            found = command.sheets(self.specs, self.options, quiet=True)
            self._sheets = {name: self.change(sheet) for name, sheet in found.items()}
            read = [path for sheet in self._sheets.values() for path in sheet.spec.files]
            own = [path for folder in self.options.folders for path in sorted(folder.rglob("*"))]
            every = (*self.specs, *read, *own, *self.options.verified)
            self.files = tuple(path.resolve() for path in every)
            self._stamp = _stamp(self.files)
        return self._sheets


@cache
def _shelf(specs: tuple[Path, ...], options: Options, change: Change) -> Shelf:
    return Shelf(specs, options, change)


def as_printed(sheet: Sheet) -> Sheet:
    """The snippets, unchanged."""
    return sheet


def of(
    root: Path,
    specs: str | Sequence[str],
    templates: Sequence[str],
    server: str,
    change: Change = as_printed,
) -> Shelf:
    """The shelf of a site's settings; the same for the same.

    Args:
        root: The folder that paths are relative to.
        specs: Paths; none means those of the project that the folder is in.
        templates: Folders before the shipped ones.
        server: Replaces the specs' server; "" keeps it.
        change: What is done with the snippets of each spec, once whenever they are printed.

    Raises:
        UsageError: There is no spec.
    """
    named = [specs] if isinstance(specs, str) else specs
    around = project.find(root)
    found = [root / name for name in named if name]
    paths = found or [path.absolute() for path in around.specs(None)]
    folders = tuple(root / folder for folder in templates)
    return _shelf(tuple(paths), around.cited(Options(server=server, folders=folders)), change)


def _stamp(files: Iterable[Path]) -> _Stamp:
    """What tells that files have changed."""
    return tuple(_seen(path) for path in files)


def _seen(path: Path) -> tuple[str, int, int]:
    try:
        state = path.stat()
    except OSError:
        return str(path), 0, 0
    return str(path), state.st_mtime_ns, state.st_size
