"""A process that runs programs one after another: an order in; the program's Run out.

The host is a program in the language of those that it runs (`verify/hosts/`). It is given the
numbers of two pipes behind its arguments. On one it reads orders, each a line of fields that are
separated by tabs: `run` or `build`, the program's folder and its file's name, then settings, which
are `NAME=value` of the environment or begin with `-`. On the other it says `0` when it is ready,
and after each order the status that the program would have ended with; a tab and `spent` behind
that ask for a fresh host. Where it ends instead, its program has ended it, as that would have ended
a process of its own. What the programs print goes to the host's own stdout and stderr, as it comes.
"""

from __future__ import annotations

import os
import select
import tempfile
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet.verify.bench import Lost, Settings
from callsheet.verify.lead import Target, lead
from callsheet.verify.process import GRACE, Limits, Output, Run, flood, overrun
from callsheet.verify.runners import found, surroundings
from callsheet.verify.watch import Pipe, stopped, watched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from callsheet.render import Snippet
    from callsheet.verify.authority import Authority
    from callsheet.verify.batch import Open
    from callsheet.verify.bench import Bench
    from callsheet.verify.runners import Place

#: The hosts, each a program of its language.
PROGRAMS = Path(__file__).parents[1] / "hosts"

#: What a host may take to start.
_STARTING = Limits(seconds=60.0)
#: Bytes read from a pipe at once.
_PIECE = 1 << 16
#: How often in a row a host may be lost before it is not started again.
_LOSSES = 3


def hosted(command: Callable[[Sequence[Snippet], Bench], Sequence[str]]) -> Open:
    """A way to share a host.

    Args:
        command: Programs and their bench → the host's program and its arguments; what the lead of
            their runtime gives stands between the two. Where the bench has a build, the host
            compiles, by an order of its own.
    """

    @contextmanager
    def opened(
        snippets: Sequence[Snippet], bench: Bench, authority: Authority
    ) -> Iterator[Sequence[Bench]]:
        with tempfile.TemporaryDirectory(prefix="callsheet-", ignore_cleanup_errors=True) as place:
            led = lead(bench.tool, Target(0, authority))
            settings = {**surroundings(bench, Path(place)), **led.environment}
            program, *arguments = command(snippets, bench)
            words = [found(program, settings), *led.arguments, *arguments]
            host = Host(words, Path(place), settings, builds=bool(bench.build))
            try:
                yield [replace(bench, host=host)] * len(snippets)
            finally:
                host.close()

    return opened


class Host:
    """A host, started for its first program and anew where it ended with one."""

    def __init__(
        self, command: Sequence[str], folder: Path, settings: Mapping[str, str], *, builds: bool
    ) -> None:
        """Starts nothing yet.

        Args:
            command: The host's program and its arguments.
            folder: Where it runs.
            settings: Its environment.
            builds: Whether it compiles.
        """
        self._command, self._folder, self._settings = command, folder, settings
        self._builds = builds
        self._life: _Life | None = None
        self._losses = 0

    def build(self, place: Place, limits: Limits) -> Run | None:
        """See `Host`."""
        settings = Settings({})
        return self._ask("build", place, settings, limits, lambda: None) if self._builds else None

    def run(
        self, place: Place, settings: Settings, limits: Limits, heard: Callable[[], None]
    ) -> Run:
        """See `Host`."""
        return self._ask("run", place, settings, limits, heard)

    def close(self) -> None:
        """Ends the host, and all that its programs left behind."""
        life, self._life = self._life, None
        if life:
            life.close()

    def _ask(
        self,
        verb: str,
        place: Place,
        settings: Settings,
        limits: Limits,
        heard: Callable[[], None],
    ) -> Run:
        variables = (f"{name}={value}" for name, value in settings.environment.items())
        order = (verb, str(place.folder), place.bench.file, *settings.arguments, *variables)
        if any(set(field) & {"\t", "\n", "\r"} for field in order):
            raise Lost("a tab or a line end in its settings cannot be told to a host")
        if self._losses >= _LOSSES:
            raise Lost(f"its host was lost {_LOSSES} times")
        try:
            if self._life is None:
                self._life = _Life(self._command, self._folder, self._settings)
            run, spent = self._life.ask("\t".join(order), limits, heard)
        except BaseException as error:
            self._losses += 1
            self.close()
            if isinstance(error, OSError):
                raise Lost(str(error)) from error
            raise
        self._losses = 0
        if spent:
            self.close()
        return run


class _Life:
    """A host from its start to its end."""

    def __init__(self, command: Sequence[str], folder: Path, settings: Mapping[str, str]) -> None:
        self._rest, self._ended = b"", False
        with ExitStack() as stack:
            out, err, answers, orders = (stack.enter_context(Pipe()) for _ in range(4))
            theirs = [out.write, err.write, orders.read, answers.write]
            self._program = stack.enter_context(watched(command, folder, settings, theirs))
            for pipe, end in zip((out, err, orders, answers), theirs, strict=True):
                pipe.shut(end)
            self._out, self._err = out.read, err.read
            self._answers, self._orders = answers.read, orders.write
            self._poll = select.poll()
            for number in (self._out, self._err, self._answers):
                os.set_blocking(number, False)
                self._poll.register(number, select.POLLIN)
            run, spent = self._hear(_STARTING, lambda: None)
            if run.status or spent:
                said = run.cut or run.stderr.decode(errors="replace").strip()
                raise Lost(f"a batch host does not start: {said}")
            self._stack = stack.pop_all()

    def close(self) -> None:
        """Ends it at once."""
        with self._stack, suppress(OSError):
            if not self._ended:
                self._program.end()
                self._program.wait(GRACE)

    def ask(self, order: str, limits: Limits, heard: Callable[[], None]) -> tuple[Run, bool]:
        """A program's run, and whether the host is of no use any more."""
        line = os.fsencode(order) + b"\n"
        while line:
            line = line[os.write(self._orders, line) :]
        return self._hear(limits, heard)

    def _hear(self, limits: Limits, heard: Callable[[], None]) -> tuple[Run, bool]:
        """What its programs print until it answers, and the answer."""
        start = time.monotonic()
        cut: list[str] = []
        out = Output(limits.output, heard, lambda: cut.append(flood(limits)))
        err = Output(limits.output, lambda: None, lambda: cut.append(flood(limits)))
        outputs = {self._out: out, self._err: err}
        if not self._answered(outputs, start + limits.seconds, cut):
            cut.append(overrun(limits))
        answer, seconds = self._take(), time.monotonic() - start
        if cut:
            self._program.end()
        self._ended = bool(cut) or not answer
        status = self._program.wait(GRACE * 10) if self._ended else int(answer[0])
        self._drain(outputs)
        if stopped():
            cut.append("the verification was stopped")
        if status < 0 and not answer and not cut:
            raise Lost(f"a batch host was ended by signal {-status}")
        dropped = out.dropped + err.dropped
        texts = bytes(out.text), bytes(err.text)
        run = Run(*texts, status, seconds, out.pieces, "".join(cut[:1]), dropped)
        return run, self._ended or answer[1:] != []

    def _answered(self, outputs: dict[int, Output], until: float, cut: list[str]) -> bool:
        """Waits until it has answered, or ended, or wrote too much; False where it does not."""
        while b"\n" not in self._rest and not cut:
            ready = self._poll.poll(max(0.0, until - time.monotonic()) * 1000)
            if not ready:
                return False
            for number, _ in ready:
                piece = os.read(number, _PIECE)
                if not piece and number == self._answers:
                    return True
                if not piece:
                    self._poll.unregister(number)
                elif number == self._answers:
                    self._rest += piece
                else:
                    outputs[number].take(piece)
        return True

    def _take(self) -> list[str]:
        """The words of its answer; none where it has ended."""
        line, end, rest = self._rest.partition(b"\n")
        self._rest = rest if end else b""
        return line.decode().split("\t") if end else []

    def _drain(self, outputs: dict[int, Output]) -> None:
        """What is still in its pipes."""
        for number, output in outputs.items():
            with suppress(BlockingIOError):
                while piece := os.read(number, _PIECE):
                    output.take(piece)
