"""`callsheet verify`: specs and the user's words to reports and an exit status."""

from __future__ import annotations

import os
import signal
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from callsheet import languages
from callsheet.errors import CallsheetError, UsageError
from callsheet.spec.load import collector_off
from callsheet.verify import kept, live, proofs, reports
from callsheet.verify.authority import Authority
from callsheet.verify.cells import Level, Outcome
from callsheet.verify.engine import recall, verify
from callsheet.verify.fence import enter
from callsheet.verify.ladder import prepare, unparsed
from callsheet.verify.process import Limits, note
from callsheet.verify.selection import cells, check_examples, part
from callsheet.verify.terms import Terms
from callsheet.verify.versions import versions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callsheet.options import Options
    from callsheet.spec.model import Spec
    from callsheet.verify.cells import Cell, Verdict
    from callsheet.verify.fence import Mode
    from callsheet.verify.reports import Report

#: What a shell says of a program that Ctrl-C ended.
INTERRUPTED = 130
#: Stands for stdout where a report's file is named.
_STDOUT = "-"


@dataclass(frozen=True, slots=True)
class Ask:
    """Words of the command line, beside those that choose what is printed.

    Attributes:
        examples: Patterns of example ids.
        level: Word of a level.
        require: Languages, or `all`, separated by commas.
        jobs: How many programs run at once; 0 is one for each processor.
        timeout: Seconds that a program may take.
        cache: Whether proofs are read and kept.
        fail_fast: Whether to stop at the first failure.
        reports: `FILE` or `FORMAT:FILE`.
        keep: Folder for failing programs.
        shard: `i/n`, or "".
        fence: Whether programs reach nothing but loopback; see `fence.enter`.
    """

    examples: tuple[str, ...] = ()
    level: str = Level.MATCHED.word
    require: tuple[str, ...] = ()
    jobs: int = 0
    timeout: float = 120.0
    cache: bool = True
    fail_fast: bool = False
    reports: tuple[str, ...] = ()
    keep: Path | None = None
    shard: str = ""
    fence: Mode = "auto"


def run(specs: Sequence[Spec], options: Options, ask: Ask) -> int:
    """Verifies specs; 0 where all that is required holds, 1 where a cell fails.

    Raises:
        UsageError: A word of the command line names nothing.
    """
    if ask.reports and len(specs) > 1:
        raise UsageError("a report is of one spec; name it")
    targets = _targets(ask.reports)
    check_examples(specs, ask.examples)
    terms = _terms(options, ask)
    with collector_off():
        jobs = [
            _Job(spec, part(cells(spec, options, ask.examples), ask.shard), ask.shard)
            for spec in specs
        ]
    if not ask.shard and not any(job.cells for job in jobs):
        raise UsageError("nothing is chosen, so nothing would be verified")
    failed = False
    with _one_way_out(), _ready(jobs, terms, ask) as (terms, notes):
        for job in jobs:
            outcome = job.outcome(terms, notes)
            _deliver(outcome, targets)
            if ask.keep:
                kept.keep(outcome.failures, ask.keep)
            failed = failed or bool(outcome.failures)
            if failed and ask.fail_fast:
                break
    return int(failed)


@dataclass(slots=True)
class _Job:
    """A spec's part of a run."""

    spec: Spec
    cells: list[Cell]
    shard: str
    proven: list[Verdict] = field(default_factory=list)

    @property
    def waiting(self) -> list[Cell]:
        known = {verdict.cell.name for verdict in self.proven}
        return [cell for cell in self.cells if cell.name not in known]

    def outcome(self, terms: Terms, notes: Sequence[str]) -> Outcome:
        with live.watcher(self.cells) as watcher:
            verdicts = verify(self.cells, terms, watcher.see, self.proven)
        left = len(self.cells) - len(verdicts)
        stopped = f"it stopped at the first failure; cells not verified: {left:,}"
        found = (*unparsed(self.cells), *notes, *((stopped,) if left else ()))
        return Outcome(str(self.spec.path), verdicts, terms.required, found, self.shard)


@contextmanager
def _ready(jobs: Sequence[_Job], terms: Terms, ask: Ask) -> Iterator[tuple[Terms, Sequence[str]]]:
    """The terms and notes of a run for which all is there; nothing is made that it does not need.

    What needs the network comes first, then the fence, which must stand before a thread starts.
    """
    if terms.level > Level.PARSED:
        terms = replace(terms, versions=versions(cell for job in jobs for cell in job.cells))
    for job in jobs:
        job.proven = recall(job.cells, terms)
    waiting = [cell for job in jobs for cell in job.waiting]
    if not waiting or terms.level <= Level.PARSED:
        yield terms, ()
        return
    terms = replace(terms, obstacles=prepare(waiting))
    fence = enter(ask.fence)
    with tempfile.TemporaryDirectory(prefix="callsheet-") as folder:
        yield (
            replace(terms, authority=Authority(Path(folder))),
            tuple(filter(None, [fence.note, note()])),
        )


def _terms(options: Options, ask: Ask) -> Terms:
    return Terms(
        today=datetime.now(tz=UTC).date(),
        level=Level[ask.level.upper()],
        limits=Limits(seconds=ask.timeout),
        jobs=ask.jobs or len(_processors()),
        required=_required(ask.require, options),
        fail_fast=ask.fail_fast,
        proofs=proofs.Proofs(proofs.folder()) if ask.cache else None,
    )


def _processors() -> Sequence[int]:
    """Those that this process may use, where the system tells."""
    if hasattr(os, "sched_getaffinity"):
        return tuple(os.sched_getaffinity(0))
    return range(os.cpu_count() or 1)


def _required(words: Sequence[str], options: Options) -> tuple[str, ...]:
    found = tuple(key for word in words for key in word.split(",") if key)
    for key in found:
        if key != "all":
            languages.get(key, options.folders)
    return found


@contextmanager
def _one_way_out() -> Iterator[None]:
    """A polite request to end, as a CI server sends, is what Ctrl-C is: children end first."""
    before: dict[signal.Signals, object] = {}
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        with suppress(ValueError):  # this is not the main thread
            if number is not None:
                before[number] = signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]


def join(files: Sequence[Path], words: Sequence[str]) -> int:
    """`callsheet verify-join`: the reports of shards as the one report of all; exits as that run.

    Raises:
        UsageError: A report cannot be read, or a shard is missing.
    """
    from callsheet.verify.reports import jsonreport

    targets = _targets(words)
    outcome = jsonreport.join([jsonreport.load(_read(file)) for file in files])
    _deliver(outcome, targets)
    return int(bool(outcome.failures))


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, ValueError) as fault:
        raise UsageError(f"{file} cannot be read: {fault}") from fault


@dataclass(frozen=True, slots=True)
class _Target:
    """A report and where it goes; None is stdout."""

    report: Report
    file: Path | None


def _targets(words: Sequence[str]) -> list[_Target]:
    """What is asked for; else text, and annotations where GitHub runs this."""
    targets = [_target(word) for word in words]
    if not any(target.file is None for target in targets):
        targets.append(_Target(reports.get("text"), None))
    named = {target.report for target in targets}
    github = reports.get("github")
    if os.environ.get("GITHUB_ACTIONS") == "true" and github not in named:
        targets.append(_Target(github, None))
    return targets


def _target(word: str) -> _Target:
    key, colon, name = word.partition(":")
    known = frozenset(reports.keys())
    if colon and key in known:
        return _Target(reports.get(key), None if name == _STDOUT else Path(name))
    if word in known:
        return _Target(reports.get(word), None)
    return _Target(reports.for_path(Path(word)), Path(word))


def _deliver(outcome: Outcome, targets: Sequence[_Target]) -> None:
    for target in targets:
        text = target.report.render(outcome)
        if target.file is None:
            click.echo(text, nl=False)
            continue
        try:
            target.file.parent.mkdir(parents=True, exist_ok=True)
            target.file.write_text(text, "utf-8", newline="\n")
        except OSError as fault:
            raise CallsheetError(f"{target.file} cannot be written: {fault}") from fault
