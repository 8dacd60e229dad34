"""A folder for what can be made again, such as compiled templates. Losing it costs only time."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import jinja2


def folder() -> Path:
    """`$CALLSHEET_CACHE`, else the user's cache folder (XDG Base Directory)."""
    chosen = os.environ.get("CALLSHEET_CACHE")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "callsheet"


@cache
def bytecode() -> jinja2.BytecodeCache | None:
    """Jinja's cache of compiled templates, or None where no folder can be written."""
    import jinja2

    place = folder() / "templates"
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    if not os.access(place, os.W_OK):
        return None
    return jinja2.FileSystemBytecodeCache(str(place))


@cache
def maker(*modules: str) -> str:
    """A name for what these modules make, which changes with them; none is imported for it.

    Args:
        modules: Our module first; of a library its package, whose own file holds its version.
    """
    from importlib.util import find_spec

    state = sha256()
    for module in modules:
        found = find_spec(module)
        state.update(Path(found.origin).read_bytes() if found and found.origin else b"")
    return f"{modules[0].rpartition('.')[2]}/{state.hexdigest()[:16]}"


def made(maker: str, source: str, make: Callable[[], str]) -> str:
    """What is made of a source; where it was made before, read from the cache.

    Args:
        maker: What `maker` names.
        source: What it is made of.
        make: Makes it.
    """
    name = sha256(source.encode("utf-8", "surrogatepass")).hexdigest()
    place = f"{folder()}/{maker}/{name[:2]}/{name[2:]}"
    try:
        with open(place, "rb", buffering=0) as stream:  # noqa: PTH123  hundreds of times
            return stream.read().decode()
    except (OSError, UnicodeDecodeError):
        text = make()
    with suppress(OSError, UnicodeEncodeError):
        keep(place, text.encode())
    return text


def keep(place: str, data: bytes) -> None:
    """Writes a file so that any other process or machine sees all of it or nothing."""
    os.makedirs(os.path.dirname(place), exist_ok=True)  # noqa: PTH103, PTH120  as above
    part = f"{place}.{os.urandom(8).hex()}"
    try:
        with open(part, "xb", buffering=0) as stream:  # noqa: PTH123  as above
            stream.write(data)
        os.replace(part, place)  # noqa: PTH105  as above
    finally:
        with suppress(OSError):
            os.unlink(part)  # noqa: PTH108  as above
