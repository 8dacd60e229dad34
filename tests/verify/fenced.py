"""What a fenced process finds: functions that `fence.run` calls in a process of its own."""

from __future__ import annotations

import errno
import os
import socket
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet.errors import UsageError
from callsheet.verify import fence, process, watch

if TYPE_CHECKING:
    from callsheet.verify.fence import Fence, Kind, Mode

#: TEST-NET-2 (RFC 5737): no host has it. Connected to from inside a fence, and nowhere else.
OUTSIDE = ("198.51.100.1", 9)
PROBE = f"""
import socket
try:
    socket.create_connection({OUTSIDE!r}, timeout=5)
except OSError as error:
    print(error.errno)
"""


def network() -> str:
    return str(Path("/proc/self/ns/net").readlink())


def interfaces() -> list[str]:
    lines = Path("/proc/self/net/dev").read_text().splitlines()[2:]
    return [line.partition(":")[0].strip() for line in lines]


def itself(found: Fence) -> tuple[Fence, str, list[str]]:
    return found, network(), interfaces()


def reach() -> tuple[str, str, bool]:
    """What a connection, a datagram and a connection to loopback come to."""
    assert interfaces() == ["lo"]
    words = []
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        with socket.socket(socket.AF_INET, kind) as outside:
            outside.settimeout(5)
            words.append(errno.errorcode.get(outside.connect_ex(OUTSIDE), "connected"))
    with socket.create_server(("127.0.0.1", 0)) as server:
        here = socket.create_connection(server.getsockname(), timeout=5)
        here.close()
    return words[0], words[1], True


def reach_in(_: Fence, kind: Kind) -> tuple[str, str, bool]:
    fence.make(kind)
    return reach()


def owner_in(_: Fence, kind: Kind, folder: Path) -> bool:
    """Whether the process is who it was, to its files as well."""
    before = os.getuid(), os.getgid()
    fence.make(kind)
    file = folder / kind
    file.touch()
    return (os.getuid(), os.getgid()) == before == (file.stat().st_uid, file.stat().st_gid)


def names_in(_: Fence, kind: Kind) -> tuple[bool, float]:
    """Whether a name outside is known, and how long that took to say."""
    fence.make(kind)
    start = time.monotonic()
    try:
        socket.getaddrinfo("api.example.com", 443)
    except OSError:
        return False, time.monotonic() - start
    return True, time.monotonic() - start


def started_in(_: Fence, folder: Path, mode: Mode) -> tuple[bytes, bytes]:
    """Whether a program could run before the fence, and what one started after it reaches."""
    environment = {"PATH": os.environ["PATH"]}
    before = process.run(["echo", "before"], folder, environment)
    fence.enter(mode)
    after = process.run([sys.executable, "-c", PROBE], folder, environment)
    watch.end_all()
    return before.stdout, after.stdout


def escape_in(_: Fence, kind: Kind, folder: Path) -> bytes:
    """What a program says that wants to go back to the network outside."""
    script = f"nsenter --net=/proc/{os.getppid()}/ns/net true; echo $?"
    fence.make(kind)
    done = process.run(["sh", "-c", script], folder, {"PATH": os.environ["PATH"], "LANG": "C"})
    watch.end_all()
    return done.stdout + done.stderr


def with_threads(_: Fence, mode: Mode) -> tuple[Fence | str, bool]:
    """What `enter` says with two threads, and whether the network stayed."""
    before, over = network(), threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        return said(mode), network() == before
    finally:
        over.set()
        thread.join()


def refused(_: Fence, mode: Mode) -> tuple[Fence | str, bool]:
    """The same where the system allows no more networks; the setting is this user namespace's."""
    fence.make("user")
    Path("/proc/sys/user/max_net_namespaces").write_text("0")
    before = network()
    return said(mode), network() == before


def said(mode: Mode) -> Fence | str:
    try:
        return fence.enter(mode)
    except UsageError as error:
        return str(error)


def fail(_: Fence) -> None:
    raise UsageError("no")
