"""Faults as values: a Diagnostic says where, what and how out; the exceptions carry them to the CLI."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One fault of a user's input, at a place in a file.

    Attributes:
        file: Path as the user would type it.
        line: 1-based; 0 when the fault concerns the file as a whole.
        column: 1-based, in characters.
        code: Stable code such as `CS201`; see CODES.
        message: One sentence in lower case, without a full stop.
        help: The way out, or "".
        source: The source line, or "".
        length: How many characters the caret underlines.
    """

    file: str
    line: int
    column: int
    code: str
    message: str
    help: str = ""
    source: str = ""
    length: int = 1

    def __str__(self) -> str:
        return f"{self.place}: error[{self.code}]: {self.message}"

    @property
    def place(self) -> str:
        """`file:line:column`, or the file alone when no line is at fault."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class CallsheetError(Exception):
    """Base of every error that is the user's to mend; shown without a traceback."""

    exit_code = 2


class SpecError(CallsheetError):
    """The input has faults; all of them at once."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(dict.fromkeys(diagnostics))
        super().__init__("\n".join(str(diagnostic) for diagnostic in self.diagnostics))


class UsageError(CallsheetError):
    """The command was asked for something that does not exist or is not safe to do."""


class Unsupported(CallsheetError):  # noqa: N818  the field's word for it
    """A client cannot make this request; says which feature and why."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


#: Every code a Diagnostic may carry. Codes are never reused for another meaning.
CODES = {
    "CS001": "a file cannot be read",
    "CS002": "a file is not UTF-8 text",
    "CS101": "the YAML or JSON syntax is broken",
    "CS102": "a key stands twice in one mapping",
    "CS103": "aliases, includes or nesting expand too far",
    "CS104": "a tag is unknown or misused",
    "CS105": "an included file cannot be used",
    "CS201": "a key is unknown",
    "CS202": "a key is missing",
    "CS203": "a value has the wrong type",
    "CS204": "a value is not allowed here",
    "CS301": "a name refers to nothing",
    "CS302": "an id is used twice",
    "CS303": "path parameters do not match the path",
    "CS304": "keys exclude each other",
    "CS401": "a client cannot make this request",
    "CS501": "a template failed",
    "CS502": "a page failed",
}


def suggest(word: str, known: Iterable[str]) -> str:
    """Help line for an unknown word: the nearest known one, else the whole choice."""
    names = sorted(known)
    near = get_close_matches(word, names, n=1, cutoff=0.6)
    if near:
        return f"did you mean `{near[0]}`?"
    return "known: " + ", ".join(f"`{name}`" for name in names) if names else "none is defined"


def with_source(diagnostic: Diagnostic, lines: list[str]) -> Diagnostic:
    """The diagnostic with the line of the file it points at."""
    if not 0 < diagnostic.line <= len(lines):
        return diagnostic
    return replace(diagnostic, source=lines[diagnostic.line - 1].rstrip("\r\n"))
