"""How docs tools read a page: a module for each syntax, found by its name; nothing is listed."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from callsheet.errors import UsageError, suggest

if TYPE_CHECKING:
    from callsheet.pages.dialects._base import Dialect


@cache
def get(key: str) -> Dialect:
    """A dialect by key, the `DIALECT` of the module of that name.

    Raises:
        UsageError: There is none.
    """
    known = [name for _, name, _ in iter_modules(__path__) if not name.startswith("_")]
    if key not in known:
        raise UsageError(f"unknown dialect `{key}`; {suggest(key, known)}")
    dialect: Dialect = import_module(f"{__name__}.{key}").DIALECT
    return dialect
