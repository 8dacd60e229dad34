"""A server on loopback that keeps every Call as it came and gives each the same Answer.

One recorder for each run of a snippet: its port says whose call it is.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from callsheet.verify.http1 import Arrival, Call, Malformed, read

if TYPE_CHECKING:
    from callsheet.verify.answers import Answer

#: Seconds a connection may say nothing before it is closed.
_IDLE = 30.0


@dataclass(frozen=True, slots=True)
class Hold:
    """Holds a stream until what it has sent was seen, so that no machine is too slow to prove it.

    Attributes:
        piece: Index of the piece that waits.
        seen: Is set by who watches the snippet's output.
        patience: Seconds after which the piece is sent all the same.
    """

    piece: int
    seen: threading.Event = field(default_factory=threading.Event)
    patience: float = 10.0


class Recorder:
    """The server; use it in a `with` statement, and read the rest after that.

    Attributes:
        origin: `http://127.0.0.1:PORT`; nothing but loopback reaches it.
        calls: What arrived, in order.
        faults: What arrived and was no complete request; empty for an honest client.
        sent: When each piece of a stream began to be sent, in seconds of `time.monotonic`.
    """

    def __init__(self, answer: Answer, *, pause: float = 0.05, hold: Hold | None = None) -> None:
        self.calls: list[Call] = []
        self.faults: list[str] = []
        self.sent: list[float] = []
        self._answer, self._pause, self._hold = answer, pause, hold
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._waker: object = None
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.origin = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        """Reads what has arrived to its end, then closes: nothing a snippet sent is lost."""
        if self._hold:
            self._hold.seen.set()
        # Closing a socket does not wake a thread that waits in accept(); a connection does.
        with socket.socket() as waker, contextlib.suppress(OSError):
            waker.bind(("127.0.0.1", 0))
            self._waker = waker.getsockname()
            waker.connect(self._listener.getsockname())
            self._threads[0].join(timeout=5)
        self._listener.close()
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RD)
        for thread in self._threads:
            thread.join(timeout=5)

    def _start(self, step: object, *arguments: object) -> None:
        thread = threading.Thread(target=step, args=arguments, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            connection, peer = self._listener.accept()
            if peer == self._waker:
                connection.close()
                return
            with self._lock:
                self._open.add(connection)
            self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(_IDLE)
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._converse(connection)
        except OSError:
            pass  # the client left before all of the answer was sent: its right
        finally:
            with self._lock:
                self._open.discard(connection)
            connection.close()

    def _converse(self, connection: socket.socket) -> None:
        with connection.makefile("rb") as stream:
            while True:
                try:
                    arrival = read(stream, connection.sendall)
                except Malformed as fault:
                    self.faults.append(str(fault))
                    connection.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
                    return
                if arrival is None:
                    return
                self.calls.append(arrival.call)
                if not self._reply(connection, arrival):
                    return

    def _reply(self, connection: socket.socket, arrival: Arrival) -> bool:
        """Sends the answer; says whether the connection stays open."""
        answer = self._answer
        framing = answer.framing(chunks=arrival.chunks_understood)
        keep = arrival.keep_alive and (not answer.stream or bool(framing))
        ending = (*framing, ("Connection", "keep-alive" if keep else "close"))
        head = answer.head(ending)
        if arrival.call.method == "HEAD":
            connection.sendall(head)
        elif answer.stream:
            connection.sendall(head)
            self._stream(connection, chunked=bool(framing))
        else:
            connection.sendall(head + answer.body)
        return keep

    def _stream(self, connection: socket.socket, *, chunked: bool) -> None:
        for index, piece in enumerate(self._answer.pieces):
            if index:
                time.sleep(self._pause)
            if self._hold and index == self._hold.piece:
                self._hold.seen.wait(self._hold.patience)
            self.sent.append(time.monotonic())
            connection.sendall(b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece)
        if chunked:
            connection.sendall(b"0\r\n\r\n")
