"""Raw sockets against a recorder: bytes in; what was kept and said out."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING

from callsheet.verify.answers import Answer
from callsheet.verify.recorder import Recorder

if TYPE_CHECKING:
    from callsheet.verify.site import Site

OK = Answer(200, (("Content-Type", "text/plain"),), (b"hello",), stream=False)


def connect(recorder: Recorder) -> socket.socket:
    return socket.create_connection(("127.0.0.1", recorder.port), timeout=5)


def all_of(connection: socket.socket) -> bytes:
    found = b""
    while piece := connection.recv(65536):
        found += piece
    return found


def told(*pieces: bytes, what: Answer = OK, site: Site | None = None) -> tuple[Recorder, bytes]:
    """What a recorder keeps, and what it says, when these pieces arrive one after another."""
    with Recorder(what, site) as recorder, connect(recorder) as connection:
        for piece in pieces:
            connection.sendall(piece)
            time.sleep(0.02)
        connection.shutdown(socket.SHUT_WR)
        return recorder, all_of(connection)
