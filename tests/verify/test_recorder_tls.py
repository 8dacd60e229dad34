"""The recorder as a site's server and as a proxy to it, by raw bytes."""

from __future__ import annotations

import contextlib
import os
import socket
import ssl
import struct
import time
from typing import TYPE_CHECKING

import pytest

from callsheet.verify.answers import Answer
from callsheet.verify.authority import Authority
from callsheet.verify.recorder import Recorder
from callsheet.verify.site import Site

from .wire import OK, all_of, connect, told

if TYPE_CHECKING:
    from collections.abc import Iterator

CONNECT = b"CONNECT api.test:443 HTTP/1.1\r\nHost: api.test:443\r\n\r\n"
LED = b"HTTP/1.1 200 Connection established\r\n\r\n"
GET = b"GET /a?b HTTP/1.1\r\nHost: api.test\r\n"
CLOSE = b"Connection: close\r\n\r\n"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def site(authority: Authority) -> Site:
    return Site("https://api.test", authority)


def secured(connection: socket.socket, site: Site, host: str = "api.test") -> ssl.SSLSocket:
    client = ssl.create_default_context(cafile=str(site.authority.pem))
    # A line that ends without TLS's leave is an error, as it is to OpenSSL's other users.
    return client.wrap_socket(connection, server_hostname=host, suppress_ragged_eofs=False)


def led(connection: socket.socket) -> None:
    connection.sendall(CONNECT)
    assert connection.recv(len(LED), socket.MSG_WAITALL) == LED


@contextlib.contextmanager
def line(
    recorder: Recorder, site: Site, *, through: bool, host: str = "api.test"
) -> Iterator[ssl.SSLSocket]:
    """TLS to a recorder, straight or through CONNECT."""
    with connect(recorder) as connection:
        if through:
            led(connection)
        with secured(connection, site, host) as client:
            yield client


@pytest.mark.parametrize("through", [True, False])
def test_tls_is_spoken_straight_and_through_connect(site: Site, *, through: bool) -> None:
    with Recorder(OK, site) as recorder, line(recorder, site, through=through) as client:
        for _ in range(2):
            client.sendall(GET + b"\r\n")
            assert client.recv(10000).endswith(b"hello")
        client.sendall(GET + CLOSE)
        assert all_of(client).endswith(b"hello")
    assert recorder.faults == []
    assert [call.target for call in recorder.calls] == ["/a?b"] * 3
    assert recorder.calls[0].headers == (("Host", "api.test"),)
    assert recorder.origin == "https://api.test"


def test_a_stream_that_ends_with_its_line_ends_as_tls_does(site: Site) -> None:
    stream = Answer(200, (), (b"a", b"b"), stream=True)
    with Recorder(stream, site, pause=0) as recorder, line(recorder, site, through=True) as client:
        client.sendall(b"GET / HTTP/1.0\r\nHost: api.test\r\n\r\n")
        assert all_of(client).endswith(b"\r\n\r\nab")


def test_what_was_sent_through_tls_before_the_end_is_recorded(site: Site) -> None:
    with Recorder(OK, site) as recorder, line(recorder, site, through=False) as client:
        client.sendall(GET + b"\r\n")
    assert (len(recorder.calls), recorder.faults) == (1, [])


def test_connect_may_arrive_byte_by_byte_or_with_what_follows(site: Site) -> None:
    with Recorder(OK, site) as recorder, connect(recorder) as connection:
        for index in range(len(CONNECT)):
            connection.sendall(CONNECT[index : index + 1])
        assert connection.recv(len(LED), socket.MSG_WAITALL) == LED
        with secured(connection, site) as client:
            client.sendall(GET + CLOSE)
            assert all_of(client).endswith(b"hello")
    with Recorder(OK, site) as other, connect(other) as connection:
        hello, out = ssl.MemoryBIO(), ssl.MemoryBIO()
        begun = ssl.create_default_context().wrap_bio(hello, out, server_hostname="api.test")
        with pytest.raises(ssl.SSLWantReadError):
            begun.do_handshake()
        connection.sendall(CONNECT + out.read())
        assert connection.recv(len(LED), socket.MSG_WAITALL) == LED
        assert connection.recv(1) == b"\x16"  # the server's half of the handshake
    assert (recorder.faults, len(recorder.calls)) == ([], 1)


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (CONNECT.replace(b"api.", b"cdn."), "cdn.test:443"),
        (CONNECT.replace(b"443", b"8443"), "api.test:8443"),
        (b"CONNECT \xff\xff:x HTTP/1.1\r\n\r\n", "\udcff\udcff:x"),
        (b"GET http://cdn.test/x HTTP/1.1\r\nHost: cdn.test\r\n\r\n", "http://cdn.test"),
        (b"GET http://api.test HTTP/1.1\r\nHost: api.test\r\n\r\n", "http://api.test"),
        (b"GET /x HTTP/1.1\r\nHost: api.test\r\n\r\n", "http://api.test"),
        (b"GET /x HTTP/1.1\r\nHost: cdn.test\r\n\r\n", "http://cdn.test"),
        (b"GET /x HTTP/1.0\r\n\r\n", "http://api.test"),
        (b"COPY /x HTTP/1.1\r\nHost: [::1\r\n\r\n", "http://[::1"),
    ],
)
def test_a_request_to_another_place_is_refused(site: Site, raw: bytes, place: str) -> None:
    recorder, said = told(raw, site=site)
    assert recorder.faults == [f"request to another host: {place}"]
    assert recorder.calls == []
    assert said.startswith(b"HTTP/1.1 403 Forbidden\r\n")


@pytest.mark.parametrize(
    ("asked", "through", "host", "place"),
    [
        ("cdn.test", False, b"cdn.test", "https://cdn.test"),
        ("cdn.test", False, b"api.test", "https://cdn.test:443"),
        ("api.test", False, b"api.test:8443", "https://api.test:8443"),
        ("api.test", True, b"cdn.test", "https://cdn.test"),
        ("cdn.test", True, b"cdn.test", "https://cdn.test"),
    ],
)
def test_another_host_is_known_by_every_name(
    site: Site, asked: str, host: bytes, place: str, *, through: bool
) -> None:
    """By the handshake's, by CONNECT's and by the Host line's."""
    with (
        Recorder(OK, site) as recorder,
        line(recorder, site, through=through, host=asked) as client,
    ):
        client.sendall(b"GET / HTTP/1.1\r\nHost: " + host + b"\r\n\r\n")
        assert all_of(client).startswith(b"HTTP/1.1 403 ")
    assert recorder.faults == [f"request to another host: {place}"]
    assert recorder.calls == []


def test_a_declared_host_line_is_left_to_the_comparison(authority: Authority) -> None:
    site = Site("https://api.test", authority, names_host=True)
    with Recorder(OK, site) as recorder, line(recorder, site, through=True) as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: tenant.test\r\n" + CLOSE)
        assert all_of(client).endswith(b"hello")
    assert recorder.calls[0].values("host") == ["tenant.test"]


@pytest.mark.parametrize(
    "pieces",
    [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",),
        (b"\x16" + os.urandom(3000),),
        (b"\x16\x03\x01\xff\xff" + b"\0" * 70000,),
        (CONNECT, b"\x16\x03\x01\x00\x05hello"),
        (CONNECT, b"\0\0\0\0\r\n"),
        (CONNECT, b"SSH-2.0-client\r\n"),
        (CONNECT, GET + b"\r\n"),
        (b"C",),
        (CONNECT[:-2],),
        (b"CONNECT\r\n\r\n",),
        (b"CONNECT " + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n",),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",),
    ],
)
def test_garbage_is_a_fault_and_the_next_program_is_served(
    site: Site, pieces: tuple[bytes, ...]
) -> None:
    with Recorder(OK, site) as recorder:
        with connect(recorder) as broken:
            for piece in pieces:
                broken.sendall(piece)
                time.sleep(0.02)
            with contextlib.suppress(OSError):  # it may have been shown the door already
                broken.shutdown(socket.SHUT_WR)
                broken.recv(100_000)
        with line(recorder, site, through=True) as client:
            client.sendall(GET + CLOSE)
            assert all_of(client).endswith(b"hello")
    assert (len(recorder.calls), len(recorder.faults)) == (1, 1)


def test_a_line_that_is_left_half_way_does_not_keep_the_recorder(site: Site) -> None:
    started = time.monotonic()
    with Recorder(OK, site) as recorder:
        lines = [connect(recorder) for _ in range(4)]
        led(lines[1])
        lines[2].sendall(b"\x16\x03\x01\x02\x00\x01\x00")
        led(lines[3])
        half = secured(lines[3], site)
        half.sendall(b"POST / HTTP/1.1\r\nHost: api.test\r\nContent-Length: 9\r\n\r\nab")
        time.sleep(0.05)
    assert time.monotonic() - started < 4
    assert len(recorder.faults) == 2  # those that had begun to say something
    for connection in (*lines[:3], half):
        connection.close()


def test_a_reset_within_tls_does_not_kill_the_recorder(site: Site) -> None:
    with Recorder(OK, site) as recorder:
        with connect(recorder) as connection:
            led(connection)
            client = secured(connection, site)
            client.sendall(b"POST / HTTP/1.1\r\nHost: api.test\r\nContent-Length: 9\r\n\r\nab")
            time.sleep(0.05)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.close()
        with line(recorder, site, through=False) as whole:
            whole.sendall(GET + CLOSE)
            assert all_of(whole).endswith(b"hello")
    assert (len(recorder.calls), len(recorder.faults)) == (1, 1)


def test_a_flood_of_calls_and_of_lines_is_cut(site: Site) -> None:
    with Recorder(OK, site) as recorder:
        with line(recorder, site, through=False) as client:
            client.sendall((GET + b"\r\n") * 150)
            assert all_of(client).count(b"hello") == 100
        lines = [connect(recorder) for _ in range(300)]
        time.sleep(0.3)
        for connection in lines:
            connection.close()
    assert len(recorder.calls) == 100
    assert recorder.faults[0] == "more than 100 calls"
    assert set(recorder.faults[1:]) == {"more than 200 connections at a time"}


def test_a_recorder_is_at_one_address_alone(site: Site) -> None:
    with Recorder(OK, site) as recorder:
        for family, address in [(socket.AF_INET, "127.0.0.2"), (socket.AF_INET6, "::1")]:
            with (
                socket.socket(family) as connection,
                pytest.raises(OSError, match="refused"),
            ):
                connection.connect((address, recorder.port))
