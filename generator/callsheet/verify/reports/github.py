"""An Outcome to GitHub's workflow commands: failures at the spec's lines, within its limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.verify.reports._cells import sender, unproven
from callsheet.verify.reports._details import details, heading, headline
from callsheet.verify.reports._format import Format, in_repository
from callsheet.verify.reports._lines import clip, counted, inert, short

if TYPE_CHECKING:
    from collections.abc import Mapping

    from callsheet.verify.cells import Outcome, Verdict

FORMAT = Format("github", "annotations of a GitHub Actions run; belongs on stdout")

#: GitHub shows so many annotations of a kind for each step, and 50 for each job, which the three
#: kinds together stay below. Further ones are dropped without a word.
_OF_A_KIND = 10
#: It refuses annotations of more than 64 KB; a character may take four bytes.
_LONGEST = 15_000
#: Failures that are named where they have no annotation.
_NAMED = 50

#: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def render(outcome: Outcome) -> str:
    """The commands; failures first, then what is not proven, then the notes."""
    failures = outcome.failures
    shown = failures if len(failures) <= _OF_A_KIND else failures[: _OF_A_KIND - 1]
    commands = [_failure(outcome, verdict) for verdict in shown]
    commands += _left_out(failures[len(shown) :])
    commands += _few("warning", "not proven", unproven(outcome))
    commands += _few("notice", "note", [short(note) for note in outcome.notes])
    return "".join(f"{command}\n" for command in commands)


def command(kind: str, properties: Mapping[str, str], message: str) -> str:
    """One command on one line, whatever its texts hold."""
    marks = ",".join(f"{name}={_escape(value, _PROPERTY)}" for name, value in properties.items())
    return f"::{kind} {marks}::{_escape(message, _DATA)}"


def _failure(outcome: Outcome, verdict: Verdict) -> str:
    cell, at = verdict.cell, verdict.cell.position
    properties = {
        "title": inert(f"{cell.example} with {sender(cell)}"),
        "file": inert(in_repository(at.file)),
        "line": str(at.line),
        "col": str(at.column),
    }
    text = f"{headline(verdict)}\n{heading(verdict)}\n\n{details(outcome, verdict)}"
    return command("error", properties, clip(text, _LONGEST))


def _left_out(failures: tuple[Verdict, ...]) -> list[str]:
    if not failures:
        return []
    named = [f"{heading(verdict)}: {headline(verdict)}" for verdict in failures[:_NAMED]]
    total = f"{counted(len(failures), 'more failure')} without an annotation; the log has them all"
    return [_own("error", "more failures", clip("\n".join([total, *named]), _LONGEST))]


def _few(kind: str, title: str, messages: list[str]) -> list[str]:
    """A command for each message, the last one for all that are too many."""
    if len(messages) > _OF_A_KIND:
        rest = clip("\n".join(messages[_OF_A_KIND - 1 :]), _LONGEST)
        messages = [*messages[: _OF_A_KIND - 1], rest]
    return [_own(kind, title, message) for message in messages]


def _own(kind: str, title: str, message: str) -> str:
    return command(kind, {"title": f"callsheet verify: {title}"}, message)


def _escape(text: str, table: Mapping[str, str]) -> str:
    return "".join(table.get(char, char) for char in text)
