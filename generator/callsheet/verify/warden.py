"""A program that watches others, one at a time: orders on a socket in; how each ended out.

Its children are the watched program and all that this leaves behind, and nothing else: so it finds
what left the process group, the session and the environment (a daemon), and ends it. It ends all
of it, too, when the one who gave the order is gone, however that ended.

It runs by itself, without the package: only the standard library is imported here.
"""

from __future__ import annotations

import array
import contextlib
import errno
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

#: `prctl(2)`: orphans below this process become its children.
_SET_CHILD_SUBREAPER = 36
#: Largest file in bytes that a program may write, and how many tasks it may add to its user's.
_FILE, _TASKS = 4 << 30, 4096
#: Seconds in which what was killed must be gone; what another user runs cannot be killed.
_PATIENCE = 5.0
#: File descriptors that may come along with an order.
_FILES = 4
#: Bytes read from the socket at once.
_PIECE = 1 << 16


class _Gone(Exception):  # noqa: N818  no fault, but the end of the service
    """Who gives the orders has closed the socket."""


class _Orders:
    """Lines of JSON from a socket, with the file descriptors that came along."""

    def __init__(self, channel: socket.socket) -> None:
        self.channel = channel
        self.files: list[int] = []
        self._rest = b""

    def next(self) -> dict[str, Any]:
        """The next order; waits for it.

        Raises:
            _Gone: There will be none.
        """
        while b"\n" not in self._rest:
            self._receive()
        line, _, self._rest = self._rest.partition(b"\n")
        order: dict[str, Any] = json.loads(line)
        return order

    def _receive(self) -> None:
        room = socket.CMSG_SPACE(_FILES * array.array("i").itemsize)
        piece, extra, *_ = self.channel.recvmsg(_PIECE, room)
        for _, _, data in extra:
            self.files += array.array("i", data)
        if not piece:
            raise _Gone
        self._rest += piece

    def take_files(self) -> list[int]:
        """What came along since; the caller closes it."""
        files, self.files = self.files, []
        return files

    def say(self, **answer: object) -> None:
        """An answer, as a line of JSON."""
        self.channel.sendall(json.dumps(answer).encode() + b"\n")


def serve(channel: socket.socket) -> None:
    """Carries out orders until the socket is closed."""
    wakes, wake = socket.socketpair()
    for end in (wakes, wake):
        end.settimeout(0)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
    orders = _Orders(channel)
    with contextlib.suppress(_Gone, ConnectionError):
        while True:
            order = orders.next()
            if order:  # an empty one means "end it", and may come when it has ended
                _carry_out(order, orders, wakes)


def _carry_out(order: dict[str, Any], orders: _Orders, wakes: socket.socket) -> None:
    pipes = orders.take_files()
    try:
        child = _start(order, orders, pipes)
    except OSError as error:
        orders.say(errno=error.errno, text=error.strerror, file=error.filename)
        return
    except ValueError as error:  # a NUL byte in a name or a value
        orders.say(errno=errno.EINVAL, text=str(error), file=order["command"][0])
        return
    finally:
        for pipe in pipes:
            os.close(pipe)
    try:
        orders.say(started=True)
        _wait(child, orders, wakes)
    finally:
        left = _sweep(child)
    orders.say(status=child.returncode, left=left)


def _start(order: dict[str, Any], orders: _Orders, pipes: list[int]) -> subprocess.Popen[bytes]:
    """Starts a program that writes to the first two pipes.

    One that gets more of them runs programs itself: it is told their numbers behind its arguments,
    and what these programs leave behind becomes its child, so that it knows of it.
    """
    out, err, *more = pipes

    def prepare() -> None:
        # Said before the program has a chance to end its watcher; there is but one thread here.
        orders.say(pid=os.getpid())
        if more:
            _adopt()

    return subprocess.Popen(  # noqa: S603  what the verifier was asked to run
        [*order["command"], *map(str, more)],
        cwd=order["folder"],
        env=order["environment"],
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=err,
        pass_fds=more,
        start_new_session=True,
        preexec_fn=prepare,  # noqa: PLW1509
    )


def _wait(child: subprocess.Popen[bytes], orders: _Orders, wakes: socket.socket) -> None:
    """Until the program has ended, or is to be ended."""
    while child.poll() is None:
        ready, _, _ = select.select([orders.channel, wakes], [], [])
        if orders.channel in ready:
            orders.next()
            return
        with contextlib.suppress(BlockingIOError):
            wakes.recv(_PIECE)


def _sweep(child: subprocess.Popen[bytes]) -> int:
    """Ends the program's group, then everything that is left; says how many could not be ended."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    deadline = time.monotonic() + _PATIENCE
    stopped: set[int] = set()
    while not _childless():
        found = _descendants()
        # What forks faster than it is killed is stopped first, until no new one comes.
        _signal(found - stopped, signal.SIGSTOP)
        if found <= stopped:
            _signal(found, signal.SIGKILL)
            time.sleep(0.001)
        if time.monotonic() > deadline:
            return len(found)
        stopped |= found
    return 0


def _childless() -> bool:
    """Whether no child is left; reaps those that have ended."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return True
    return False


def _descendants() -> set[int]:
    """Every process below this one, by the parents that /proc names."""
    parents: dict[int, list[int]] = {}
    for folder in os.listdir("/proc"):  # noqa: PTH208  called in a loop
        with contextlib.suppress(OSError, ValueError):
            # proc_pid_stat(5): the name, in parentheses, may hold anything.
            fields = Path("/proc", folder, "stat").read_bytes().rpartition(b")")[2].split()
            parents.setdefault(int(fields[1]), []).append(int(folder))
    found: set[int] = set()
    new = parents.get(os.getpid(), [])
    while new:
        found |= set(new)
        new = [pid for parent in new for pid in parents.get(parent, []) if pid not in found]
    return found


def _signal(processes: set[int], number: signal.Signals) -> None:
    for pid in processes:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, number)


def _adopt() -> None:
    """Makes orphans come to this process, where the system can do that."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _limit() -> None:
    """Limits that a sound program never meets: no core dump, no endless file, no endless forks."""
    import resource

    kinds = {resource.RLIMIT_CORE: 0, resource.RLIMIT_FSIZE: _FILE}
    if sys.platform == "linux":
        kinds[resource.RLIMIT_NPROC] = _tasks() + _TASKS
    for kind, most in kinds.items():
        soft, hard = resource.getrlimit(kind)
        if soft == resource.RLIM_INFINITY or soft > most:
            resource.setrlimit(kind, (most, hard))


def _tasks() -> int:
    """How many tasks this user runs: the limit counts threads, and those of other programs."""
    found = 0
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, IndexError):
            if folder.stat().st_uid == os.getuid():
                found += int((folder / "stat").read_bytes().rpartition(b")")[2].split()[17])
    return found


if __name__ == "__main__":
    _adopt()
    _limit()
    serve(socket.socket(fileno=int(sys.argv[1])))
