"""Faults as values: a Diagnostic says where, what and how out; exceptions carry them to the CLI."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

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
        return harmless(f"{self.place}: error[{self.code}]: {self.message}")

    @property
    def place(self) -> str:
        """`file:line:column`, or the file alone when no line is at fault."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class CallsheetError(Exception):
    """Base of every error that is the user's to mend; shown without a traceback."""

    exit_code = 2


class SpecError(CallsheetError):
    """The input has faults; all of them at once, each place and message once."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        found: dict[tuple[str, str, str], Diagnostic] = {}
        for diagnostic in diagnostics:
            found.setdefault((diagnostic.place, diagnostic.code, diagnostic.message), diagnostic)
        self.diagnostics = tuple(found.values())
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
    "CS003": "there are too many faults to show",
    "CS101": "the YAML or JSON syntax is broken",
    "CS102": "a key stands twice in one mapping",
    "CS103": "aliases, includes or nesting expand too far",
    "CS104": "a tag is unknown or misused",
    "CS105": "an included file cannot be used",
    "CS106": "a key is of a kind that the spec does not read",
    "CS201": "a key is unknown",
    "CS202": "a key is missing",
    "CS203": "a value has the wrong type",
    "CS204": "a value is not allowed here",
    "CS301": "a name refers to nothing",
    "CS302": "an id is used twice",
    "CS303": "path parameters do not match the path",
    "CS304": "keys exclude each other",
    "CS401": "a client cannot make this request",
    "CS402": "a snippet does not parse",
    "CS501": "a template failed",
    "CS502": "a page failed",
    "CS503": "a catalogue of labels cannot be read",
    "CS504": "a marker in a hand-written page is wrong",
    "CS505": "an injected block was edited by hand",
    "CS601": "a text looks like a secret",
}

#: Longer words are not compared with known ones, and longer choices are cut.
_LONGEST_WORD = 80
_LONGEST_CHOICE = 20
#: A word that is a part of more than so many says nothing.
_MOST_KINDS = 3


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, whatever its case, or ""."""
    if len(word) > _LONGEST_WORD:
        return ""
    names = {name.lower(): name for name in sorted(known, reverse=True)}
    near = get_close_matches(word.lower(), names, n=1, cutoff=0.65)
    return names[near[0]] if near else ""


def suggest(word: str, known: Iterable[str]) -> str:
    """Help line for an unknown word: its kinds or the nearest one, else the whole choice."""
    names = sorted(known)
    kinds = [name for name in names if word in name.split("-")]
    near = kinds if 0 < len(kinds) <= _MOST_KINDS else [nearest(word, names)]
    if any(near):
        return f"did you mean {' or '.join(map(quoted, near))}?"
    if not names:
        return "none is defined"
    more = ", …" if len(names) > _LONGEST_CHOICE else ""
    return "known: " + ", ".join(quoted(name) for name in names[:_LONGEST_CHOICE]) + more


#: Longer texts are cut where a message quotes them.
_LONGEST_QUOTE = 60


def quoted(text: str) -> str:
    """A user's text as messages show it: between backquotes, on one line, cut where it is long."""
    cut = harmless(text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…")
    return f'"{cut}"' if "`" in cut else f"`{cut}`"


#: What a terminal acts on or cannot show: controls (C0, DEL, C1), line and paragraph separators,
#: direction marks (UAX #9), noncharacters, and the surrogates that stand for undecodable bytes.
_HARMFUL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
    r"\ud800-\udfff]"
)
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def harmless(text: str) -> str:
    """A user's text for a terminal, with an escape for each character that is not to be printed."""
    return _HARMFUL.sub(lambda match: _NAMED.get(match[0]) or _escape(ord(match[0])), text)


def _escape(code: int) -> str:
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"  # noqa: PLR2004  one byte


#: Line breaks of YAML 1.2 (section 5.4).
LINE_BREAK = re.compile(r"\r\n|\r|\n")


def with_source(diagnostic: Diagnostic) -> Diagnostic:
    """The diagnostic with the line of its file that it points at, where the file can be read."""
    if diagnostic.source or not diagnostic.line:
        return diagnostic
    try:
        text = Path(diagnostic.file).read_bytes().decode("utf-8-sig", "replace")
    except (OSError, ValueError):
        return diagnostic
    lines = LINE_BREAK.split(text)
    at = diagnostic.line - 1
    return replace(diagnostic, source=lines[at]) if at < len(lines) else diagnostic


#: Select Graphic Rendition (ECMA-48, 8.3.117) of each part that `show` prints.
_STYLES = {"place": "1", "error": "1;31", "gutter": "1;34", "help": "1;36"}
#: Source lines are cut to this many columns, around the caret.
_WIDTH = 120
_TAB = 8


def show(diagnostic: Diagnostic, *, color: bool = False, level: str = "error") -> str:
    """A diagnostic in ruff's `full` form: place, message, source line, caret, help.

    Args:
        diagnostic: The fault.
        color: Whether the text goes to a terminal that shows colours.
        level: `error`, or `warning` for what stops nothing.

    Returns:
        Lines without a line break at the end; nothing in them acts on a terminal but our colours.
    """
    place = _paint(harmless(diagnostic.place), "place", color)
    error = _paint(f"{level}[{diagnostic.code}]", "error", color)
    lines = [f"{place}: {error}: {harmless(diagnostic.message)}"]
    has_source = diagnostic.line > 0 and diagnostic.source != ""
    margin = " " * len(str(diagnostic.line)) if has_source else " "
    if has_source:
        lines += _excerpt(diagnostic, margin, color)
    if diagnostic.help:
        label = _paint(f"{margin} = help:", "help", color)
        lines.append(f"{label} {harmless(diagnostic.help)}")
    return "\n".join(lines)


def _paint(text: str, part: str, color: bool) -> str:  # noqa: FBT001  private, always by place
    return f"\x1b[{_STYLES[part]}m{text}\x1b[0m" if color else text


def report(diagnostics: Iterable[Diagnostic], *, color: bool = False) -> str:
    """All faults as a command prints them, with blank lines between and a summary below."""
    faults = list(diagnostics)
    return "\n\n".join([*(show(fault, color=color) for fault in faults), summary(faults)])


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """How many faults in how many files, such as `3 faults in 1 file`."""
    files = [diagnostic.file for diagnostic in diagnostics]
    return f"{_count(len(files), 'fault')} in {_count(len(set(files)), 'file')}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _excerpt(diagnostic: Diagnostic, margin: str, color: bool) -> list[str]:  # noqa: FBT001
    """The source line with the caret below it, each behind the gutter."""
    line = _HARMFUL.sub(_picture, diagnostic.source)
    start = min(diagnostic.column - 1, len(line))
    stop = start + max(1, diagnostic.length)
    left, right = _window(line, start, stop)
    before = "…" * (left > 0) + line[left:start]
    indent = "".join("\t" if char == "\t" else " " * _columns(char) for char in before)
    carets = "^" * max(1, sum(_columns(char) for char in line[start : min(stop, right)]))
    text = before + line[start:right] + "…" * (right < len(line))
    bar = _paint(f"{margin} |", "gutter", color)
    number = _paint(f"{diagnostic.line} |", "gutter", color)
    lines = [bar, f"{number} {text}".rstrip(), f"{bar} {indent}{_paint(carets, 'error', color)}"]
    return [*lines, bar] if diagnostic.help else lines


def _window(line: str, start: int, stop: int) -> tuple[int, int]:
    """Which characters of a line fit, with the carets among them and most of what is before."""
    stop = min(stop, start + _WIDTH // 3, len(line))
    left = min(start, _reach(line, stop, -1, _WIDTH))
    if left > 0:
        left = min(start, _reach(line, stop, -1, _WIDTH * 2 // 3))
    right = _reach(line, left, 1, _WIDTH)
    if right == len(line):
        left = min(start, _reach(line, right, -1, _WIDTH))
    return left, right


def _reach(line: str, at: int, step: int, room: int) -> int:
    """How far from a character one may go for so many columns."""
    while 0 <= (at - 1 if step < 0 else at) < len(line):
        room -= _cells(line[at - 1 if step < 0 else at])
        if room < 0:
            break
        at += step
    return at


def _cells(char: str) -> int:
    return _TAB if char == "\t" else _columns(char)


def _columns(char: str) -> int:
    """Columns of a character on a terminal (UAX #11); marks and joiners stand on their base."""
    if char in _JOINERS or combining(char):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


#: Zero-width joiners and emoji's variation selector; they are shown as they are.
_JOINERS = "\u200b\u200c\u200d\ufe0f"


def _picture(match: re.Match[str]) -> str:
    """One harmless column in the place of a control: its picture (U+2400) where there is one."""
    code = ord(match[0])
    if match[0] == "\t":
        return "\t"
    if code < 0x20:  # noqa: PLR2004  the C0 controls
        return chr(0x2400 + code)
    return "␡" if match[0] == "\x7f" else "�"
