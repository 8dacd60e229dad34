"""A documented origin to the place where a recorder stands for it, and to what strays from it."""

from __future__ import annotations

import contextlib
import errno
import socket
from dataclasses import dataclass, replace
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from callsheet.verify.authority import Authority
    from callsheet.verify.http1 import Arrival
    from callsheet.verify.line import Line

#: Names of the one address that recorders listen on.
LOOPBACK = ("localhost", "127.0.0.1")
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Site:
    """What a recorder stands for.

    Attributes:
        origin: What a program must name to be led here, such as `https://api.test`.
        authority: Who signs for its host, and for any other that a program asks for.
        names_host: Whether the spec declares a Host line, which is compared as other lines are.
    """

    origin: str
    authority: Authority
    names_host: bool = False

    @property
    def host(self) -> str:
        """The host's name, without a port."""
        return _parts(self.origin)[1]

    @property
    def direct(self) -> bool:
        """Whether a program names the recorder's own address, and so needs no proxy."""
        return self.host in LOOPBACK

    def listen(self) -> tuple[socket.socket, Site]:
        """A socket for a recorder, and the site as a program must name it.

        With TLS, programs are led and nothing changes. On loopback, to which some runtimes take no
        proxy, the socket is at the documented port where that is free; else the port alone changes.
        What is plain, or a placeholder, becomes the socket's address.
        """
        scheme, host, port = _parts(self.origin)
        secure, here = scheme == "https", host in LOOPBACK
        own = _own(port) if secure and here else None
        if own:
            return own, self
        listener = anywhere()
        if secure and not here and not _is_loopback(host) and self.authority.signs(host):
            return listener, self
        name = host if here else "localhost"
        named = f"https://{name}" if secure else "http://127.0.0.1"
        return listener, replace(self, origin=f"{named}:{listener.getsockname()[1]}")

    def stray(self, line: Line, arrival: Arrival) -> str:
        """The first place that a request names and that is not this site, else ""."""
        call, wanted = arrival.call, _parts(self.origin)
        if call.method == "CONNECT":  # what will be spoken there shows later
            same = _parts(f"{wanted[0]}://{call.target}") == wanted
            return "" if same else call.target
        hosts = [] if self.names_host else call.values("host")
        names = [f"{line.scheme}://{name}" for name in (line.tunnel, *hosts) if name]
        names += [arrival.origin] if arrival.origin else []
        names += [f"https://{line.asked}:{wanted[2]}"] if line.asked else []
        names += [f"{line.scheme}://{self.origin.partition('://')[2]}"]
        return next((name for name in names if _parts(name) != wanted), "")


def anywhere() -> socket.socket:
    """A socket on loopback, at a port that nobody has."""
    return socket.create_server(("127.0.0.1", 0), backlog=64)


def _own(port: int) -> socket.socket | None:
    """A socket at a port, where nobody answers on loopback in its place."""
    try:
        with socket.create_server(("::1", port), family=socket.AF_INET6):
            pass  # `localhost` may mean this address first; it must be nobody's
    except OSError as error:
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            return None
    try:
        return socket.create_server(("127.0.0.1", port), backlog=64)
    except OSError:
        return None


def _is_loopback(host: str) -> bool:
    """Whether a host is loopback by number: some runtimes take no proxy to it."""
    with contextlib.suppress(ValueError):
        return ip_address(host).is_loopback
    return False


def _parts(origin: str) -> tuple[str, str, int]:
    """Scheme, host and port; a placeholder has none of them."""
    try:
        parts = urlsplit(origin)
        return parts.scheme, parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        return "", origin, 0
