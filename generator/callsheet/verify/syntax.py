"""A Sheet to what `check` says of its syntax: a Diagnostic for each snippet that does not parse."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet.errors import Diagnostic
from callsheet.project import near
from callsheet.render import roots
from callsheet.trace import origin
from callsheet.verify.parse import Unparsed, faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.render import Snippet
    from callsheet.sheet import Sheet
    from callsheet.verify.parse import SyntaxFault


@dataclass(frozen=True, slots=True)
class Syntax:
    """What was found.

    Attributes:
        faults: The first fault of each snippet that does not parse; others mostly follow from it.
        unchecked: A line for each reason why languages were not parsed.
    """

    faults: tuple[Diagnostic, ...]
    unchecked: tuple[str, ...]


def inspect(sheet: Sheet, target: Path, folders: tuple[Path, ...] = ()) -> Syntax:
    """Parses every snippet of a sheet.

    Args:
        sheet: The snippets.
        target: Folder that they are built into.
        folders: Template folders before the shipped ones.
    """
    found: list[Diagnostic] = []
    reasons: dict[str, dict[str, None]] = {}
    for snippet in (snippet for group in sheet.snippets.values() for snippet in group):
        try:
            wrong = faults(snippet.language, snippet.text)
        except Unparsed as error:
            reasons.setdefault(str(error), {})[snippet.language.title] = None
        else:
            found += [_diagnostic(snippet, fault, target, folders) for fault in wrong[:1]]
    return Syntax(tuple(found), tuple(_unchecked(reasons)))


def _unchecked(reasons: dict[str, dict[str, None]]) -> Iterator[str]:
    for reason, titles in reasons.items():
        yield f"the syntax of {', '.join(titles)} was not checked: {reason}"


def _diagnostic(
    snippet: Snippet, fault: SyntaxFault, target: Path, folders: tuple[Path, ...]
) -> Diagnostic:
    way_out = f"its template is `{_template(snippet, fault, folders)}`"
    place = (target / snippet.file).as_posix(), fault.line, fault.column
    return Diagnostic(*place, "CS402", fault.message, way_out, fault.source)


def _template(snippet: Snippet, fault: SyntaxFault, folders: tuple[Path, ...]) -> str:
    """The template's file and line, as the user would type it; else the file."""
    found = origin(snippet, fault.line, fault.column, folders)
    if found:
        return f"{near(Path(found[0]))}:{found[1]}"
    name = snippet.client.template
    files = (folder / name for folder in roots(folders))
    return str(near(next(file for file in files if file.is_file())))
