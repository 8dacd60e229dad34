"""The hash of all that a build depends on. In: spec, options, the names of its inputs; out: a key."""

from __future__ import annotations

import os
from hashlib import sha256
from typing import TYPE_CHECKING

from callsheet import __version__, resources

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from callsheet.options import Options

#: Starts the name of an input that is a pattern: a new match changes the key.
GLOB = "glob:"


def key(spec: Path, inputs: Sequence[str], options: Options) -> str:
    """Hash of version, options, templates and inputs.

    Args:
        spec: The spec's file or folder.
        inputs: Files and `glob:` patterns below its folder.
        options: What the build is asked for.
    """
    root = spec if spec.is_dir() else spec.parent
    state = sha256(f"{__version__}\0{spec.name}\0{_words(options)}\0".encode())
    for folder in (resources.templates(), *options.folders):
        for name, path in _files(str(folder)):
            state.update(f"{name}\0".encode() + _digest(path))
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
