"""Cells to Verdicts in a fenced process that stays for the next cell.

For a program that must keep its own network, and cannot end with the last cell: pytest. What needs
the network comes before, in the program itself: `ladder.prepare`, `versions`.

The process is of its own session, so that Ctrl-C is told to the program alone. When the program
closes its end, or is gone, the process ends all that runs, and then itself.
"""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import queue
import subprocess
import sys
import tempfile
import threading
import traceback
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from callsheet import languages
from callsheet.errors import CallsheetError
from callsheet.languages._base import Language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO

    from callsheet.verify.authority import Authority
    from callsheet.verify.cells import Cell, Verdict
    from callsheet.verify.fence import Fence, Mode
    from callsheet.verify.terms import Terms

    _Orders = queue.SimpleQueue[tuple[Sequence[Cell], Terms] | None]

#: The process, which imports from where the program does.
_PROGRAM = """\
import sys
sys.path[:] = sys.argv[1:]
from callsheet.verify.enclosure import serve
serve()
"""
#: Seconds in which what runs may clean up, and the process may end.
_CLEANING, _ENDING = 5.0, 10.0
#: Shown of what the process complained of, where it ended by itself.
_COMPLAINT = 2000


class Enclosure:
    """A fenced process that verifies what it is given.

    Attributes:
        fence: What stands around it.
        process: Its number.
    """

    def __init__(self, mode: Mode, folders: tuple[Path, ...] = ()) -> None:
        """Starts it.

        Args:
            mode: See `fence.enter`.
            folders: Template folders, in which languages of the user's are found.

        Raises:
            CallsheetError: The fence is required, and cannot be had.
        """
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  closed by `close`
        self._process = subprocess.Popen(  # noqa: S603  our own program
            [sys.executable, "-c", _PROGRAM, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            start_new_session=True,
        )
        self.process = self._process.pid
        source, target = self._process.stdout, self._process.stdin
        self._link = _Link(cast("BinaryIO", source), cast("BinaryIO", target), folders)
        try:
            self.fence: Fence = self._answer((mode, folders))
        except CallsheetError:
            self.close()
            raise

    def verify(self, cells: Sequence[Cell], terms: Terms) -> list[Verdict]:
        """The verdicts of cells in the light of what is known of them: see `engine.verify`.

        Where this raises, as on Ctrl-C, what runs is ended at once, and so is the process.

        Args:
            cells: What is verified; their root is an absolute path.
            terms: How; without proofs and an authority, of which the process has its own.

        Raises:
            CallsheetError: The process ended by itself, or found what it cannot judge.
        """
        verdicts: tuple[Verdict, ...] = self._answer((cells, terms))
        known = {cell.name: cell for cell in cells}
        return [replace(verdict, cell=known[verdict.cell.name]) for verdict in verdicts]

    def close(self) -> None:
        """Ends what runs at once, then the process."""
        self._link.close()
        try:
            self._process.wait(_ENDING)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._errors.close()

    def _answer(self, order: object) -> Any:  # noqa: ANN401  what the order asks for
        try:
            self._link.send(order)
            answer = self._link.receive()
        except (EOFError, OSError) as error:
            raise CallsheetError(self._end()) from error
        except BaseException:
            self.close()
            raise
        if isinstance(answer, _Fault):
            raise CallsheetError(str(answer))
        return answer

    def _end(self) -> str:
        """Ends it, and says what it complained of."""
        self._process.kill()
        status = self._process.wait()
        self._errors.seek(0)
        said = self._errors.read().decode("utf-8", "replace")[-_COMPLAINT:].strip()
        self.close()
        return f"the process that runs snippets ended with status {status}; {said}".rstrip("; ")


class _Fault(str):
    """Why there is no other answer."""

    __slots__ = ()


class _Link:
    """Values to and from the other process, by pickle."""

    def __init__(self, source: BinaryIO, target: BinaryIO, folders: tuple[Path, ...] = ()) -> None:
        self._source, self._target = source, target
        self.folders = folders

    def send(self, value: object) -> None:
        self._target.write(packed(value))
        self._target.flush()

    def receive(self) -> Any:  # noqa: ANN401  what was sent
        """The next value.

        Raises:
            EOFError: The other process is gone.
        """
        return _Unpickler(self._source, self.folders).load()

    def close(self) -> None:
        """Hangs up."""
        with contextlib.suppress(OSError):  # nobody takes what is still to be sent
            self._target.close()
        self._source.close()


def packed(value: object) -> bytes:
    """A value as bytes, for a process of the same callsheet."""
    whole = io.BytesIO()
    _Pickler(whole).dump(value)
    return whole.getvalue()


def unpacked(whole: bytes, folders: tuple[Path, ...] = ()) -> Any:  # noqa: ANN401  what was packed
    """The value again; the folders are those in which languages of the user's are found."""
    return _Unpickler(io.BytesIO(whole), folders).load()


class _Pickler(pickle.Pickler):
    """A language goes by its key: the module of a user's has no name by which it is imported."""

    def persistent_id(self, obj: object) -> str | None:
        return obj.key if isinstance(obj, Language) else None


class _Unpickler(pickle.Unpickler):
    def __init__(self, source: BinaryIO, folders: tuple[Path, ...]) -> None:
        super().__init__(source)
        self._folders = folders

    def persistent_load(self, pid: str) -> Language:
        return languages.get(pid, self._folders)


def serve() -> None:
    """What the process does: orders from stdin, answers to stdout, until stdin ends."""
    from callsheet.verify.authority import Authority
    from callsheet.verify.fence import enter

    link = _Link(sys.stdin.buffer, os.fdopen(os.dup(1), "wb"))
    os.dup2(2, 1)  # whatever prints there must not be taken for an answer
    mode, link.folders = link.receive()
    with tempfile.TemporaryDirectory(prefix="callsheet-") as folder:
        try:
            fence = enter(mode)  # before a thread starts
            authority = Authority(Path(folder))
        except CallsheetError as error:
            link.send(_Fault(error))
            return
        link.send(fence)
        _work(link, authority)


def _work(link: _Link, authority: Authority) -> None:
    """Gives orders to a thread, so that the end of them is heard while one is carried out."""
    from callsheet.verify.watch import end_all

    orders: _Orders = queue.SimpleQueue()
    worker = threading.Thread(target=_labour, args=(link, orders, authority), daemon=True)
    worker.start()
    with contextlib.suppress(EOFError, KeyboardInterrupt):  # Windows tells Ctrl-C to everybody
        while True:
            orders.put(link.receive())
    end_all()
    orders.put(None)
    worker.join(_CLEANING)


def _labour(link: _Link, orders: _Orders, authority: Authority) -> None:
    from callsheet.verify.engine import verify

    answer: object
    while order := orders.get():
        cells, terms = order
        try:
            answer = verify(cells, replace(terms, authority=authority))
        except Exception as fault:  # noqa: BLE001  a fault of ours is told where it is seen
            what = f"the verifier failed: {type(fault).__name__}: {fault}"
            answer = _Fault(f"{what}\n{traceback.format_exc()}")
        with contextlib.suppress(OSError):  # nobody waits for it any more
            link.send(answer)
