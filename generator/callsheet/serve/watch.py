"""Which files were saved, to builds: the sources' folders are watched, each by itself.

A folder is watched rather than its files, since many editors save by renaming another file.
"""

from __future__ import annotations

import os
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import Change, DefaultFilter, watch

from callsheet.serve.studio import forget

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callsheet.serve.studio import Studio

#: Milliseconds without another change after which what was saved is built.
_QUIET = 10
#: Milliseconds after which it is built even if more arrives.
_LONGEST = 200
#: Milliseconds between two looks at whether all is still well.
_LOOK = 250
#: Folders below a spec's that are watched at most: it may stand in the root of something large.
_MANY = 500
_FILTER = DefaultFilter()


def follow(studio: Studio) -> None:
    """Builds whenever something is saved, without end.

    Raises:
        KeyboardInterrupt: The user stops it.
    """
    while True:
        places = _places(studio)
        blind = True  # nothing was watched until now
        for changes in watch(
            *sorted(places),
            recursive=False,
            step=_QUIET,
            debounce=_LONGEST,
            rust_timeout=_LOOK,
            yield_on_timeout=True,
            watch_filter=_FILTER,
        ):
            missed = blind and _is_touched(places, studio.begun)
            blind = False
            paths = {path for _, path in changes}
            if not missed and not any(_matters(studio, *change) for change in changes):
                continue
            if missed or any(_is_template(studio, path) for path in paths):
                forget()
            studio.build()
            if paths & places or places != _places(studio):
                break  # a folder came or went


def _is_touched(places: Iterable[str], since: float) -> bool:
    """Whether anything in some folders, or they themselves, changed since a moment."""
    for place in places:
        with suppress(OSError), os.scandir(place) as entries:
            found = [os.stat(place), *(entry.stat() for entry in entries)]  # noqa: PTH116  thousands
            if any(max(one.st_mtime, one.st_ctime) > since for one in found):
                return True
    return False


def _matters(studio: Studio, change: Change, path: str) -> bool:
    """Whether a change can be one of what is built: any can, where something is missing."""
    return (
        change is not Change.modified
        or bool(studio.stage.site.fault)
        or os.path.realpath(path) in studio.inputs
        or _is_template(studio, path)
    )


def _is_template(studio: Studio, path: str) -> bool:
    return any(Path(path).is_relative_to(folder.resolve()) for folder in studio.templates)


def _places(studio: Studio) -> set[str]:
    """The folders to watch, links resolved; for one that went away, the next that is there."""
    places = {os.path.dirname(path) for path in studio.inputs}  # noqa: PTH120  they are texts
    roots = [spec if spec.is_dir() else spec.parent for spec in studio.specs]
    for root in (*roots, *studio.templates):
        places.add(str(root.resolve()))
        places.update(islice(_folders(root.resolve()), _MANY))
    return set(map(_standing, places))


def _standing(place: str) -> str:
    """A folder, or the next above it that exists."""
    while not os.path.isdir(place):  # noqa: PTH112  they are texts
        place = os.path.dirname(place)  # noqa: PTH120
    return place


def _folders(root: Path) -> Iterator[str]:
    for parent, folders, _ in os.walk(root):
        folders[:] = [
            name for name in folders if not name.startswith(".") and name not in _FILTER.ignore_dirs
        ]
        yield parent
