"""One connection to a recorder: plain, TLS, or either through CONNECT, told by its first byte."""

from __future__ import annotations

import contextlib
import io
import socket
import threading
from typing import TYPE_CHECKING, cast

from callsheet.verify.authority import Secured
from callsheet.verify.http1 import Malformed

if TYPE_CHECKING:
    from typing import BinaryIO

    from callsheet.verify.authority import Authority

#: The first byte of a TLS record that holds a handshake (RFC 8446, section 5.1).
_HANDSHAKE = b"\x16"
#: Seconds in which a client may take leave of a TLS connection.
_LEAVE = 1.0


class Line:
    """A connection, and what it was made for.

    Attributes:
        connection: The socket; another once TLS is spoken.
        stream: What arrives on it, once it has begun.
        tunnel: The `host:port` that CONNECT named, else "".
    """

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.stream: BinaryIO = io.BytesIO()
        self.tunnel = ""
        self._lock = threading.Lock()

    @property
    def scheme(self) -> str:
        """Of what arrives."""
        return "https" if isinstance(self.connection, Secured) else "http"

    def begin(self, authority: Authority | None, host: str) -> None:
        """Waits for the first byte, and for the TLS handshake where that is what it begins.

        Args:
            authority: Who signs; None speaks no TLS.
            host: Whom it signs for where the client does not say.

        Raises:
            Malformed: The handshake failed.
        """
        first = self.connection.recv(1, socket.MSG_PEEK)
        if first == _HANDSHAKE and authority:
            self._secure(authority, host)
        # What follows CONNECT must not be read with it. Unbuffered, the stream takes only its own.
        buffering = 0 if first == b"C" else -1
        self.stream.close()
        self.stream = cast("BinaryIO", self.connection.makefile("rb", buffering=buffering))

    def _secure(self, authority: Authority, host: str) -> None:
        context = authority.context(host)
        try:
            with self._lock:
                self.connection = context.wrap_socket(
                    self.connection, server_side=True, do_handshake_on_connect=False
                )
            cast("Secured", self.connection).do_handshake()
        except (OSError, ValueError) as error:
            asked = getattr(self.connection, "asked", "") or "no host"
            raise Malformed(f"the TLS handshake for {asked} failed: {error}") from error

    @property
    def asked(self) -> str:
        """The host that the TLS handshake named, else ""."""
        return self.connection.asked if isinstance(self.connection, Secured) else ""

    def interrupt(self) -> None:
        """Nothing more is waited for; what has arrived can still be read."""
        with self._lock, contextlib.suppress(OSError):
            # SSLSocket.shutdown would go on in plain text.
            socket.socket.shutdown(self.connection, socket.SHUT_RD)

    def close(self) -> None:
        """Takes leave as TLS does, else a client could not tell the end from a broken line."""
        with contextlib.suppress(OSError, ValueError):
            if isinstance(self.connection, Secured):
                self.connection.settimeout(_LEAVE)
                self.connection.unwrap()
        self.stream.close()
        self.connection.close()
