"""What the last build of a folder was made from, so that an unchanged one is not made again.

It is kept in the cache, by folder: losing it costs a build, nothing else.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from callsheet import cache, output, resources

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from callsheet.options import Options

#: Starts the name of an input that is a pattern: a new match changes the key.
GLOB = "glob:"


@dataclass(frozen=True, slots=True)
class State:
    """What a folder was made from.

    Attributes:
        key: Hash of all of it.
        inputs: Files and `glob:` patterns below the spec's folder that the key covers.
        manifest: SHA-256 of the manifest that the build left.
    """

    key: str
    inputs: tuple[str, ...]
    manifest: str


def recall(folder: Path) -> State | None:
    """What the cache knows of a folder."""
    try:
        content = json.loads(_place(folder).read_bytes())
        return State(content["key"], tuple(content["inputs"]), content["manifest"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remember(folder: Path, key: str, inputs: Sequence[str]) -> None:
    """Notes what a folder was made from; without a cache nothing is noted."""
    place = _place(folder)
    content = {"key": key, "inputs": list(inputs), "manifest": _manifest(folder)}
    with suppress(OSError):
        cache.keep(str(place), json.dumps(content).encode())


def is_unchanged(spec: Path, folder: Path, options: Options) -> bool:
    """Whether neither what a folder is made from nor what is in it has changed."""
    last = recall(folder)
    if last is None or last.manifest != _manifest(folder):
        return False
    files = output.read_manifest(folder)
    return key(spec, last.inputs, options) == last.key and output.is_current(folder, files)


def _place(folder: Path) -> Path:
    name = sha256(os.fsencode(folder.resolve())).hexdigest()
    return cache.folder() / "state" / f"{name[:32]}.json"


def _manifest(folder: Path) -> str:
    return _digest(str(folder / output.MANIFEST)).hex()


def key(spec: Path, inputs: Sequence[str], options: Options) -> str:
    """Hash of the tool itself, its templates, the options and the inputs.

    Args:
        spec: The spec's file or folder.
        inputs: Files and `glob:` patterns below its folder.
        options: What the build is asked for.
    """
    root = spec if spec.is_dir() else spec.parent
    state = sha256(f"{spec.name}\0{_words(options)}\0".encode())
    for folder in (resources.package(), resources.templates(), *options.folders):
        for name, path in _files(str(folder)):
            state.update(f"{name}\0".encode() + _digest(path))
    for report in options.verified:
        state.update(b"verified\0" + _digest(str(report)))
    for name in inputs:
        state.update(f"{name}\0".encode())
        if name.startswith(GLOB):
            matches = sorted(path.name for path in root.glob(name.removeprefix(GLOB)))
            state.update("\0".join(matches).encode())
        else:
            state.update(_digest(f"{root}/{name}"))
    return state.hexdigest()


def _files(folder: str) -> Iterator[tuple[str, str]]:
    """(name below the folder, path) of every file, sorted, compiled Python left out."""
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for file in sorted(files):
            path = f"{parent}/{file}"
            yield os.path.relpath(path, folder).replace(os.sep, "/"), path


def _digest(path: str) -> bytes:
    try:
        with open(path, "rb", buffering=0) as stream:  # noqa: PTH123  an import of pathlib saved
            return sha256(stream.read()).digest()
    except OSError:
        return b"missing"


def _words(options: Options) -> str:
    words = [f"server={options.server}"]
    words += [f"language={key}" for key in options.languages]
    words += [f"client={key}" for key in options.clients]
    words += [f"format={key}" for key in options.formats]
    return "\0".join(words)
