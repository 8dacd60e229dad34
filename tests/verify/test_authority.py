from __future__ import annotations

import hashlib
import ssl
import struct
from typing import TYPE_CHECKING

import pytest

from callsheet.verify.authority import Authority, trust_store
from callsheet.verify.recorder import Recorder
from callsheet.verify.site import Site

from .wire import OK, all_of, connect

if TYPE_CHECKING:
    from pathlib import Path


def trusting(authority: Authority, *protocols: str) -> ssl.SSLContext:
    """A client that trusts this authority and no other."""
    context = ssl.create_default_context(cafile=str(authority.pem))
    context.set_alpn_protocols(list(protocols))
    return context


def asked(authority: Authority, host: str, client: ssl.SSLContext) -> str | None:
    """The protocol that a client and a recorder agree on, once a certificate is checked."""
    site = Site(f"https://{host}", authority)
    with Recorder(OK, site) as recorder, connect(recorder) as connection:
        with client.wrap_socket(connection, server_hostname=host) as secured:
            secured.sendall(f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
            assert all_of(secured).endswith(b"hello")
            protocol = secured.selected_alpn_protocol()
        assert recorder.faults == []
    return protocol


@pytest.mark.parametrize(
    "host",
    ["api.test", "API.Test", "a.b.c.test", "xn--bcher-kva.test", "192.0.2.1"],
)
def test_any_host_is_signed_for(tmp_path: Path, host: str) -> None:
    authority = Authority(tmp_path)
    assert asked(authority, host, trusting(authority)) is None


def test_http_1_1_is_the_only_protocol(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    client = trusting(authority, "h2", "http/1.1")
    assert asked(authority, "api.test", client) == "http/1.1"


def test_who_does_not_trust_the_authority_does_not_reach_the_recorder(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for stranger in (trusting(Authority(other)), ssl.create_default_context()):
        with pytest.raises(ssl.SSLCertVerificationError):
            asked(Authority(tmp_path), "api.test", stranger)


def test_a_host_that_no_certificate_can_name_is_not_signed_for(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    assert authority.signs("api.test")
    assert not authority.signs("my_api.test")
    site = Site("https://api.test", authority)
    with (
        Recorder(OK, site) as recorder,
        connect(recorder) as connection,
        pytest.raises(ssl.SSLError, match=r"(?i)unrecognized.name"),
    ):
        trusting(authority).wrap_socket(connection, server_hostname="my_api.test")
    assert len(recorder.faults) == 1


def test_a_certificate_is_made_once_for_a_host(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    assert authority.context("api.test") is authority.context("API.test")
    assert authority.context("api.test") is not authority.context("b.test")


def test_what_is_written_lets_programs_trust_and_holds_no_key(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    authority.context("api.test")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["ca.jks", "ca.pem", "none"]
    assert b"PRIVATE KEY" not in authority.pem.read_bytes()
    assert list(authority.none.iterdir()) == []


def test_the_trust_store_holds_the_certificate(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    der = ssl.PEM_cert_to_DER_cert(authority.pem.read_text())
    store, check = authority.jks.read_bytes()[:-20], authority.jks.read_bytes()[-20:]
    assert authority.jks.read_bytes() == trust_store(der)
    assert store.endswith(struct.pack(">I", len(der)) + der)
    salt = "changeit".encode("utf-16-be") + b"Mighty Aphrodite"
    assert hashlib.sha1(salt + store).digest() == check
