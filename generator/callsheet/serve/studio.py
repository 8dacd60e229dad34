"""Specs to a Site, again and again: the last good files of each, and what is wrong now."""

from __future__ import annotations

import os
import sys
import time
import traceback
from functools import cache
from typing import TYPE_CHECKING, Any

from callsheet import resources, terminal
from callsheet.errors import CallsheetError, SpecError, UsageError, report, with_source
from callsheet.pages import formats
from callsheet.serve.site import Site
from callsheet.serve.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from callsheet.options import Options
    from callsheet.output import Plan
    from callsheet.sheet import Sheet

    Make = Callable[[Path, Options], tuple[Sheet, Plan]]

#: Seconds by which a file may be dated before it was written.
_COARSE = 0.05
#: What `functools.cache` makes of a function.
_CACHED: Any = type(cache(lambda: None))


class Studio:
    """Builds specs, and shows what became of them.

    Attributes:
        specs: Files or folders.
        options: What is built.
        stage: Where it is shown.
        inputs: Files that the last good builds were made from, links resolved.
        begun: When the last build began, in seconds of the clock that files are dated by.
    """

    def __init__(self, specs: Sequence[Path], make: Make, options: Options) -> None:
        """Takes what `serve.run` takes.

        Raises:
            UsageError: A spec or a format does not exist, or a format is not HTML.
        """
        for spec in specs:
            if not spec.exists():
                raise UsageError(f"there is no {spec}")
        for key in options.formats:
            if not formats.get(key, options.folders).is_html:
                raise UsageError(
                    f"format `{key}` is not HTML; build it, and let its own tool serve it"
                )
        self.specs, self.options, self.stage = tuple(specs), options, Stage()
        self.inputs: frozenset[str] = frozenset()
        self.begun = 0.0
        self._make = make
        self._good: dict[Path, dict[str, bytes]] = {}
        self._read: dict[Path, frozenset[str]] = {}

    @property
    def templates(self) -> tuple[Path, ...]:
        """Folders of templates and catalogues, the shipped ones with them."""
        return (*self.options.folders, resources.templates(), resources.package() / "locales")

    def build(self) -> None:
        """Builds everything, and shows it; tells the terminal what changed.

        Raises:
            UsageError: The first build was asked for what does not exist.
        """
        self.begun, start = time.time() - _COARSE, time.perf_counter()
        faults = [fault for spec in self.specs if (fault := self._built(spec))]
        files = {path: data for found in self._good.values() for path, data in found.items()}
        site, before = Site(files, "\n\n".join(faults)), self.stage.site
        self.inputs = frozenset(_resolved(self.options.verified)).union(*self._read.values())
        self.stage.show(site)
        changed = sum(before.files.get(path) != data for path, data in files.items())
        if before.files and (changed or (before.fault and not site.fault)):
            spent = 1000 * (time.perf_counter() - start)
            terminal.say(f"built in {spent:.0f} ms, {changed} files changed")
        if site.fault and site.fault != before.fault:
            terminal.say(site.fault)

    def _built(self, spec: Path) -> str:
        """Builds one spec; what is wrong with it, or ""."""
        try:
            sheet, plan = self._make(spec, self.options)
        except SpecError as error:
            return report(with_source(diagnostic) for diagnostic in error.diagnostics)
        except CallsheetError as error:
            if not self.stage.site.files and not self.stage.site.fault:
                raise
            return f"error: {error}"
        except Exception:  # noqa: BLE001  a template's or a language's own; the server stays
            return traceback.format_exc()
        prefix = f"{spec.stem}/" if len(self.specs) > 1 else ""
        self._good[spec] = {prefix + path: data for path, data in plan.files.items()}
        self._read[spec] = frozenset(_resolved((*sheet.spec.files, *sheet.spec.pages)))
        return ""


def _resolved(paths: Iterable[Path]) -> Iterable[str]:
    return (os.path.realpath(path) for path in paths)


def forget() -> None:
    """Templates, catalogues, clients and languages are read anew from now on."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "callsheet":
            for value in vars(module).values():
                if isinstance(value, _CACHED):
                    value.cache_clear()
