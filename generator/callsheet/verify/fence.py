"""A mode to a Fence: a network of its own for this process and all that it starts: only loopback.

Linux gives one to root and, in a user namespace, to anybody; no program and no rights of root are
needed where the system allows that. `enter` fences the process that calls it, for good; `run` does
it for one function, in a process of its own. What needs the network (installing client libraries)
comes before: `runners.prepare` every bench, then `enter`, then start programs.
"""

from __future__ import annotations

import ctypes
import os
import socket
import struct
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from callsheet.errors import UsageError
from callsheet.verify import watch

if TYPE_CHECKING:
    from collections.abc import Callable

_R = TypeVar("_R")

Mode = Literal["auto", "require", "off"]
Kind = Literal["root", "user", "none"]

#: Flags of `unshare(2)`: namespaces for mounts, users and the network.
_NEWNS, _NEWUSER, _NEWNET = 0x20000, 0x10000000, 0x40000000
#: Flags of `mount(2)`: this mount and those below it are seen by nobody outside.
_PRIVATE = 0x4000 | 0x40000
#: `SIOCSIFFLAGS` with `IFF_UP | IFF_RUNNING`, `netdevice(7)`.
_SET_FLAGS, _UP = 0x8914, 0x41
#: `prctl(2)`: a capability that no program gets any more. With these two (capabilities(7)), root
#: could walk out of the fence.
_DROP = 24
_ESCAPES = {"CAP_SYS_PTRACE": 19, "CAP_SYS_ADMIN": 21}
#: Sockets of name services lie in the file system, where they would lead out of the fence.
_RESOLVERS = ("/run/systemd/resolve", "/run/nscd", "/run/avahi-daemon")

#: In the order in which they are tried.
_KINDS: tuple[Kind, ...] = ("root", "user")
_UNFENCED = "the network is not fenced: "


@dataclass(frozen=True, slots=True)
class Fence:
    """What stands around a run.

    Attributes:
        kind: The way it was made: by `root`, in a `user` namespace, or `none`.
        note: What a report must say about it, or "".
    """

    kind: Kind
    note: str = ""


def enter(mode: Mode, system: str = sys.platform) -> Fence:
    """Fences this process and all that it will start; there is no way back.

    Args:
        mode: `auto` goes on without where it cannot be had, `require` does not, `off` does not try.
        system: What this runs on, as `sys.platform` names it.

    Raises:
        UsageError: It is required, and cannot be had; says the way out.
    """
    if mode == "off":
        return Fence("none", f"{_UNFENCED}--fence off")
    fault = _unfit(system)
    if not fault:
        watch.rest()
        for kind in _KINDS:
            fault = _refusal(kind)
            if not fault:
                make(kind)
                return Fence(kind)
        fault = f"{fault} ({way_out()})"
    if mode == "require":
        raise UsageError(f"the network cannot be fenced: {fault}")
    return Fence("none", f"{_UNFENCED}{fault}")


def run(mode: Mode, function: Callable[..., _R], *arguments: object) -> _R:
    """Calls a function in a fenced process of its own, where this one must stay as it is.

    Args:
        mode: See `enter`.
        function: A function of a module, which gets the Fence first.
        arguments: What else it gets; goes to the other process by pickle, as the result comes back.

    Raises:
        UsageError: See `enter`.
    """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # A fresh interpreter: one that is forked from many threads may hang, and a user namespace is
    # for a process with one thread.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_within, mode, function, arguments).result()


def _within(mode: Mode, function: Callable[..., _R], arguments: tuple[object, ...]) -> _R:
    return function(enter(mode), *arguments)


def _unfit(system: str) -> str:
    """Why this process cannot even try, or ""."""
    if system != "linux":
        return "that needs Linux"
    threads = len(os.listdir("/proc/self/task"))  # noqa: PTH208  names alone
    if threads > 1:
        return f"this process has {threads} threads already; `enter` comes before they start"
    return ""


def _refusal(kind: Kind) -> str:
    """Why the system refuses, or ""; found by a child, for what is half done cannot be undone."""
    theirs, ours = os.pipe()
    child = os.fork()
    if not child:
        try:
            make(kind)
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            os.write(ours, f"{place}{error.strerror}".encode())
        finally:
            os._exit(0)
    os.close(ours)
    with open(theirs, "rb") as stream:  # noqa: PTH123  a number, no path
        reason = stream.read().decode()
    _, status = os.waitpid(child, 0)
    return reason or ("a trial crashed" if status else "")


def make(kind: Kind) -> None:
    """Makes the fence around this process in one way; `enter` tries first whether it can be done.

    Raises:
        OSError: The system refuses; this process is of no use any more.
    """
    user, group = os.getuid(), os.getgid()
    _call("unshare", _NEWNET | _NEWNS | (_NEWUSER if kind == "user" else 0))
    if kind == "user":  # user_namespaces(7); everybody stays who they are
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    _raise_loopback()
    _call("mount", None, b"/", None, _PRIVATE, None)
    for folder in filter(os.path.isdir, _RESOLVERS):
        _call("mount", b"none", os.fsencode(folder), b"tmpfs", 0, None)
    for number in _ESCAPES.values():
        _call("prctl", _DROP, number, 0, 0, 0)


def _raise_loopback() -> None:
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sH14x", b"lo", _UP))


def _call(name: str, *arguments: object) -> None:
    """A call of the C library.

    Raises:
        OSError: It failed.
    """
    if getattr(_libc(), name)(*arguments):
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


#: Setting below /proc/sys → the value that forbids it, and one that allows it.
_SETTINGS = {
    "kernel/apparmor_restrict_unprivileged_userns": ("1", "0"),  # Ubuntu 24.04
    "kernel/unprivileged_userns_clone": ("0", "1"),  # Debian 10 and older, hardened kernels
    "user/max_user_namespaces": ("0", "15000"),  # RHEL 7
    "user/max_net_namespaces": ("0", "15000"),
}


def way_out(settings: Path = Path("/proc/sys")) -> str:
    """What makes the system allow it."""
    for name, (forbids, allows) in _SETTINGS.items():
        file = settings / name
        if file.exists() and file.read_text().strip() == forbids:
            return f"`sudo sysctl -w {name.replace('/', '.')}={allows}` allows it"
    return "root may, and a container that runs with `--security-opt seccomp=unconfined`"
