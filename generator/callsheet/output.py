"""Plan {path: bytes} to a folder: written atomically or compared; never a stranger's file.

The folder's `.callsheet.json` lists what callsheet wrote there; only that is ever removed.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeVar

from callsheet.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

MANIFEST = ".callsheet.json"
#: Files from which on threads pay.
_MANY = 500
_Item = TypeVar("_Item")


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
        """The manifest that goes with it: a line a file, so that a diff is short."""
        files = sorted((path, digest(data)) for path, data in self.files.items())
        lines = ",\n".join(_entry(path, sha) for path, sha in files)
        return f'{{"callsheet": 1, "files": {{\n{lines}\n}}}}\n'.encode()


def _entry(path: str, sha: str) -> str:
    return f"  {json.dumps(path, ensure_ascii=False)}: {json.dumps(sha)}"


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
        old, new = _read(f"{folder}/{path}"), plan.files.get(path)
        if old != new:
            yield Change(path, old, new)
    manifest = plan.manifest()
    old = _read(f"{folder}/{MANIFEST}")
    if old != manifest:
        yield Change(MANIFEST, old, manifest)


def _read(path: str) -> bytes | None:
    try:
        with open(path, "rb", buffering=0) as stream:  # noqa: PTH123  8,000 times
            return stream.read()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None


def write(plan: Plan, folder: Path) -> list[Change]:
    """Makes a folder hold the plan; what is there already is left alone.

    Raises:
        UsageError: A file that callsheet did not write is in the way, or writing failed.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; choose another folder with `-o`")
    try:
        if not folder.exists():
            return _write_new(plan, folder)
        known = read_manifest(folder)
        found = list(changes(plan, folder))
        _check_are_ours(found, folder, known)
        if found:
            _write_changes(plan, folder, found, known)
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}") from None
    return found


def _write_new(plan: Plan, folder: Path) -> list[Change]:
    """Fills a folder beside the place, and moves it there once it is whole."""
    files = {**plan.files, MANIFEST: plan.manifest()}
    part = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    try:
        for parent in sorted({(part / path).parent for path in files}):
            parent.mkdir(parents=True, exist_ok=True)
        _each(lambda item: _create(f"{part}/{item[0]}", item[1]), list(files.items()))
        part.rename(folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return [Change(path, None, data) for path, data in files.items()]


def _write_changes(plan: Plan, folder: Path, found: list[Change], known: Mapping[str, str]) -> None:
    """Writes what changed; if that is interrupted, the manifest still lists all that is ours."""
    claimed = Plan({**dict.fromkeys(known, b""), **plan.files})
    _replace(f"{folder}/{MANIFEST}", claimed.manifest())
    for parent in sorted({(folder / change.path).parent for change in found if change.new}):
        parent.mkdir(parents=True, exist_ok=True)
    for change in found:
        if change.new is None:
            _remove(folder / change.path, folder)
    _each(
        lambda change: _replace(f"{folder}/{change.path}", change.new or b""),
        [change for change in found if change.new is not None and change.path != MANIFEST],
    )
    _replace(f"{folder}/{MANIFEST}", plan.manifest())


def _each(step: Callable[[_Item], None], items: list[_Item]) -> None:
    """A step for each item; file systems are slow, so many items are shared out to threads."""
    if len(items) < _MANY:
        _each_of(step, items)
        return
    from concurrent.futures import ThreadPoolExecutor

    size = len(items) // (4 * (os.cpu_count() or 1)) + 1
    shares = [items[at : at + size] for at in range(0, len(items), size)]
    with ThreadPoolExecutor() as pool:
        for _ in pool.map(lambda share: _each_of(step, share), shares):
            pass


def _each_of(step: Callable[[_Item], None], items: list[_Item]) -> None:
    for item in items:
        step(item)


def _create(path: str, data: bytes) -> None:
    with open(path, "xb", buffering=0) as stream:  # noqa: PTH123  8,000 times
        stream.write(data)


def _check_are_ours(found: list[Change], folder: Path, known: Mapping[str, str]) -> None:
    """Refuses to write over a stranger's file, or through a link out of the folder."""
    root = folder.resolve()
    for change in found:
        if change.old is not None and change.path not in known and change.path != MANIFEST:
            raise UsageError(
                f"{folder / change.path} is in the way: callsheet did not write it; "
                "move it, or choose another `-o`"
            )
    for parent in {(folder / change.path).parent for change in found}:
        if not parent.resolve().is_relative_to(root):
            raise UsageError(f"{parent} leads out of {folder}; remove the link")


def _replace(path: str, data: bytes) -> None:
    """Writes a file so that a reader sees the old one or the new one, never a part."""
    head, _, name = path.rpartition("/")
    part = f"{head}/.{name}.{os.getpid()}.part"
    try:
        with open(part, "wb", buffering=0) as stream:  # noqa: PTH123  8,000 times
            stream.write(data)
        os.replace(part, path)  # noqa: PTH105  8,000 times
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(part)  # noqa: PTH108  beside its twin
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
