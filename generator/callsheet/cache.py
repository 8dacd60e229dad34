"""A folder for what can be made again: compiled templates. Losing it costs time, nothing else."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import jinja2


def folder() -> Path:
    """`$CALLSHEET_CACHE`, else the user's cache folder (XDG Base Directory)."""
    chosen = os.environ.get("CALLSHEET_CACHE")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "callsheet"


@cache
def bytecode() -> jinja2.BytecodeCache | None:
    """Jinja's cache of compiled templates, or None where no folder can be written."""
    import jinja2

    place = folder() / "templates"
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    if not os.access(place, os.W_OK):
        return None
    return jinja2.FileSystemBytecodeCache(str(place))
