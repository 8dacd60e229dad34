"""`callsheet inject`: which files, which snippets; what changes in them is shown or written."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from difflib import unified_diff
from errno import EACCES
from os.path import realpath
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard

from callsheet import terminal
from callsheet.errors import SpecError, UsageError
from callsheet.project import near

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from callsheet.errors import Diagnostic
    from callsheet.inject.filled import Filled
    from callsheet.options import Options
    from callsheet.project import Project
    from callsheet.sheet import Sheet

#: Folders of other people's files, which no pattern means.
_STRANGERS = {"node_modules", "site-packages"}
_SETTING = "`[tool.callsheet] inject`"


@dataclass(frozen=True, slots=True)
class File:
    """A page to work on.

    Attributes:
        path: As a user would type it.
        form: The page format of blocks that name none; "" takes the one of the file's type.
        is_named: Whether the user typed it.
    """

    path: Path
    form: str = ""
    is_named: bool = False


def named(files: Sequence[Path], project: Project, form: str = "") -> list[File]:
    """The pages that a command means.

    Args:
        files: Those that the user named; none means those that the project lists.
        project: Its setting also says in which formats.
        form: The format that the user named.

    Raises:
        UsageError: There are none, or the setting cannot be read.
    """
    listed = {realpath(file.path): file for file in _listed(project, is_needed=not files)}
    if not files and not listed:
        raise UsageError(f"no FILE is named, and {_SETTING} lists none")
    if not files:
        return [File(file.path, form or file.form) for file in listed.values()]
    known = {path: file.form for path, file in listed.items()}
    return [File(path, form or known.get(realpath(path), ""), is_named=True) for path in files]


def _listed(project: Project, *, is_needed: bool) -> Iterator[File]:
    setting = project.settings.get("inject", [])
    for entry in setting if isinstance(setting, list) else [setting]:
        patterns, form = _entry(entry)
        for pattern in patterns:
            found = _found(project.root, pattern)
            if is_needed and not found:
                raise UsageError(f"{_SETTING} lists `{pattern}`, and there is no such file")
            yield from (File(near(path), form) for path in found)


def _found(root: Path, pattern: str) -> list[Path]:
    """The files of a pattern, without those of others.

    Raises:
        UsageError: It is no pattern, or one of any folder.
    """
    try:
        return sorted(filter(_is_own, root.glob(pattern)))
    except (ValueError, NotImplementedError, IndexError):
        way_out = f"a pattern is relative to {root} and reads as `docs/**/*.md`"
        raise UsageError(f"{_SETTING} lists `{pattern}`; {way_out}") from None


def _entry(entry: Any) -> tuple[list[str], str]:  # noqa: ANN401  as TOML has it
    """Patterns and the format of a part of the setting.

    Raises:
        UsageError: It is of another form.
    """
    table = entry if isinstance(entry, dict) else {"files": entry}
    files, form = table.get("files"), table.get("format", "")
    patterns = [word for word in (files if isinstance(files, list) else [files]) if _is_word(word)]
    whole = len(patterns) == (len(files) if isinstance(files, list) else 1)
    if set(table) - {"files", "format"} or not whole or not isinstance(form, str):
        raise UsageError(
            f"{_SETTING} lists patterns, or tables as in "
            '`{files = "docs/**/*.md", format = "mkdocs"}`'
        )
    return patterns, form


def _is_word(value: Any) -> TypeGuard[str]:  # noqa: ANN401  as TOML has it
    return isinstance(value, str) and value != ""


def _is_own(path: Path) -> bool:
    return path.is_file() and not _STRANGERS & set(path.parts)


def sheets(specs: Sequence[Path], options: Options, *, quiet: bool = False) -> dict[str, Sheet]:
    """The name of each spec → its snippets.

    Args:
        specs: Files or folders; each is named by its stem, or by its path where two are alike.
        options: What is printed.
        quiet: Whether to keep back the warnings.

    Raises:
        SpecError: A spec has faults.
    """
    from callsheet.sheet import read, sheet
    from callsheet.spec.load import collector_off

    made: dict[str, Sheet] = {}
    with collector_off():
        for path in dict.fromkeys(specs):
            name = str(path) if path.stem in made else path.stem
            made[name] = sheet(read(path, options), options)
    for one in made.values() if not quiet else ():
        terminal.show_diagnostics([*one.spec.warnings, *one.warnings], warning=True)
    return made


def run(
    files: Sequence[File],
    sheets: Mapping[str, Sheet],
    *,
    checks: bool = False,
    force: bool = False,
) -> int:
    """Fills the blocks of files; of all or, where anything is wrong, of none.

    Args:
        files: The pages.
        sheets: The name of a spec → its snippets.
        checks: Whether to show what would change instead of writing it.
        force: Whether to write over what was edited by hand.

    Returns:
        The exit status: 1 where a check finds anything.

    Raises:
        SpecError: A marker is wrong; or, where files are to be written, a block was edited by hand.
        UsageError: A file is of an unknown type or cannot be written.
    """
    from callsheet.inject.filled import fill

    texts = [_read(file.path) for file in files]
    each = list(zip(files, texts, strict=True))
    done = [fill(text, file.path, sheets, form=file.form, force=force) for file, text in each]
    _refuse([fault for filled in done for fault in filled.faults])
    edited = [fault for filled in done for fault in filled.edited]
    if checks:
        wanted = [
            fill(text, file.path, sheets, form=file.form, force=True).text
            if filled.edited
            else filled.text
            for (file, text), filled in zip(each, done, strict=True)
        ]
        terminal.show_diagnostics(edited)
        return int(_show(files, texts, wanted))
    _refuse(edited)
    pairs = [
        (file, filled, filled.text != text) for (file, text), filled in zip(each, done, strict=True)
    ]
    _replace({file.path: filled.text.encode() for file, filled, differs in pairs if differs})
    for file, filled, differs in pairs:
        _tell(file, filled, "written" if differs else "current")
    return 0


def _refuse(faults: Sequence[Diagnostic]) -> None:
    if faults:
        raise SpecError(faults)


def _read(path: Path) -> str:
    """The text, its byte order mark and line breaks as they are."""
    from callsheet.spec.load import read_text

    read_text(path, str(path))  # says what is wrong with the file
    return path.read_bytes().decode()


def _show(files: Sequence[File], texts: Sequence[str], wanted: Sequence[str]) -> bool:
    """Shows what differs; whether anything does."""
    stale = False
    for file, old, new in zip(files, texts, wanted, strict=True):
        if old != new:
            name, stale = file.path.as_posix(), True
            terminal.print_diff(
                unified_diff(old.split("\n"), new.split("\n"), name, name, lineterm="")
            )
            terminal.say(f"{file.path} is out of date; run `callsheet inject`")
    return stale


def _tell(file: File, filled: Filled, state: str) -> None:
    if filled.blocks:
        count = f"{filled.blocks} block{'s' if filled.blocks > 1 else ''}"
        terminal.say(f"{file.path}: {count}, {state}")
    elif file.is_named:
        from callsheet.inject import syntaxes

        comment = syntaxes.of(file.path).comment
        begin, end = comment("callsheet:begin EXAMPLE"), comment("callsheet:end")
        way_out = f"a block stands between `{begin}` and `{end}`"
        terminal.say(f"{file.path}: no markers outside of code; {way_out}")


def _replace(files: Mapping[Path, bytes]) -> None:
    """Writes files, or what links lead to: each is whole at any time, and all are tried first.

    Raises:
        UsageError: One cannot be written; then none is.
    """
    parts: dict[Path, Path] = {}
    for path, data in files.items():
        place = Path(realpath(path))
        parts[place] = place.with_name(f".{len(parts)}.{os.getpid()}.part")
        try:
            _stage(place, parts[place], data)
        except OSError as error:
            for part in parts.values():
                part.unlink(missing_ok=True)
            raise UsageError(f"{path} cannot be written: {error.strerror}") from None
    for place, part in parts.items():
        part.replace(place)


def _stage(place: Path, part: Path, data: bytes) -> None:
    """Writes what shall replace a file beside it, with the same permissions and owner."""
    state = place.stat()
    if not state.st_mode & 0o222:
        raise PermissionError(EACCES, "it is read-only")
    part.write_bytes(data)
    shutil.copymode(place, part)
    with suppress(OSError, AttributeError):  # others may not give a file away; Windows cannot
        os.chown(part, state.st_uid, state.st_gid)
