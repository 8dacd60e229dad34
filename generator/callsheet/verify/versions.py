"""The versions of the runtimes that cells need: all are asked at once."""

from __future__ import annotations

import platform
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet.runtimes import installed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from callsheet.languages._base import Language
    from callsheet.verify.cells import Cell

#: Seconds to wait for threads that have ended.
_LINGERING = 1.0


def versions(cells: Iterable[Cell]) -> dict[str, str]:
    """Language → version of its runtime as it says it, or "" where it is not found."""
    snippets = (cell.snippet for cell in cells if cell.snippet is not None)
    needed = {snippet.language.key: snippet.language for snippet in snippets}
    with asked(needed.values()) as found:
        return found()


@contextmanager
def asked(languages: Iterable[Language]) -> Iterator[Callable[[], dict[str, str]]]:
    """Asks runtimes for their versions while the caller goes on; what is given waits for them.

    After the block this process is as it was: no thread is left.
    """
    needed = {language.key: language for language in languages}
    if not needed:
        yield dict
        return
    with ThreadPoolExecutor(len(needed)) as pool:
        answers = {key: pool.submit(_version, language) for key, language in needed.items()}
        yield lambda: {key: answer.result() for key, answer in answers.items()}
    _wait_until_alone()


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
