"""The languages, found by their modules here and in users' folders; nothing is listed by hand."""

from __future__ import annotations

from functools import cache
from importlib import import_module, util
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from callsheet.errors import UsageError, suggest

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from callsheet.languages._base import Language


@cache
def keys(folders: tuple[Path, ...] = ()) -> tuple[str, ...]:
    """Keys of all languages, sorted; a template folder may hold `<key>/language.py`."""
    shipped = (module.name for module in iter_modules(__path__))
    own = (path.parent.name for folder in folders for path in folder.glob("*/language.py"))
    return tuple(sorted({name for name in (*shipped, *own) if not name.startswith("_")}))


@cache
def get(key: str, folders: tuple[Path, ...] = ()) -> Language:
    """A language by key; its module is imported on the first call.

    Args:
        key: Word of the command line.
        folders: Template folders, whose languages go first.

    Raises:
        UsageError: There is no such language, or its module fails.
    """
    if key not in keys(folders):
        raise UsageError(f"unknown language `{key}`; {suggest(key, keys(folders))}")
    own = (folder / key / "language.py" for folder in folders)
    path = next((path for path in own if path.is_file()), None)
    module = _own(key, path) if path else import_module(f"{__name__}.{key}")
    language: Language = module.LANGUAGE
    return language


def _own(key: str, path: Path) -> ModuleType:
    """The module of a user's language."""
    spec = util.spec_from_file_location(f"callsheet_language_{key}", path)
    if spec is None or spec.loader is None:
        raise UsageError(f"{path} is no Python module")
    module = util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise UsageError(f"{path} fails: {type(error).__name__}: {error}") from error
    if not hasattr(module, "LANGUAGE"):
        raise UsageError(f"{path} defines no LANGUAGE")
    return module


@cache
def every(folders: tuple[Path, ...] = ()) -> tuple[Language, ...]:
    """All languages in the order of the page's tabs."""
    found = (get(key, folders) for key in keys(folders))
    return tuple(sorted(found, key=lambda language: (language.order, language.key)))
