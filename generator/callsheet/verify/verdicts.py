"""A Snippet to a Trial (it has run, and its call was recorded), and a Trial to its Differences."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet.verify import runners
from callsheet.verify.answers import answer
from callsheet.verify.authority import Authority
from callsheet.verify.compare import compare
from callsheet.verify.differences import Difference, differ, shown
from callsheet.verify.ending import ending
from callsheet.verify.lead import Target, lead
from callsheet.verify.origin import split, swap
from callsheet.verify.printed import pieces
from callsheet.verify.process import STANDARD, Limits, Run
from callsheet.verify.recorder import Hold, Recorder
from callsheet.verify.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from callsheet.render import Snippet
    from callsheet.spec.model import Response
    from callsheet.verify.bench import Bench
    from callsheet.verify.http1 import Call


@dataclass(frozen=True, slots=True)
class Trial:
    """One run of a snippet against a recorder.

    Attributes:
        run: The program's end, or its compiler's.
        calls: What arrived.
        faults: What arrived and was no request.
        sent: When each piece of a stream began to be sent, in seconds of `time.monotonic`.
        text: What ran: the snippet's text, or that with another origin.
        compiled: Whether there was a program to run.
    """

    run: Run
    calls: tuple[Call, ...] = ()
    faults: tuple[str, ...] = ()
    sent: tuple[float, ...] = ()
    text: str = ""
    compiled: bool = True


def attempt(  # noqa: PLR0913  what a trial is made of, by name
    snippet: Snippet,
    variables: Mapping[str, str],
    root: Path = Path(),
    *,
    response: Response | None = None,
    limits: Limits = STANDARD,
    authority: Authority | None = None,
    bench: Bench | None = None,
) -> Trial:
    """Builds and runs a snippet.

    Where its server is `https://`, its text is what is printed, byte for byte, and it is led to the
    recorder from outside. Where it is plain or a placeholder, its origin alone is swapped.

    Args:
        snippet: The program.
        variables: The environment variables that it gets.
        root: Folder of the spec.
        response: What it is answered, where that is not what it declares.
        limits: What it may use.
        authority: Who signs for the server; one is made where none is given.
        bench: What builds and runs it, where that is not a process of its own.

    Raises:
        Missing: Its runtime is not on PATH.
        NotInstalled: Its library cannot be had.
        ValueError: Its origin must be swapped, and its text does not name it once.
    """
    bench = bench or runners.prepare(snippet.language, snippet.client)
    declared = answer(response or snippet.request.response, root)
    hold = _hold(snippet, limits) if response is None else None
    with (
        signing(authority) as signer,
        Recorder(declared, _site(snippet, signer), hold=hold) as recorder,
        runners.laid(_text(snippet, recorder.origin), bench) as place,
    ):
        run, compiled = _run(place, recorder, signer, variables, limits)
    heard = tuple(recorder.calls), tuple(recorder.faults), tuple(recorder.sent)
    return Trial(run, *heard, place.text, compiled)


def _hold(snippet: Snippet, limits: Limits) -> Hold | None:
    last = _last(snippet)
    return None if last is None else Hold(last, patience=limits.patience)


@contextmanager
def signing(authority: Authority | None) -> Iterator[Authority]:
    """An authority that is given, else one that ends with the block."""
    if authority:
        yield authority
        return
    with tempfile.TemporaryDirectory(prefix="callsheet-") as folder:
        yield Authority(Path(folder))


def _site(snippet: Snippet, authority: Authority) -> Site:
    names = ("".join(map(str, line.name.parts)).lower() for line in snippet.request.headers)
    return Site(split(snippet.request.server)[0], authority, names_host="host" in names)


def _text(snippet: Snippet, origin: str) -> str:
    """What is printed, where it names what the recorder stands for; else with that origin."""
    server = snippet.request.server
    return snippet.text if split(server)[0] == origin else swap(snippet.text, server, origin)


def _run(
    place: runners.Place,
    recorder: Recorder,
    authority: Authority,
    variables: Mapping[str, str],
    limits: Limits,
) -> tuple[Run, bool]:
    """The program's run, or that of its compiler; and whether it compiled."""
    built = place.build(limits)
    if built and runners.failed(built):
        return built, False
    left = replace(limits, seconds=max(1.0, limits.seconds - built.seconds)) if built else limits
    led = lead(place.bench.tool, Target(recorder.port, authority, direct=recorder.direct))
    return place.run(variables, led, left, recorder.heard), True


def judge(
    snippet: Snippet, trial: Trial, variables: Mapping[str, str], root: Path = Path()
) -> list[Difference]:
    """Everything in which a trial is not what the spec declares; empty for a proven snippet."""
    run, request = trial.run, snippet.request
    if not trial.compiled:
        said = (run.stderr or run.stdout).decode(errors="replace").strip()
        return [Difference("compilation", "a program", run.cut or shown(said))]
    found = [Difference("end", "by itself", run.cut)] if run.cut else []
    found += [Difference("connection", "requests alone", fault) for fault in trial.faults]
    found += differ("number of calls", 1, len(trial.calls))
    for call in trial.calls:
        found += compare(request, call, snippet.client, variables, root)
    found += ending(request, snippet.client, run, root)
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
