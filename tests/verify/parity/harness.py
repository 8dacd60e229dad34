"""Programs to what a batch makes of them, and what a process of its own each does."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet import clients, languages
from callsheet.render import render
from callsheet.request import build
from callsheet.spec.read import load
from callsheet.verify import batch, runners
from callsheet.verify.bench import Lost
from callsheet.verify.process import Limits
from callsheet.verify.verdicts import attempt, judge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from callsheet.render import Snippet
    from callsheet.verify.authority import Authority
    from callsheet.verify.batch import Batch
    from callsheet.verify.verdicts import Trial

    #: A program's text to that of one which misbehaves; or why none of the language can.
    Change = Callable[[str], str] | str

#: Of a program's time, what its compilation has left is no round number.
_FIGURE = re.compile(r"\d[\d.,]*")
SPEC = Path(__file__).parents[3] / "spec" / "clawdrouter.yaml"
#: What every language's module must speak of.
KINDS = (
    "an exit status",
    "an exception",
    "an endless loop",
    "a thread",
    "late output",
    "a missing import",
    "an unset variable",
    "a changed global",
    "reading stdin",
    "3 MB of output",
)


@dataclass(frozen=True, slots=True)
class Table:
    """A language's programs that misbehave.

    Attributes:
        language: Its key.
        example: Id of the example whose program is changed.
        changes: What is wrong → the change.
        alone: Changes whose programs are not believed in a batch, or end it.
        seconds: What an endless loop is given, compilation included.
    """

    language: str
    example: str
    changes: Mapping[str, Change]
    alone: frozenset[str] = frozenset()
    seconds: float = 4.0


def shared() -> list[str]:
    """The languages whose programs share what is slow to start."""
    return [each.key for each in languages.every() if batch.of_tool(each.runtime.command)]


def table(language: str) -> Table:
    """The programs of a language, from the module that has its name."""
    found: Table = import_module(f"{__package__}.{language}").TABLE
    return found


def program(language: str, example: str) -> Snippet:
    """The right program of the language's plain client."""
    spec = load(SPEC)
    client = clients.find(spec, language, languages.get(language).client)
    found = next(
        (endpoint, each)
        for endpoint in spec.endpoints
        for each in endpoint.examples
        if each.id == example
    )
    return render(build(spec, *found), client)


def changed(told: Table) -> Iterator[tuple[str, Snippet]]:
    """Each program that misbehaves, by what is wrong with it."""
    right = program(told.language, told.example)
    for name, change in told.changes.items():
        if not isinstance(change, str):
            text = change(right.text)
            assert text != right.text, name
            yield name, replace(right, text=text)


def limits(told: Table, name: str) -> Limits:
    """What a program may use: a loop is not waited for."""
    return Limits(seconds=told.seconds if "loop" in name else 60)


def alone(
    snippet: Snippet, variables: Mapping[str, str], allowed: Limits, signer: Authority
) -> Trial:
    """A program in a process of its own."""
    return attempt(snippet, variables, limits=allowed, authority=signer)


def together(
    programs: Sequence[tuple[str, Snippet]],
    way: Batch,
    variables: Mapping[str, str],
    told: Table,
    signer: Authority,
) -> Iterator[tuple[str, Snippet, Trial | None]]:
    """Programs that are alike, in one batch; None for one that must be run by itself."""
    snippets = [snippet for _, snippet in programs]
    bench = runners.prepare(snippets[0].language, snippets[0].client)
    with way.open(snippets, bench, signer) as benches:
        for (name, snippet), own in zip(programs, benches, strict=True):
            allowed = limits(told, name)
            trial = None
            with suppress(Lost):
                trial = attempt(snippet, variables, limits=allowed, authority=signer, bench=own)
            yield name, snippet, trial


def seen(snippet: Snippet, trial: Trial, variables: Mapping[str, str]) -> dict[str, object]:
    """All of a trial that must not depend on how it was run."""
    run = trial.run
    calls = [(call.method, call.target, call.headers, call.body) for call in trial.calls]
    found = judge(snippet, trial, variables) if trial.compiled else []
    return {
        "compiled": trial.compiled,
        "end": _FIGURE.sub("…", run.cut) or (run.status if trial.compiled else "not compiled"),
        "calls": calls,
        "faults": trial.faults,
        "stdout": run.stdout if trial.compiled else b"",
        "complains": bool(run.stderr),
        "found": {difference.what for difference in found},
    }


def end(text: str) -> Change:
    """Adds a text to a program's end."""
    return lambda program: program + text


def without(text: str) -> Change:
    """Takes a text out of a program."""
    return lambda program: program.replace(text, "", 1)


def instead(old: str, new: str) -> Change:
    """Puts a text in the place of another."""
    return lambda program: program.replace(old, new, 1)
