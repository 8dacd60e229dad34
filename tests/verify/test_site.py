from __future__ import annotations

import socket

import pytest

from callsheet.verify.authority import Authority
from callsheet.verify.site import Site


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


def placed(origin: str, authority: Authority) -> tuple[str, int]:
    """What a program must name, and the port of the recorder."""
    listener, site = Site(origin, authority).listen()
    with listener:
        address, port = listener.getsockname()
        assert address == "127.0.0.1"
        return site.origin, port


def free(address: str = "127.0.0.1") -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return socket.create_server((address, 0), family=family)


@pytest.mark.parametrize(
    "origin",
    ["https://api.test", "https://API.test:8443", "https://192.0.2.1", "https://127.0.0.test"],
)
def test_a_https_origin_stays_as_it_is(origin: str, authority: Authority) -> None:
    assert placed(origin, authority)[0] == origin


@pytest.mark.parametrize(
    ("origin", "scheme"),
    [
        ("http://api.test", "http://127.0.0.1"),
        ("http://localhost:8080", "http://127.0.0.1"),
        ("__DOCS_API_ORIGIN__", "http://127.0.0.1"),
        ("{{origin}}", "http://127.0.0.1"),
        ("https://[::1]:8443", "https://localhost"),
        ("https://127.0.0.2", "https://localhost"),
        ("https://my_api.test", "https://localhost"),
    ],
)
def test_what_cannot_be_led_becomes_the_recorders_address(
    origin: str, scheme: str, authority: Authority
) -> None:
    named, port = placed(origin, authority)
    assert named == f"{scheme}:{port}"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_on_loopback_the_documented_port_is_taken_where_it_is_free(
    host: str, authority: Authority
) -> None:
    with free() as other:
        port = other.getsockname()[1]
    assert placed(f"https://{host}:{port}", authority) == (f"https://{host}:{port}", port)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "0.0.0.0"])
def test_a_port_that_is_someones_is_left_to_him(address: str, authority: Authority) -> None:
    with free(address) as other:
        documented = other.getsockname()[1]
        named, port = placed(f"https://localhost:{documented}", authority)
    assert port != documented
    assert named == f"https://localhost:{port}"
