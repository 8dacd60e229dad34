"""A Snippet to a Trial (it has run, and its call was recorded), and a Trial to its Differences."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet.verify import runners
from callsheet.verify.answers import answer
from callsheet.verify.compare import compare
from callsheet.verify.differences import Difference, differ
from callsheet.verify.origin import swap
from callsheet.verify.printed import check, pieces
from callsheet.verify.process import STANDARD, Limits, Run
from callsheet.verify.recorder import Hold, Recorder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from callsheet.render import Snippet
    from callsheet.spec.model import Response
    from callsheet.verify.http1 import Call


@dataclass(frozen=True, slots=True)
class Trial:
    """One run of a snippet against a recorder.

    Attributes:
        run: The program's end.
        calls: What arrived.
        faults: What arrived and was no request.
        sent: When each piece of a stream began to be sent, in seconds of `time.monotonic`.
    """

    run: Run
    calls: tuple[Call, ...]
    faults: tuple[str, ...]
    sent: tuple[float, ...]


def attempt(
    snippet: Snippet,
    variables: Mapping[str, str],
    root: Path = Path(),
    *,
    response: Response | None = None,
    limits: Limits = STANDARD,
) -> Trial:
    """Runs a snippet; of its text, the origin of its server is swapped and nothing else.

    Args:
        snippet: The program.
        variables: The environment variables that it gets.
        root: Folder of the spec.
        response: What it is answered, where that is not what it declares.
        limits: What it may use.

    Raises:
        Missing: Its runtime is not on PATH.
        NotInstalled: Its library cannot be had.
        ValueError: Its text does not name the origin once.
    """
    bench = runners.prepare(snippet.language, snippet.client)
    last = _last(snippet) if response is None else None
    hold = None if last is None else Hold(last, patience=limits.patience)
    with Recorder(answer(response or snippet.request.response, root), hold=hold) as recorder:
        text = swap(snippet.text, snippet.request.server, recorder.origin)
        heard = hold.seen.set if hold else lambda: None
        run = runners.execute(text, bench, variables, limits, heard)
    return Trial(run, tuple(recorder.calls), tuple(recorder.faults), tuple(recorder.sent))


def judge(
    snippet: Snippet, trial: Trial, variables: Mapping[str, str], root: Path = Path()
) -> list[Difference]:
    """Everything in which a trial is not what the spec declares; empty for a proven snippet."""
    run, request = trial.run, snippet.request
    found = [Difference("end", "by itself", run.cut)] if run.cut else []
    found += differ("exit status", 0, run.status)
    found += [Difference("connection", "requests alone", fault) for fault in trial.faults]
    found += differ("number of calls", 1, len(trial.calls))
    for call in trial.calls:
        found += compare(request, call, snippet.client, variables)
    found += check(request, snippet.client, run.stdout, root)
    return found + (_late(snippet, trial) if request.stream else [])


def _last(snippet: Snippet) -> int | None:
    """Index of a stream's last event that prints something, where it is not the only one."""
    printed = pieces(snippet.request, snippet.client)
    printing = [index for index, piece in enumerate(printed) if piece]
    return printing[-1] if len(printing) > 1 else None


def _late(snippet: Snippet, trial: Trial) -> list[Difference]:
    """The first piece must be out before the last event that prints something is sent."""
    index = _last(snippet)
    if index is None or len(trial.sent) <= index:
        return []  # nothing to order, or the stream was not taken, which other checks report
    first = next((at for at, _ in trial.run.pieces), None)
    if first is not None and first < trial.sent[index]:
        return []
    when = "nothing" if first is None else f"it {first - trial.sent[index]:.3f} s after that"
    return [Difference("stream", "a first piece before the last is sent", when)]
