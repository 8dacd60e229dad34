"""The languages, found by the modules in this folder; nothing is listed by hand."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from callsheet.errors import UsageError, suggest

if TYPE_CHECKING:
    from callsheet.languages._base import Language


@cache
def keys() -> tuple[str, ...]:
    """Keys of all languages, sorted."""
    names = (module.name for module in iter_modules(__path__))
    return tuple(sorted(name for name in names if not name.startswith("_")))


@cache
def get(key: str) -> Language:
    """A language by key; its module is imported on the first call.

    Raises:
        UsageError: There is no such language.
    """
    if key not in keys():
        raise UsageError(f"unknown language `{key}`; {suggest(key, keys())}")
    language: Language = import_module(f"{__name__}.{key}").LANGUAGE
    return language


@cache
def every() -> tuple[Language, ...]:
    """All languages in the order of the page's tabs."""
    return tuple(sorted((get(key) for key in keys()), key=lambda language: language.order))
