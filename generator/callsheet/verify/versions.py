"""The versions of the runtimes that cells need: all are asked at once."""

from __future__ import annotations

import platform
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet.runtimes import installed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callsheet.languages._base import Language
    from callsheet.verify.cells import Cell

#: Seconds to wait for threads that have ended.
_LINGERING = 1.0


def versions(cells: Iterable[Cell]) -> dict[str, str]:
    """Language → version of its runtime as it says it, or "" where it is not found.

    Afterwards this process is as it was: no thread is left.
    """
    snippets = (cell.snippet for cell in cells if cell.snippet is not None)
    needed = {snippet.language.key: snippet.language for snippet in snippets}
    if not needed:
        return {}
    with ThreadPoolExecutor(len(needed)) as pool:
        found = dict(zip(needed, pool.map(_version, needed.values()), strict=True))
    _wait_until_alone()
    return found


def _wait_until_alone() -> None:
    """A thread that was joined may linger in the system, where a fence would not be made then."""
    until = time.monotonic() + _LINGERING
    tasks = Path("/proc/self/task")
    while tasks.exists() and len(list(tasks.iterdir())) > threading.active_count():
        if time.monotonic() > until:
            return
        time.sleep(0.001)


def _version(language: Language) -> str:
    found = installed(language.runtime)
    # Snippets run in virtual environments of the Python that runs this.
    is_ours = bool(found) and language.runtime.command == "python3"
    return platform.python_version() if is_ours else found
