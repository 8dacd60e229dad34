"""Plan {path: bytes} to a folder: written atomically or compared; never a stranger's file.

The folder's `.callsheet.json` lists what callsheet wrote there; only that is ever removed.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from callsheet.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MANIFEST = ".callsheet.json"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a folder shall hold.

    Attributes:
        files: Path below the folder → content.
        inputs: What it was made from, for `state.key`.
    """

    files: Mapping[str, bytes]
    inputs: tuple[str, ...] = ()

    def manifest(self) -> bytes:
        """The manifest that goes with it."""
        content = {
            "callsheet": 1,
            "files": {path: digest(data) for path, data in sorted(self.files.items())},
        }
        return json.dumps(content, indent=1, ensure_ascii=False).encode() + b"\n"


@dataclass(frozen=True, slots=True)
class Change:
    """One file that differs: `old` is None where it is missing, `new` where it is left over."""

    path: str
    old: bytes | None
    new: bytes | None


def digest(data: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return sha256(data).hexdigest()


def read_manifest(folder: Path) -> dict[str, str]:
    """Path → SHA-256 of what callsheet wrote into a folder; nothing where that is not known."""
    try:
        files = json.loads((folder / MANIFEST).read_bytes())["files"]
        return {path: sha for path, sha in files.items() if _is_inside(path)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _is_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts and "\\" not in path


def is_current(folder: Path, manifest: Mapping[str, str]) -> bool:
    """Whether a folder holds exactly what its manifest lists, byte for byte."""
    root = str(folder)
    for path, sha in manifest.items():
        try:
            with open(f"{root}/{path}", "rb", buffering=0) as stream:  # noqa: PTH123  8,000 times
                if sha256(stream.read()).hexdigest() != sha:
                    return False
        except OSError:
            return False
    return bool(manifest)


def changes(plan: Plan, folder: Path) -> Iterator[Change]:
    """What a build would change, in the order of the paths."""
    left_over = set(read_manifest(folder)) - set(plan.files)
    for path in sorted({*plan.files, *left_over}):
        old, new = _read(folder / path), plan.files.get(path)
        if old != new:
            yield Change(path, old, new)
    manifest = plan.manifest()
    old = _read(folder / MANIFEST)
    if old != manifest:
        yield Change(MANIFEST, old, manifest)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None


def write(plan: Plan, folder: Path) -> list[Change]:
    """Makes a folder hold the plan; what is there already is left alone.

    Raises:
        UsageError: A file that callsheet did not write is in the way, or writing failed.
    """
    known = read_manifest(folder)
    found = list(changes(plan, folder))
    for change in found:
        _check_is_ours(change, folder, known)
    try:
        for change in found:
            path = folder / change.path
            if change.new is None:
                _remove(path, folder)
            else:
                _replace(path, change.new)
    except OSError as error:
        raise UsageError(
            f"{error.filename or folder} cannot be written: {error.strerror}"
        ) from None
    return found


def _check_is_ours(change: Change, folder: Path, known: Mapping[str, str]) -> None:
    if change.path == MANIFEST:
        return
    path = folder / change.path
    if change.old is not None and change.path not in known:
        raise UsageError(
            f"{path} is in the way: callsheet did not write it; move it, or choose another `-o`"
        )
    if not path.parent.resolve().is_relative_to(folder.resolve()):
        raise UsageError(f"{path} leads out of {folder}; remove the link")


def _replace(path: Path, data: bytes) -> None:
    """Writes a file so that a reader sees the old one or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _remove(path: Path, folder: Path) -> None:
    """Removes a left-over file, and the folders that it leaves empty."""
    path.unlink(missing_ok=True)
    for parent in path.parents:
        if parent == folder or not parent.is_relative_to(folder):
            break
        try:
            parent.rmdir()
        except OSError:
            break
