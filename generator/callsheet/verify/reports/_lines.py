"""Texts of programs and specs to lines that no terminal, log or build server acts on."""

from __future__ import annotations

import re

from callsheet.errors import LINE_BREAK, harmless

#: Shown of a program's output: so many lines from its start, and from its end.
_HEAD, _TAIL = 20, 20
#: Longer lines are cut.
_LONGEST = 400
_TAB = 4

#: Build servers read commands from a log. GitHub: `::name` at the start of a line, blanks before it
#: allowed, and `##[name]` anywhere; Azure Pipelines: `##vso[`; TeamCity: `##teamcity[`.
#: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
_AT_START = re.compile(r"^(\s*):(?=:)")
_ANYWHERE = re.compile(r"(?<=#)#(?=#*\w*\[)")


def inert(text: str) -> str:
    """One line of anybody's text: controls are escaped, and so is what starts a log command."""
    return _ANYWHERE.sub(r"\\x23", _AT_START.sub(r"\1\\x3a", harmless(text)))


def short(text: str) -> str:
    """The same, cut where it is long; a lone surrogate counts as the escape that JSON keeps."""
    text = text.encode("utf-8", "backslashreplace").decode()
    if len(text) <= _LONGEST:
        return inert(text)
    return f"{inert(text[:_LONGEST])}… ({len(text) - _LONGEST:,} more characters)"


def split(text: str) -> list[str]:
    """Lines of a text; its last line end makes no line of its own."""
    lines = LINE_BREAK.split(text)
    return lines if lines[-1] else lines[:-1]


def output(raw: bytes) -> list[str]:
    """Lines that a program wrote; what is no UTF-8 is replaced, the middle of many left out."""
    lines = split(raw.decode("utf-8", "replace"))
    return [short(line.expandtabs(_TAB)) for line in lines[:_HEAD]] + _rest(lines)


def _rest(lines: list[str]) -> list[str]:
    left_out = len(lines) - _HEAD - _TAIL
    tail = [short(line.expandtabs(_TAB)) for line in lines[_HEAD:][-_TAIL:]]
    return [f"… {counted(left_out, 'more line')} …", *tail] if left_out > 0 else tail


def counted(number: int, noun: str) -> str:
    """A number and its noun, such as `1,200 cells`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def cut(lines: list[str], limit: int, noun: str) -> list[str]:
    """The first lines, and one that counts the others."""
    if len(lines) <= limit:
        return lines
    return [*lines[:limit], f"… {counted(len(lines) - limit, f'more {noun}')}"]


def clip(text: str, limit: int) -> str:
    """Whole lines of a text up to so many characters, and one that counts the others."""
    if len(text) <= limit:
        return text
    lines = split(text)
    kept = split(text[:limit])[:-1]
    return "\n".join([*kept, f"… {counted(len(lines) - len(kept), 'more line')}"])
