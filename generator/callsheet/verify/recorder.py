"""A server on loopback that keeps every Call as it came and gives each the same Answer.

One recorder for each run of a snippet: its port says whose call it is. It is server and proxy at
once, and stands for one origin: a request to another is refused, and never leaves the machine.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Self

from callsheet.verify.http1 import Arrival, Call, Malformed, read
from callsheet.verify.line import Line
from callsheet.verify.site import anywhere

if TYPE_CHECKING:
    from callsheet.verify.answers import Answer
    from callsheet.verify.site import Site

#: Seconds a connection may say nothing before it is closed.
_IDLE = 30.0
#: Connections at a time, and calls in all: no snippet of a docs page comes near these.
_LINES, _CALLS = 200, 100


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


@dataclass(frozen=True, slots=True)
class Before:
    """A first call of another kind, such as one that fetches a token.

    Attributes:
        answer: What it is answered.
        origin: The origin that it must name.
    """

    answer: Answer
    origin: str


class Recorder:
    """The server; use it in a `with` statement, and read the rest after that.

    Attributes:
        origin: What a snippet must name, such as `https://api.test`; or `http://127.0.0.1:PORT`.
        port: Where it listens; nothing but loopback reaches it.
        calls: What arrived, in order.
        faults: What arrived and was no complete request to its site; empty for an honest client.
        sent: When each piece of a stream began to be sent, in seconds of `time.monotonic`.
    """

    def __init__(
        self,
        answer: Answer,
        site: Site | None = None,
        *,
        pause: float = 0.01,
        hold: Hold | None = None,
        before: Before | None = None,
    ) -> None:
        """Listens.

        Args:
            answer: What every call is answered.
            site: What it stands for; without one, for any host in plain HTTP.
            pause: Seconds between the pieces of a stream.
            hold: What a stream waits for.
            before: What comes first; it needs a site.
        """
        self.calls: list[Call] = []
        self.faults: list[str] = []
        self.sent: list[float] = []
        self._answer, self._pause, self._hold, self._before = answer, pause, hold, before
        self._open: set[Line] = set()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._waker: object = None
        self._listener, self._site = _listen(site)
        self.port: int = self._listener.getsockname()[1]
        self.origin = self._site.origin if self._site else f"http://127.0.0.1:{self.port}"

    @property
    def direct(self) -> bool:
        """Whether its origin is its own address, and no place that a program is led away from."""
        return self._site is None or self._site.direct

    def heard(self) -> None:
        """Tells that what a stream waits for was seen."""
        if self._hold:
            self._hold.seen.set()

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        """Reads what has arrived to its end, then closes: nothing a snippet sent is lost."""
        self.heard()
        # Closing a socket does not wake a thread that waits in accept(); a connection does.
        with socket.socket() as waker, contextlib.suppress(OSError):
            waker.bind(("127.0.0.1", 0))
            self._waker = waker.getsockname()
            waker.connect(self._listener.getsockname())
            self._threads[0].join(timeout=5)
        self._listener.close()
        with self._lock:
            for line in self._open:
                line.interrupt()
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
            connection.settimeout(_IDLE)
            line = Line(connection)
            with self._lock:
                self._open.add(line)
            self._start(self._serve, line)

    def _serve(self, line: Line) -> None:
        try:
            line.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._converse(line)
        except OSError:
            pass  # the client left before all of the answer was sent: its right
        finally:
            line.close()
            with self._lock:
                self._open.discard(line)

    def _converse(self, line: Line) -> None:
        try:
            self._begin(line)
            while self._exchange(line):
                pass
        except Malformed as fault:
            self._refuse(line, HTTPStatus.BAD_REQUEST, str(fault))

    def _begin(self, line: Line) -> None:
        """Finds out what is spoken on a line: at its start, and once it is led through."""
        site = self._site
        if len(self._open) > _LINES:
            raise Malformed(f"more than {_LINES} connections at a time")
        line.begin(site.authority if site else None, site.host if site else "")

    def _exchange(self, line: Line) -> bool:
        """One request and its answer; says whether another may follow."""
        arrival = read(line.stream, line.connection.sendall)
        if arrival is None:
            return False
        before = self._before if not self.calls else None
        stray = self._stray(line, arrival, before)
        if stray:
            self._refuse(line, HTTPStatus.FORBIDDEN, f"request to another host: {stray}")
            return False
        if arrival.call.method == "CONNECT" and self._site and not line.tunnel:
            line.tunnel = arrival.call.target
            line.connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            self._begin(line)
            return True
        if len(self.calls) == _CALLS:
            raise Malformed(f"more than {_CALLS} calls")
        self.calls.append(arrival.call)
        return self._reply(line.connection, arrival, before.answer if before else self._answer)

    def _stray(self, line: Line, arrival: Arrival, before: Before | None) -> str:
        site = self._site
        if site and before:
            site = replace(site, origin=before.origin)
        return site.stray(line, arrival) if site else ""

    def _refuse(self, line: Line, status: HTTPStatus, fault: str) -> None:
        if len(self.faults) < _CALLS:
            self.faults.append(fault)
        head = f"HTTP/1.1 {status} {status.phrase}\r\nContent-Length: 0\r\nConnection: close"
        line.connection.sendall(f"{head}\r\n\r\n".encode())

    def _reply(self, connection: socket.socket, arrival: Arrival, answer: Answer) -> bool:
        """Sends an answer; says whether the connection stays open."""
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


def _listen(site: Site | None) -> tuple[socket.socket, Site | None]:
    return site.listen() if site else (anywhere(), None)
