from __future__ import annotations

import socket

import pytest

from callsheet.verify import http1
from callsheet.verify.http1 import Call
from callsheet.verify.recorder import Recorder

from .wire import OK, all_of, connect, told


def call_of(*pieces: bytes) -> Call:
    recorder, _ = told(*pieces)
    assert recorder.faults == []
    assert len(recorder.calls) == 1
    return recorder.calls[0]


def test_target_case_order_and_repeats_are_kept() -> None:
    call = call_of(
        b"pAtCh /a%2fb//c?x=1&x=%20&y HTTP/1.1\r\n"
        b"X-Two: one\r\nhost: h\r\nx-TWO:  two \r\nX-Two:one\r\n\r\n"
    )
    headers = (("X-Two", "one"), ("host", "h"), ("x-TWO", "two"), ("X-Two", "one"))
    assert call == Call("pAtCh", "/a%2fb//c?x=1&x=%20&y", headers)
    assert call.values("x-two") == ["one", "two", "one"]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [(b"/a?b", "/a?b"), (b"?b", "/?b"), (b"", "/"), (b"//c/http://x", "//c/http://x")],
)
def test_a_target_is_kept_without_the_origin_that_a_proxy_is_told(sent: bytes, kept: str) -> None:
    call = call_of(b"GET http://api.test:80" + sent + b" HTTP/1.1\r\nHost: api.test\r\n\r\n")
    assert call.target == kept


def test_bytes_that_are_no_utf_8_are_kept() -> None:
    call = call_of(b"GET /\xc3\xbc\xff HTTP/1.1\r\nX: \xe9\r\n\r\n")
    assert call.target.encode("utf-8", "surrogateescape") == b"/\xc3\xbc\xff"
    assert call.values("x") == ["\udce9"]


@pytest.mark.parametrize(
    ("framing", "body"),
    [
        (b"Content-Length: 5\r\n\r\na\r\n\0b", b"a\r\n\0b"),
        (b"Content-Length: 0\r\n\r\n", b""),
        (b"\r\n", b""),
        (
            b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n",
            b"abc0123456789",
        ),
        (b"transfer-encoding: Chunked\r\n\r\n1\r\nx\r\n0\r\nTrailer: t\r\n\r\n", b"x"),
    ],
)
def test_a_body_is_read_by_its_framing(framing: bytes, body: bytes) -> None:
    assert call_of(b"POST / HTTP/1.1\r\n" + framing).body == body


def test_a_request_may_arrive_byte_by_byte() -> None:
    raw = b"POST /x HTTP/1.1\r\nContent-Length: 2\r\n\r\nab"
    assert call_of(*(raw[i : i + 1] for i in range(len(raw)))) == Call(
        "POST", "/x", (("Content-Length", "2"),), b"ab"
    )


def test_a_connection_may_carry_several_requests() -> None:
    recorder, said = told(
        b"GET /1 HTTP/1.1\r\n\r\nPOST /2 HTTP/1.1\r\nContent-Length: 1\r\n\r\nx",
        b"GET /3 HTTP/1.1\r\nConnection: Close\r\n\r\n",
    )
    assert [call.target for call in recorder.calls] == ["/1", "/2", "/3"]
    assert said.count(b"hello") == 3
    assert said.count(b"Connection: keep-alive") == 2


def test_bytes_after_the_body_are_a_fault() -> None:
    recorder, _ = told(b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\nab\n")
    assert [call.body for call in recorder.calls] == [b"ab"]
    assert recorder.faults == [r"this is no request line: b'\n'"]


@pytest.mark.parametrize(
    "raw",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET / HTTP/1.1",
        b"GET  / HTTP/1.1\r\n\r\n",
        b"GET /a b HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: h\r\n",
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
        b"GET / HTTP/1.1\r\nX : y\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: y\r\n folded\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nab",
        b"POST / HTTP/1.1\r\nContent-Length: 1, 2\r\n\r\nab",
        b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 999999999999\r\n\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n",
    ],
)
def test_what_is_no_whole_request_is_a_fault_and_no_call(raw: bytes) -> None:
    recorder, said = told(raw)
    assert recorder.calls == []
    assert len(recorder.faults) == 1
    assert said.startswith(b"HTTP/1.1 400 ")


def test_endless_lines_and_header_lines_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http1, "MAX_LINE", 100)
    monkeypatch.setattr(http1, "MAX_HEADERS", 3)
    assert told(b"GET /" + b"a" * 200)[0].faults
    assert told(b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 4)[0].faults


def test_a_reset_within_a_request_is_a_fault() -> None:
    with Recorder(OK) as recorder, connect(recorder) as connection:
        head = b"POST / HTTP/1.1\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n"
        connection.sendall(head)
        connection.recv(100)  # from here on, it is known to be in the middle of the request
        linger = b"\1\0\0\0\0\0\0\0"
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        connection.close()
    assert len(recorder.faults) == 1
    assert recorder.calls == []


def test_a_connection_that_says_nothing_is_no_fault() -> None:
    assert told()[0].faults == []
    with Recorder(OK) as recorder, connect(recorder):
        pass
    assert recorder.faults == []


def test_one_broken_connection_does_not_touch_another() -> None:
    with Recorder(OK) as recorder, connect(recorder) as broken, connect(recorder) as whole:
        broken.sendall(b"\0\0\r\n")
        whole.sendall(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
        assert all_of(whole).endswith(b"hello")
    assert (len(recorder.calls), len(recorder.faults)) == (1, 1)


def test_what_was_sent_before_the_end_is_recorded() -> None:
    with Recorder(OK) as recorder:
        connections = [connect(recorder) for _ in range(20)]
        for connection in connections:
            connection.sendall(b"GET / HTTP/1.1\r\n\r\n")
            connection.close()
    assert len(recorder.calls) + len(recorder.faults) == 20
    assert recorder.faults == []


def test_expect_100_continue_is_answered_before_the_body() -> None:
    with Recorder(OK) as recorder, connect(recorder) as connection:
        connection.sendall(
            b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n"
            b"Connection: close\r\n\r\n"
        )
        assert connection.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(b"ab")
        assert all_of(connection).startswith(b"HTTP/1.1 200 OK\r\n")
    assert recorder.calls[0].body == b"ab"


def test_an_offer_of_http_2_is_passed_over() -> None:
    raw = b"GET / HTTP/1.1\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n"
    assert told(raw)[1].startswith(b"HTTP/1.1 200 OK\r\n")


def test_head_gets_no_body_but_its_length() -> None:
    said = told(b"HEAD / HTTP/1.1\r\n\r\n")[1]
    assert b"Content-Length: 5\r\n" in said
    assert said.endswith(b"\r\n\r\n")


def test_a_recorder_listens_on_loopback_alone_and_on_a_port_of_its_own() -> None:
    with Recorder(OK) as one, Recorder(OK) as other:
        assert one.origin.startswith("http://127.0.0.1:")
        assert one.origin != other.origin
    with pytest.raises(OSError, match="refused"):
        connect(one)
