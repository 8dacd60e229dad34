from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from callsheet.spec.model import Event, Response
from callsheet.values import Number, joined
from callsheet.verify.answers import answer
from callsheet.verify.recorder import Hold, Recorder

from .wire import all_of, connect, told

if TYPE_CHECKING:
    from pathlib import Path


def said_for(response: Response, root: Path, version: bytes = b"1.1") -> tuple[bytes, bytes]:
    """Head and body of what is said for a declared response."""
    raw = b"GET / HTTP/" + version + b"\r\n\r\n"
    head, _, body = told(raw, what=answer(response, root))[1].partition(b"\r\n\r\n")
    return head, body


@pytest.mark.parametrize(
    ("response", "head", "body"),
    [
        (Response(), b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n", b""),
        (Response(204), b"HTTP/1.1 204 No Content\r\nConnection:", b""),
        (Response(599), b"HTTP/1.1 599 Unknown\r\n", b""),
        (
            Response(201, (), "json", {"a": [Number("1.10"), "é", None]}, "application/json"),
            b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 22\r\n",
            '{"a":[1.10,"é",null]}'.encode(),
        ),
        (
            Response(kind="text", content="é\n", type="text/plain"),
            b"Content-Length: 3",
            "é\n".encode(),
        ),
        (Response(kind="ndjson", content=[Number("1"), {}], type="a/b"), b"a/b", b"1\n{}\n"),
        (Response(kind="file", content="a.bin", type="image/png"), b"image/png", b"\0\xff"),
        (
            Response(
                200,
                (("content-TYPE", joined("a/b")), ("X", joined("1")), ("X", joined("2"))),
                type="c/d",
            ),
            b"200 OK\r\ncontent-TYPE: a/b\r\nX: 1\r\nX: 2\r\nContent-Length: 0",
            b"",
        ),
    ],
)
def test_an_answer_is_the_declared_response(
    tmp_path: Path, response: Response, head: bytes, body: bytes
) -> None:
    (tmp_path / "a.bin").write_bytes(b"\0\xff")
    found = said_for(response, tmp_path)
    assert head in found[0] + b"\r\n"
    assert found[1] == body


STREAM = Response(
    kind="sse",
    content=(Event("one\ntwo", "delta", "7"), Event("{}"), Event("[DONE]")),
    type="text/event-stream",
)
FRAMES = (b"event: delta\nid: 7\ndata: one\ndata: two\n\n", b"data: {}\n\n", b"data: [DONE]\n\n")


def test_a_stream_is_sent_event_by_event(tmp_path: Path) -> None:
    head, body = said_for(STREAM, tmp_path)
    assert b"Content-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n" in head
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(frame), frame) for frame in FRAMES)
    assert body == chunks + b"0\r\n\r\n"
    head, body = said_for(STREAM, tmp_path, b"1.0")
    assert b"Transfer-Encoding" not in head
    assert body == b"".join(FRAMES)


def test_the_events_of_a_stream_are_sent_with_a_pause(tmp_path: Path) -> None:
    with Recorder(answer(STREAM, tmp_path), pause=0.1) as recorder, connect(recorder) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
        all_of(connection)
    first, second, third = recorder.sent
    assert second - first >= 0.1
    assert third - second >= 0.1


def test_a_held_event_waits_until_the_first_was_seen(tmp_path: Path) -> None:
    hold = Hold(2, patience=60)
    seen: list[float] = []

    def see() -> None:
        seen.append(time.monotonic())
        hold.seen.set()

    what = answer(STREAM, tmp_path)
    with Recorder(what, pause=0, hold=hold) as recorder, connect(recorder) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
        threading.Timer(0.3, see).start()
        all_of(connection)
    assert recorder.sent[2] >= seen[0]


def test_a_held_event_does_not_wait_for_ever(tmp_path: Path) -> None:
    hold = Hold(2, patience=0.1)
    what = answer(STREAM, tmp_path)
    with Recorder(what, pause=0, hold=hold) as recorder, connect(recorder) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
        assert all_of(connection).endswith(b"0\r\n\r\n")
    assert len(recorder.sent) == 3


def test_a_client_that_leaves_a_stream_is_no_fault(tmp_path: Path) -> None:
    what = answer(STREAM, tmp_path)
    with Recorder(what, pause=0.05) as recorder, connect(recorder) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n\r\n")
        connection.recv(10)
        connection.close()
    assert (len(recorder.calls), recorder.faults) == (1, [])
