"""Types of files that blocks are injected into: a module each, found by its suffixes."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from callsheet.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from callsheet.inject.syntaxes._base import Syntax


def of(path: Path) -> Syntax:
    """The syntax of a file, by its suffix.

    Raises:
        UsageError: There is none for that suffix.
    """
    known = {suffix: syntax for syntax in _every() for suffix in syntax.suffixes}
    if path.suffix.lower() not in known:
        shown = ", ".join(f"`{suffix}`" for suffix in known)
        raise UsageError(f"{path}: its comments are not known; blocks go into {shown}")
    return known[path.suffix.lower()]


@cache
def _every() -> tuple[Syntax, ...]:
    names = [name for _, name, _ in iter_modules(__path__) if not name.startswith("_")]
    return tuple(import_module(f"{__name__}.{name}").SYNTAX for name in sorted(names))
