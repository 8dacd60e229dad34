"""Programs to what they did: run by callsheet's own runners, and judged by its own comparison."""

from __future__ import annotations

import re
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from benchmarks.exactness.canaries import injected
from benchmarks.exactness.compiling import compiling

from callsheet.errors import CallsheetError
from callsheet.values import literal
from callsheet.verify import batch, runners
from callsheet.verify.bench import Bench, Lost
from callsheet.verify.compare import compare
from callsheet.verify.differences import Difference, differ
from callsheet.verify.dummies import dummies
from callsheet.verify.process import Limits
from callsheet.verify.verdicts import Trial, attempt, judge

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from callsheet.render import Snippet
    from callsheet.values import Text
    from callsheet.verify.authority import Authority
    from callsheet.verify.http1 import Call

#: The corpus's folder, in which the files of its bodies lie, and what `npm ci` installs.
HERE = Path(__file__).parent
#: A program of these makes its call within a second or two, or never.
_LIMITS = Limits(seconds=30.0)
_CHARSET = re.compile(r";\s*charset=\"?utf-8\"?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Program:
    """A generator's snippet.

    Attributes:
        snippet: As it was generated.
        completed: With what a reader would add around it; the same text where that is nothing.
        whole: Whether how it ends and what it prints is judged as well.
    """

    snippet: Snippet
    completed: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What a program did.

    Attributes:
        differences: Everything in which its call is not the declared one; empty for a match.
        called: Whether any call arrived.
        injected: What arrived in place of canaries.
        said: What it, or its compiler, complained of.
        pasted: Whether the text is the generated one, without additions.
    """

    differences: tuple[Difference, ...]
    called: bool
    injected: tuple[str, ...]
    said: str
    pasted: bool = True

    @property
    def matched(self) -> bool:
        """Whether it made exactly the declared call."""
        return not self.differences


def tried(programs: Sequence[Program], authority: Authority) -> dict[int, Found]:
    """What each program of one client did, by its index: as pasted, else as it was completed."""
    if not programs:
        return {}
    first = programs[0].snippet
    alone = runners.prepare(first.language, first.client)
    if alone.tool == "node" and not programs[0].whole:
        alone = replace(alone, links={"node_modules": HERE / "node_modules"})
    with compiling(alone) as bench:
        found = dict(_passed(dict(enumerate(programs)), bench, authority))
        again = {
            index: replace(program, snippet=replace(program.snippet, text=program.completed))
            for index, program in enumerate(programs)
            if not found[index].matched and program.completed != program.snippet.text
        }
        for index, other in _passed(again, bench, authority):
            if other.matched or other.called or not found[index].called:
                found[index] = replace(other, pasted=False)
    return found


def _passed(
    programs: Mapping[int, Program], alone: Bench, authority: Authority
) -> Iterator[tuple[int, Found]]:
    """Every program once. What fails by a shared bench counts as a process of its own finds it."""
    for group in _groups(programs, alone):
        snippets = [programs[index].snippet for index in group]
        with _benches(snippets, alone, authority) as benches:
            for index, bench in zip(group, benches, strict=True):
                yield index, _tried(programs[index], bench, alone, authority)


def _tried(program: Program, bench: Bench, alone: Bench, authority: Authority) -> Found:
    if bench.host and bench.host is not alone.host:
        with suppress(Lost):
            found = _once(program, bench, authority)
            if found.matched:
                return found
    return _once(program, _named(alone, program.snippet.text), authority)


def _once(program: Program, bench: Bench, authority: Authority) -> Found:
    snippet = program.snippet
    variables = dummies(snippet.request.env)
    trial = attempt(snippet, variables, HERE, limits=_LIMITS, authority=authority, bench=bench)
    complaint = (trial.run.stderr or trial.run.stdout).decode(errors="replace").strip()
    found = judge(snippet, trial, variables, HERE) if program.whole else called(snippet, trial)
    marks = tuple(mark for call in trial.calls for mark in injected(call))
    return Found(tuple(found), bool(trial.calls), marks, trial.run.cut or complaint)


def _named(bench: Bench, text: str) -> Bench:
    """Node.js tells its two kinds of programs by their names: `require` is for the older one."""
    if bench.tool != "node" or "require(" not in text:
        return bench
    file = bench.file.replace(".mjs", ".cjs")
    return replace(bench, file=file, command=(bench.command[0], file))


def _groups(programs: Mapping[int, Program], bench: Bench) -> Iterator[list[int]]:
    """Indexes of programs that share a bench; one by one where nothing is shared."""
    way = None if bench.host else batch.of_tool(bench.tool)
    groups: dict[Hashable, list[int]] = {}
    for index, program in programs.items():
        common = way.alike(program.snippet) if way else None
        groups.setdefault(("alone", index) if common is None else common, []).append(index)
    for group in groups.values():
        most = way.most if way else 1
        yield from (group[start : start + most] for start in range(0, len(group), most))


@contextmanager
def _benches(
    snippets: Sequence[Snippet], alone: Bench, authority: Authority
) -> Iterator[Sequence[Bench]]:
    way = None if alone.host else batch.of_tool(alone.tool)
    benches: Sequence[Bench] = [alone] * len(snippets)
    with ExitStack() as stack:
        if way and len(snippets) >= way.least:
            with suppress(CallsheetError):  # where they cannot share, each is tried alone
                benches = stack.enter_context(way.open(snippets, alone, authority))
        yield benches


def called(snippet: Snippet, trial: Trial) -> Iterable[Difference]:
    """What was wrong with a trial's calls; how it ended, and what it printed, is left out."""
    yield from (Difference("connection", "requests alone", fault) for fault in trial.faults)
    yield from differ("number of calls", 1, len(trial.calls))
    for call in trial.calls[:1]:
        kind = _lenient(call, snippet)
        found = compare(snippet.request, kind, snippet.client, {}, HERE)
        yield from (each for each in found if not _same_number(each))


def _lenient(call: Call, snippet: Snippet) -> Call:
    """The call without differences that change no meaning for any server.

    Those are the order of fields that have different names, a charset that was not declared (UTF-8
    is JSON's own), and blanks around a JSON text.
    """
    path, mark, query = call.target.partition("?")
    request = snippet.request
    call = replace(call, target=f"{path}{mark}{_ordered(query, request.query)}")
    body = request.body
    if body is None:
        return call
    content = call.body
    if body.kind == "json":
        content = content.strip()
    elif body.kind == "form":
        content = _ordered(content.decode("latin-1"), body.fields).encode("latin-1")
    named = "charset" in literal(body.type).lower()
    headers = tuple(
        (name, _CHARSET.sub("", value) if name.lower() == "content-type" and not named else value)
        for name, value in call.headers
    )
    return replace(call, headers=headers, body=content)


def _ordered(text: str, declared: Sequence[tuple[Text, Text]]) -> str:
    """The pairs of a query or form in the order in which their names are declared."""
    names = [literal(name) for name, _ in declared]

    def place(pair: str) -> int:
        name = unquote_plus(pair.partition("=")[0])
        return names.index(name) if name in names else len(names)

    return "&".join(sorted(text.split("&"), key=place))


def _same_number(found: Difference) -> bool:
    """Whether two numbers of a JSON body are spelled differently, as `1.10` and `1.1` are."""
    try:
        return found.what.startswith("body") and Decimal(found.expected) == Decimal(found.actual)
    except InvalidOperation:
        return False
