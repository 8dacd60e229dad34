"""`pages` of a spec to the files they name."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from callsheet.errors import quoted
from callsheet.spec.files import beside, path_complaint
from callsheet.spec.source import Complaint

if TYPE_CHECKING:
    from pathlib import Path

    from callsheet.spec.context import Context
    from callsheet.spec.nodes import Node
    from callsheet.spec.record import Rec


def pages_of(rec: Rec, context: Context) -> tuple[Path, ...]:
    """The page sources, in the order they are named, each once."""
    found: list[Path] = []
    for pattern, node in rec.get("pages", ()):
        if "*" in pattern:
            found += _matches(pattern, node, context)
        else:
            path = beside(node, context)
            found += [path] if path else []
    return tuple(dict.fromkeys(found))


def _matches(pattern: str, node: Node, context: Context) -> list[Path]:
    """The files of a folder whose names match; only the name may hold `*`."""
    complaint = path_complaint(pattern)
    folder, _, name = pattern.rpartition("/")
    if complaint is None and "*" in folder:
        end = len(folder)
        complaint = Complaint("only a file's name may hold `*`", "name the folder", 0, end)
    found: list[Path] = []
    if complaint is None:
        found = _files(context.root / folder, name)
        if not found:
            message = f"no file matches {quoted(pattern)}"
            complaint = Complaint(message, "a path starts in the spec's folder")
    if complaint is not None:
        context.complain(node, "CS105", complaint)
    return found


def _files(folder: Path, name: str) -> list[Path]:
    try:
        files = [path for path in folder.iterdir() if fnmatchcase(path.name, name)]
        return sorted(path for path in files if path.is_file())
    except OSError:
        return []
