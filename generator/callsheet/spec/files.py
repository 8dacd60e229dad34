"""Paths in a spec to files beside it: each must be a file in the spec's folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.errors import nearest, quoted
from callsheet.spec.source import Complaint

if TYPE_CHECKING:
    from pathlib import Path

    from callsheet.spec.context import Context
    from callsheet.spec.nodes import Node

#: More files of a folder are not searched for the one that was meant.
_MOST_FILES = 1_000


def beside(node: Node, context: Context) -> Path | None:
    """The path of a file that a scalar names; None once its fault is noted."""
    text = str(node.value)
    complaint = path_complaint(text)
    if complaint is None:
        path = context.root / text
        complaint = file_complaint(path, text, context.root)
        if complaint is None:
            return path
    context.complain(node, "CS105", complaint)
    return None


def path_complaint(text: str) -> Complaint | None:
    """What is wrong with the spelling of a path in a spec.

    A path is the same on every system: relative, with `/`, below the spec's folder.
    """
    if not text:
        return Complaint("a path is missing", "name a file in the spec's folder")
    at = text.find("\\")
    if at >= 0:
        return Complaint(f"{quoted(text)} is not a path", "write `/`", at, at + 1)
    if not text.isprintable():
        return Complaint(f"{quoted(text)} is not a path", "control characters are not allowed")
    if text.startswith(("/", "~")) or ".." in text.split("/") or text[1:2] == ":":
        way_out = "a path starts in the spec's folder and stays below it"
        return Complaint(f"{quoted(text)} is not in the spec's folder", way_out)
    return None


def file_complaint(path: Path, text: str, root: Path) -> Complaint | None:
    """What is wrong with the file that a path in a spec names.

    Args:
        path: Where it is.
        text: How the spec names it.
        root: The spec's folder.
    """
    try:
        inside = path.resolve().is_relative_to(root.resolve())
        is_folder, is_file = path.is_dir(), path.is_file()
    except (OSError, RuntimeError):  # a name that is too long; links that go in a circle
        inside, is_folder, is_file = True, False, False
    if not inside:
        return Complaint(f"{quoted(text)} is a link out of the spec's folder", "copy the file")
    if is_folder:
        return Complaint(f"{quoted(text)} is a folder", "name a file in it")
    if is_file:
        return None
    way_out = near_file(path, root) or "a path starts in the spec's folder"
    return Complaint(f"there is no file {quoted(text)}", way_out)


def near_file(path: Path, root: Path | None = None) -> str:
    """Help for a missing file: the one of its folder that was probably meant, or "".

    Args:
        path: The missing file.
        root: Where the path starts that is shown; None is the current folder.
    """
    folder = path.parent
    try:
        files = [file for _, file in zip(range(_MOST_FILES), folder.iterdir(), strict=False)]
    except (OSError, ValueError):
        return ""
    stems = {file.stem: file for file in sorted(files)}
    found = stems.get(nearest(path.stem, stems))
    if found is None:
        return ""
    shown = found if root is None else found.relative_to(root)
    return f"did you mean {quoted(shown.as_posix())}?"
