"""A Cell to a Verdict: up the ladder rung by rung; what fails stays there.

The runtime's own compiler is asked only where `compiled` is wanted: to run a program compiles it.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from callsheet.errors import CallsheetError
from callsheet.verify import runners
from callsheet.verify.bench import Lost
from callsheet.verify.cells import Level, Verdict
from callsheet.verify.differences import Difference
from callsheet.verify.dummies import dummies
from callsheet.verify.packages import NotInstalled
from callsheet.verify.parse import Unparsed, faults
from callsheet.verify.verdicts import attempt, judge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from callsheet.render import Snippet
    from callsheet.verify.bench import Bench
    from callsheet.verify.cells import Cell
    from callsheet.verify.process import Run
    from callsheet.verify.terms import Terms

    Rung = Callable[[Verdict, Snippet, Terms, Bench | None], Verdict]

#: Bytes of an output that a verdict keeps from its start, and from its end.
_HEAD, _TAIL = 16 * 1024, 48 * 1024
#: What a program that did not end as it must is found by.
_ENDS = {"compilation", "end", "exit status"}


def climb(cell: Cell, terms: Terms, bench: Bench | None = None) -> Verdict:
    """How far a cell comes; nothing that its program does is let out.

    Args:
        cell: The cell.
        terms: The terms.
        bench: What builds and runs its program, where that is not a process of its own.

    Raises:
        Lost: The bench has a host, and it was lost.
    """
    if cell.snippet is None:
        return Verdict(cell, "unsupported", Level.RENDERED, terms.level, cell.reason)
    start = time.monotonic()
    at = Verdict(cell, "passed", Level.RENDERED, terms.level, versions=terms.versions_of(cell))
    for level, rung in _RUNGS:
        if level > terms.level or at.status != "passed":
            break
        obstacle = terms.obstacles.get(cell.sender, "") if level > Level.PARSED else ""
        if obstacle:
            at = replace(at, status="unavailable", reason=obstacle)
        else:
            at = _tried(rung, at, cell.snippet, terms, bench)
    return replace(at, seconds=time.monotonic() - start)


def _tried(rung: Rung, at: Verdict, snippet: Snippet, terms: Terms, bench: Bench | None) -> Verdict:
    try:
        return rung(at, snippet, terms, bench)
    except Lost:
        raise
    except (runners.Missing, NotInstalled) as obstacle:
        return replace(at, status="unavailable", reason=str(obstacle))
    except (CallsheetError, OSError, ValueError) as fault:
        return replace(at, status="failed", reason=str(fault))
    except Exception as fault:  # noqa: BLE001  a program that upsets the verifier fails alone
        reason = f"the verifier cannot judge it: {type(fault).__name__}: {fault}"
        return replace(at, status="failed", reason=reason)


def _parse(at: Verdict, snippet: Snippet, terms: Terms, _: Bench | None) -> Verdict:
    try:
        found = faults(snippet.language, snippet.text)
    except Unparsed as obstacle:
        if terms.level > Level.PARSED:
            return at  # its own runtime says more; that it was not parsed is noted
        return replace(at, status="unavailable", reason=str(obstacle))
    if not found:
        return replace(at, level=Level.PARSED)
    differences = tuple(
        Difference(f"syntax at {fault.line}:{fault.column}", snippet.language.title, fault.message)
        for fault in found
    )
    first = found[0]
    reason = f"syntax error at {first.line}:{first.column}: {first.message}"
    return replace(at, status="failed", reason=reason, differences=differences)


def _compile(at: Verdict, snippet: Snippet, terms: Terms, bench: Bench | None) -> Verdict:
    """Asks the compiler, where the language has one; else what is parsed is compiled."""
    if terms.level > Level.COMPILED:
        return at
    bench = bench or runners.prepare(snippet.language, snippet.client)
    if not bench.build:
        obstacle = f"{snippet.language.title} has no compiler, and it was not parsed"
        if at.level < Level.PARSED:
            return replace(at, status="unavailable", reason=obstacle)
        return replace(at, level=Level.COMPILED)
    with runners.laid(snippet.text, bench) as place:
        built = place.build(terms.limits)
    if built is None or not runners.failed(built):
        return replace(at, level=Level.COMPILED)
    ended = built.cut or f"exit status {built.status}"
    return _failed(at, [Difference("compilation", "a program", ended)], built)


def _run(at: Verdict, snippet: Snippet, terms: Terms, bench: Bench | None) -> Verdict:
    """Runs the program; a call that is not the declared one leaves it at `ran`."""
    variables = dummies(snippet.request.env)
    trial = attempt(
        snippet,
        variables,
        at.cell.root,
        limits=terms.limits,
        authority=terms.authority,
        bench=bench,
    )
    found = judge(snippet, trial, variables, at.cell.root)
    ends = [difference for difference in found if difference.what in _ENDS]
    if trial.compiled and not ends:
        at = replace(at, level=Level.RAN if found else terms.level)
    elif trial.compiled and runners.prepare(snippet.language, snippet.client).build:
        at = replace(at, level=Level.COMPILED)
    wanted = found if terms.level is Level.MATCHED else ends
    return _failed(at, wanted, trial.run) if wanted else replace(at, **_outputs(trial.run))


def _failed(at: Verdict, found: list[Difference], run: Run) -> Verdict:
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    reason = f"{found[0]}{more}"
    return replace(at, status="failed", reason=reason, differences=tuple(found), **_outputs(run))


def _outputs(run: Run) -> dict[str, Any]:
    return {"stdout": _cut(run.stdout), "stderr": _cut(run.stderr)}


_RUNGS = ((Level.PARSED, _parse), (Level.COMPILED, _compile), (Level.RAN, _run))


def _cut(output: bytes) -> bytes:
    left_out = len(output) - _HEAD - _TAIL
    if left_out <= 0:
        return output
    return b"%b\n... %d bytes ...\n%b" % (output[:_HEAD], left_out, output[-_TAIL:])


def prepare(cells: Iterable[Cell]) -> dict[str, str]:
    """Installs what cells need before any runs; `language/client` → why that cannot be had."""
    found: dict[str, str] = {}
    for cell in {cell.sender: cell for cell in cells if cell.snippet is not None}.values():
        try:
            if cell.snippet:
                runners.prepare(cell.snippet.language, cell.snippet.client)
        except (runners.Missing, NotInstalled) as obstacle:
            found[cell.sender] = str(obstacle)
    return found


def unparsed(cells: Iterable[Cell]) -> tuple[str, ...]:
    """A note for each language whose programs cannot be parsed here."""
    snippets = (cell.snippet for cell in cells if cell.snippet is not None)
    found: list[str] = []
    for language in {snippet.language.key: snippet.language for snippet in snippets}.values():
        try:
            faults(language, "")
        except Unparsed as obstacle:
            found.append(f"{language.title} was not parsed: {obstacle}")
    return tuple(found)
