"""How the server starts and ends."""

from __future__ import annotations

import socket
import subprocess
import sys
from typing import TYPE_CHECKING, NoReturn

import pytest

from callsheet.errors import UsageError
from callsheet.options import Options
from callsheet.serve import server
from callsheet.serve.stage import Stage
from serve.serving import command, environment

if TYPE_CHECKING:
    from pathlib import Path

    from serve.conftest import Serve


def started(home: Path, cache: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*words),
        cwd=home,
        env=environment(cache),
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )


def test_ctrl_c_ends_it_well(serve: Serve) -> None:
    opened = serve()
    assert opened.interrupt() == 0
    assert opened.said.endswith("stopped\n")


def test_a_port_that_is_taken_says_the_way_out(home: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = started(home, tmp_path / "cache", "shop.yaml", "--port", port)
    assert done.returncode == 2
    assert f"port {port} cannot be had" in done.stderr
    assert "`--port 0`" in done.stderr


def test_without_a_port_the_next_free_one_is_taken() -> None:
    with server.opened(Stage(), None) as first, server.opened(Stage(), None) as second:
        assert 8000 <= first.server_address[1] < second.server_address[1] < 8050


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nothing.yaml"], "there is no nothing.yaml"),
        (["shop.yaml", "--format", "markdown"], "format `markdown` is not HTML"),
        (["shop.yaml", "--format", "htm"], "did you mean `html`?"),
        (["shop.yaml", "--language", "cobol"], "unknown language `cobol`"),
    ],
)
def test_what_cannot_be_served_is_said(
    home: Path, tmp_path: Path, words: list[str], message: str
) -> None:
    done = started(home, tmp_path / "cache", *words)
    assert done.returncode == 2
    assert message in done.stderr


def _never(*_: object) -> NoReturn:
    pytest.fail("nothing is built")


def test_without_watchfiles_it_says_what_to_install(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from callsheet import serve

    monkeypatch.setitem(sys.modules, "watchfiles", None)
    monkeypatch.delitem(sys.modules, "callsheet.serve.watch", raising=False)
    monkeypatch.delattr(serve, "watch", raising=False)
    with pytest.raises(UsageError, match=r"pip install 'callsheet\[serve\]'"):
        serve.run([home / "shop.yaml"], _never, Options(), serve.Ask())
