"""`callsheet verify`: specs and the user's words to reports and an exit status."""

from __future__ import annotations

import signal
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet import languages
from callsheet.errors import UsageError
from callsheet.machine import processors
from callsheet.spec.load import collector_off
from callsheet.verify import delivery, kept, live, proofs
from callsheet.verify.authority import Authority
from callsheet.verify.cells import Level, Outcome
from callsheet.verify.engine import recall, verify
from callsheet.verify.fence import enter
from callsheet.verify.ladder import prepare, unparsed
from callsheet.verify.process import Limits
from callsheet.verify.selection import cells, check_examples, part
from callsheet.verify.terms import Terms
from callsheet.verify.versions import versions
from callsheet.verify.watch import note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callsheet.options import Options
    from callsheet.spec.model import Spec
    from callsheet.verify.cells import Cell, Verdict
    from callsheet.verify.crew import Crew
    from callsheet.verify.fence import Mode

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
        exact: Whether each program has a process of its own.
        scheduler: Address of a Dask scheduler whose workers run the programs, or "".
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
    exact: bool = False
    scheduler: str = ""
    fence: Mode = "auto"


def run(specs: Sequence[Spec], options: Options, ask: Ask) -> int:
    """Verifies specs; 0 where all that is required holds, 1 where a cell fails.

    Raises:
        UsageError: A word of the command line names nothing.
    """
    if ask.reports and len(specs) > 1:
        raise UsageError("a report is of one spec; name it")
    targets = delivery.targets(ask.reports)
    check_examples(specs, ask.examples)
    jobs, terms = _jobs(specs, options, ask)
    if not ask.shard and not any(job.cells for job in jobs):
        raise UsageError("nothing is chosen, so nothing would be verified")
    failed = False
    with _one_way_out(), _ready(jobs, terms, options, ask) as ready:
        for job in jobs:
            outcome = job.outcome(ready)
            delivery.deliver(outcome, targets)
            if ask.keep:
                kept.keep(outcome.failures, ask.keep)
            failed = failed or bool(outcome.failures)
            if failed and ask.fail_fast:
                break
    return int(failed)


def _jobs(specs: Sequence[Spec], options: Options, ask: Ask) -> tuple[list[_Job], Terms]:
    """Each spec's part of the run, and its terms."""
    with collector_off():
        jobs = [
            _Job(spec, part(cells(spec, options, ask.examples), ask.shard), ask.shard)
            for spec in specs
        ]
    terms = _terms(options, ask)
    if terms.level > Level.PARSED:
        found = versions(cell for job in jobs for cell in job.cells)
        terms = replace(terms, versions=found)
    return jobs, terms


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

    def outcome(self, ready: _Ready) -> Outcome:
        terms = ready.terms
        with live.watcher(self.cells) as watcher:
            verdicts = verify(self.cells, terms, watcher.see, self.proven, ready.crew)
        left = len(self.cells) - len(verdicts)
        stopped = f"it stopped at the first failure; cells not verified: {left:,}"
        own = dict.fromkeys(verdict.note for verdict in verdicts if verdict.note)
        found = (*unparsed(self.cells), *ready.notes, *own, *((stopped,) if left else ()))
        path = str(self.spec.path)
        return Outcome(path, verdicts, terms.required, found, self.shard, terms.began)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A run for which all is there: its terms, what a report must say, and who verifies."""

    terms: Terms
    notes: tuple[str, ...] = ()
    crew: Crew | None = None


@contextmanager
def _ready(jobs: Sequence[_Job], terms: Terms, options: Options, ask: Ask) -> Iterator[_Ready]:
    """Nothing is made that the run does not need.

    What needs the network comes first, then the fence, which must stand before a thread starts.
    """
    for job in jobs:
        job.proven = recall(job.cells, terms)
    waiting = [cell for job in jobs for cell in job.waiting]
    if not waiting or terms.level <= Level.PARSED:
        yield _Ready(terms)
        return
    if ask.scheduler:
        from callsheet.verify.cluster import Cluster, connected

        with connected(ask.scheduler) as client:
            yield _Ready(terms, crew=Cluster(client, terms, options.folders, ask.fence))
        return
    terms = replace(terms, obstacles=prepare(waiting))
    fence = enter(ask.fence)
    with tempfile.TemporaryDirectory(prefix="callsheet-") as folder:
        terms = replace(terms, authority=Authority(Path(folder)))
        yield _Ready(terms, tuple(filter(None, [fence.note, note()])))


def _terms(options: Options, ask: Ask) -> Terms:
    now = datetime.now(tz=UTC)
    return Terms(
        today=now.date(),
        began=f"{now:%Y-%m-%dT%H:%M:%SZ}",
        level=Level[ask.level.upper()],
        limits=Limits(seconds=ask.timeout),
        jobs=ask.jobs or processors(),
        required=_required(ask.require, options),
        fail_fast=ask.fail_fast,
        exact=ask.exact,
        proofs=proofs.Proofs(proofs.folder()) if ask.cache else None,
    )


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

    targets = delivery.targets(words)
    outcome = jsonreport.join([jsonreport.load(_read(file)) for file in files])
    delivery.deliver(outcome, targets)
    return int(bool(outcome.failures))


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, ValueError) as fault:
        raise UsageError(f"{file} cannot be read: {fault}") from fault
