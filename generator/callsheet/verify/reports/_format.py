"""The record that names a format, and where its readers look for a file of the user's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from os.path import normpath
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Format:
    """How a report is asked for.

    Attributes:
        key: Word of the command line.
        title: What it is for.
        extensions: Ends of file names that ask for it; none where it belongs on stdout.
    """

    key: str
    title: str
    extensions: tuple[str, ...] = ()


def in_repository(file: str) -> str:
    """A file's path from the root of its repository, with `/`, as code hosts want it.

    That of a file in no repository is from the current folder, or absolute where it lies elsewhere.
    """
    return _in_repository(file, Path.cwd())


@lru_cache
def _in_repository(file: str, here: Path) -> str:
    path = Path(normpath(here / file))
    roots = [folder for folder in path.parents if (folder / ".git").exists()]
    for root in (*roots[:1], here):
        if path.is_relative_to(root):
            return path.relative_to(root).as_posix()
    return path.as_posix()
