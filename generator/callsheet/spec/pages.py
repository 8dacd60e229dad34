"""`pages` of a spec to the files they name."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from callsheet.errors import quoted
from callsheet.spec.files import beside, file_complaint, path_complaint
from callsheet.spec.names import file_stem
from callsheet.spec.source import Complaint

if TYPE_CHECKING:
    from pathlib import Path

    from callsheet.spec.context import Context
    from callsheet.spec.nodes import Node
    from callsheet.spec.record import Rec


def pages_of(rec: Rec, context: Context) -> tuple[Path, ...]:
    """The page sources, in the order they are named, each once."""
    found: dict[Path, Node] = {}
    for pattern, node in rec.get("pages", ()):
        matches = _matches(pattern, node, context) if "*" in pattern else _named(node, context)
        for path in matches:
            found.setdefault(path, node)
    named: dict[str, Path] = {}
    for path, node in found.items():
        first = named.setdefault(path.stem.lower(), path)
        if first is not path:
            message = f"{quoted(path.name)} and {quoted(first.name)} would be one page"
            context.fault(node, "CS302", message, "pages are named apart, in capitals or not")
    return tuple(found)


def _named(node: Node, context: Context) -> list[Path]:
    """The file that a path names; nothing where it cannot be a page."""
    path = beside(node, context)
    complaint = file_stem(path.name) if path else None
    if complaint is not None:
        context.complain(node, "CS105", complaint)
    return [path] if path else []


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
        complaint = complaint or _of_files(found, context.root)
    if complaint is not None:
        context.complain(node, "CS105", complaint)
    return found


def _of_files(files: list[Path], root: Path) -> Complaint | None:
    """What is wrong with the first file at fault: a page is named after it, and lies beside it."""
    for path in files:
        name = path.relative_to(root).as_posix()
        complaint = file_complaint(path, name, root) or file_stem(path.name)
        if complaint is not None:
            return complaint
    return None


def _files(folder: Path, name: str) -> list[Path]:
    try:
        files = [path for path in folder.iterdir() if fnmatchcase(path.name, name)]
        return sorted(path for path in files if path.is_file())
    except OSError:
        return []
