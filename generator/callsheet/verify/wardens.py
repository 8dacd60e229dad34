"""Wardens, which watch programs: a command in; a Watched, which says how it ended, out."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from weakref import WeakSet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

#: Seconds in which a warden must answer; it needs some milliseconds.
_PATIENCE = 30.0
#: What Python itself may need to start; nothing else of the user's environment goes there.
_KEPT = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


class Broken(OSError):  # noqa: N818  names the fault
    """A warden is gone, or talks nonsense: something on this machine ended it."""


class Watched(Protocol):
    """A program that runs."""

    def wait(self, seconds: float) -> int:
        """Its status once it and all that it started have ended.

        Raises:
            TimeoutError: It still runs.
            Broken: It is not known how it ended.
        """

    def end(self) -> None:
        """Ends it, and all that it started, at once; from any thread."""


class Warden:
    """One process that watches one program at a time; see `warden.py`.

    Attributes:
        idle: Whether it watches nothing, and is fit for the next program.
        used: Whether it has watched a program.
    """

    def __init__(self) -> None:
        self._channel, theirs = socket.socketpair()
        number = theirs.fileno()
        file = str(Path(__file__).with_name("warden.py"))
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  our own program
                [sys.executable, "-I", "-S", "-X", "utf8", file, str(number)],
                env={name: os.environ[name] for name in _KEPT if name in os.environ},
                stdin=subprocess.DEVNULL,
                pass_fds=(number,),
                start_new_session=True,  # Ctrl-C is for its master to tell it
            )
        self._pid = 0
        self._rest = b""
        self.idle, self.used = True, False

    def start(
        self, command: Sequence[str], folder: Path, environment: Mapping[str, str], pipes: list[int]
    ) -> None:
        """Starts a program that writes to the first two file descriptors.

        What further ones there are it gets as well, as numbers behind its arguments.

        Raises:
            OSError: It cannot be started.
        """
        self.idle, self._pid = False, 0
        order = {"command": command, "folder": str(folder), "environment": dict(environment)}
        line = json.dumps(order).encode() + b"\n"
        try:
            sent = socket.send_fds(self._channel, [line], pipes)
            if sent < len(line):  # to send nothing fails as well where nobody is there any more
                self._channel.sendall(line[sent:])
            answer = self._answer(_PATIENCE)
            if "pid" in answer:
                self._pid = answer["pid"]
                answer = self._answer(_PATIENCE)
        except (OSError, ValueError):
            if self._pid:  # it has started, and ended its watcher: `wait` says so
                return
            raise Broken(f"what watches snippets does not work: `{sys.executable}`") from None
        self.used = True
        if "errno" in answer:
            self.idle = True
            raise OSError(answer["errno"], answer["text"], answer["file"])

    def wait(self, seconds: float) -> int:
        """See Watched."""
        try:
            answer = self._answer(seconds)
        except TimeoutError:
            raise
        except (OSError, ValueError):
            self._end_group()
            raise Broken("it ended the process that watches it") from None
        if answer["left"]:
            raise Broken(f"{answer['left']} processes that it left behind cannot be ended")
        self.idle = True
        return int(answer["status"])

    def end(self) -> None:
        """See Watched."""
        with contextlib.suppress(OSError):
            self._channel.sendall(b"{}\n")

    def close(self) -> None:
        """Ends the warden, and whatever it watches."""
        with contextlib.suppress(OSError):
            self._channel.shutdown(socket.SHUT_RDWR)
        self._channel.close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _answer(self, seconds: float) -> dict[str, Any]:
        self._channel.settimeout(seconds)
        while b"\n" not in self._rest:
            piece = self._channel.recv(65536)
            if not piece:
                raise Broken("it has ended")
            self._rest += piece
        line, _, self._rest = self._rest.partition(b"\n")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _end_group(self) -> None:
        """What can still be done without the warden."""
        import signal

        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._pid, signal.SIGKILL)


class Stopped(OSError):  # noqa: N818  no fault: it was asked for
    """This thread starts nothing any more."""


class Wardens:
    """A warden for each program that runs at once; those that are idle wait for the next."""

    def __init__(self) -> None:
        self._idle: list[Warden] = []
        self._busy: set[Warden] = set()
        self._lock = threading.RLock()
        self._owner = 0
        self._dismissed: WeakSet[threading.Thread] = WeakSet()

    @property
    def stopped(self) -> bool:
        """Whether this thread starts nothing any more."""
        return threading.current_thread() in self._dismissed

    def take(self) -> Warden:
        """A warden that watches nothing.

        Raises:
            Stopped: `stop` was called.
        """
        with self._lock:
            self._be_own()
            if self.stopped:
                raise Stopped("the verification was stopped")
            warden = self._idle.pop() if self._idle else Warden()
            self._busy.add(warden)
            return warden

    def give_back(self, warden: Warden) -> None:
        """Keeps a warden for the next program, or ends it with the one that it watches."""
        with self._lock:
            self._busy.discard(warden)
            keep = warden.idle and not self.stopped
            if keep:
                self._idle.append(warden)
        if not keep:
            warden.close()

    def rest(self) -> None:
        """Ends the idle wardens, which live in the network that they were started in."""
        with self._lock:
            self._be_own()
            idle, self._idle = self._idle, []
        for warden in idle:
            warden.close()

    def stop(self) -> None:
        """Ends every program at once; no other thread that lives now starts one any more."""
        with self._lock:
            self._be_own()
            self._dismissed.update(set(threading.enumerate()) - {threading.current_thread()})
            busy = list(self._busy)
        for warden in busy:
            warden.end()
        self.rest()

    def _be_own(self) -> None:
        """A forked process does not talk to its parent's wardens."""
        if self._owner != os.getpid():
            self._owner = os.getpid()
            self._idle, self._busy = [], set()
