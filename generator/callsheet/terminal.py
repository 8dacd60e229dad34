"""Colour, and errors as a person reads them; results go to stdout, all else to stderr."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from callsheet.errors import CallsheetError, SpecError, show, summary

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from callsheet.errors import Diagnostic

_CHOICE = ["auto"]


def choose(color: str) -> None:
    """Remembers `--color` for this run."""
    _CHOICE[0] = color


def colour(stream: TextIO) -> bool:
    """Whether to colour a stream: `--color`, then NO_COLOR, then FORCE_COLOR, then a terminal.

    Source: https://no-color.org and https://force-color.org.
    """
    if _CHOICE[0] != "auto":
        return _CHOICE[0] == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty()


def say(text: str) -> None:
    """A line for the person at the terminal."""
    click.echo(text, err=True, color=colour(sys.stderr))


def paint(text: str, mood: str) -> str:
    """A text in the style of a mood; click strips it where no colours are shown.

    Args:
        text: The text.
        mood: `head`, `good` or `bad`; any other leaves it plain.
    """
    colour_of = {"good": "green", "bad": "red"}
    return click.style(text, fg=colour_of.get(mood), bold=(mood == "head") or None)


def show_error(error: CallsheetError) -> None:
    """An error of the user's to mend, on stderr."""
    if isinstance(error, SpecError):
        show_diagnostics(error.diagnostics)
    else:
        say(f"{click.style('error', fg='red', bold=True)}: {error}")


def show_diagnostics(diagnostics: Iterable[Diagnostic], *, warning: bool = False) -> None:
    """Diagnostics with their source lines, on stderr; faults with a summary below."""
    found = list(diagnostics)
    level = "warning" if warning else "error"
    for diagnostic in found:
        say(show(diagnostic, color=colour(sys.stderr), level=level) + "\n")
    if found and not warning:
        say(summary(found))


def print_diff(lines: Iterable[str]) -> None:
    """A unified diff on stdout."""
    colours = {"+": "green", "-": "red", "@": "cyan"}
    for line in lines:
        shown = click.style(line, fg=colours.get(line[:1])) if line[:1] in colours else line
        click.echo(shown, color=colour(sys.stdout))
