"""A Snippet to a Trial (it has run, and its call was recorded), and a Trial to its Differences."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet.urls import split
from callsheet.values import Number, literal
from callsheet.verify import runners
from callsheet.verify.answers import answer
from callsheet.verify.authority import Authority
from callsheet.verify.compare import compare
from callsheet.verify.differences import Difference, differ, shown
from callsheet.verify.dummies import found_out, token
from callsheet.verify.ending import ending
from callsheet.verify.lead import Target, lead
from callsheet.verify.origin import swap
from callsheet.verify.printed import pieces
from callsheet.verify.process import STANDARD, Limits, Run
from callsheet.verify.recorder import Before, Hold, Recorder
from callsheet.verify.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from callsheet.render import Snippet
    from callsheet.spec.model import Response
    from callsheet.values import Json
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
        saved: The file that it wrote the answer to; None where there is none.
        compiled: Whether there was a program to run.
    """

    run: Run
    calls: tuple[Call, ...] = ()
    faults: tuple[str, ...] = ()
    sent: tuple[float, ...] = ()
    text: str = ""
    saved: bytes | None = None
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
    before = _before(snippet, variables)
    files = {name: root / name for name in _files(snippet)}
    with (
        signing(authority) as signer,
        Recorder(declared, _site(snippet, signer), hold=hold, before=before) as recorder,
        runners.laid(_text(snippet, recorder.origin), bench, files) as place,
    ):
        run, compiled = _run(place, recorder, signer, variables, limits)
        saved = _saved(place.folder, snippet)
    heard = tuple(recorder.calls), tuple(recorder.faults), tuple(recorder.sent)
    return Trial(run, *heard, place.text, saved, compiled)


def _files(snippet: Snippet) -> tuple[str, ...]:
    """The files beside the spec that a program reads."""
    return snippet.request.body.files if snippet.request.body else ()


def _saved(folder: Path, snippet: Snippet) -> bytes | None:
    name = literal(snippet.request.saved)
    try:
        return (folder / name).read_bytes() if name else None
    except OSError:
        return None


def _before(snippet: Snippet, variables: Mapping[str, str]) -> Before | None:
    """The token's own call."""
    first = snippet.request.token
    if first is None:
        return None
    content: Json = {"access_token": token(variables), "expires_in": Number("3600")}
    declared = replace(first.response, content=content)
    return Before(answer(declared, Path()), split(first.server)[0])


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
    names_host = "host" in {line.key for line in snippet.request.headers}
    return Site(split(snippet.request.server)[0], authority, names_host=names_host)


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
    found += _called(snippet, trial, variables, root)
    found += ending(request, snippet.client, run, root)
    found += _written(snippet, trial, root)
    return found + (_late(snippet, trial) if request.stream else [])


def _called(
    snippet: Snippet, trial: Trial, variables: Mapping[str, str], root: Path
) -> Iterator[Difference]:
    """All calls, in their order: one for a token first, where that is needed."""
    request = snippet.request
    first = [request.token] if request.token else []
    yield from differ("number of calls", len(first) + 1, len(trial.calls))
    for index, call in enumerate(trial.calls):
        declared = first[index] if index < len(first) else request
        known = found_out(declared, call.body, variables)
        for found in compare(declared, call, snippet.client, known, root):
            yield replace(found, what=f"token call: {found.what}") if index < len(first) else found


def _written(snippet: Snippet, trial: Trial, root: Path) -> list[Difference]:
    """The file that the answer is written to."""
    request = snippet.request
    if not request.saved:
        return []
    return differ(
        f"file {literal(request.saved)}", answer(request.response, root).body, trial.saved
    )


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
