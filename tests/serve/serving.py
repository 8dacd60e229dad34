"""`callsheet serve` in a process of its own, and a browser's tab that looks at it."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from support import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from http.client import HTTPResponse
    from pathlib import Path

    from playwright.sync_api import Browser

#: Seconds that anything may take on a machine that is busy.
PATIENCE = 20.0


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def until(holds: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.02)


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "callsheet", "serve", *words]


def environment(cache: Path) -> dict[str, str]:
    paths = {"PYTHONPATH": str(ROOT / "generator"), "CALLSHEET_CACHE": str(cache)}
    return {**os.environ, **paths, "NO_COLOR": "1"}


class Serving:
    """A server that runs until the block ends."""

    def __init__(self, folder: Path, cache: Path, words: tuple[str, ...]) -> None:
        self.lines: list[str] = []
        self._process = subprocess.Popen(
            command("--port", "0", *words),
            cwd=folder,
            env=environment(cache),
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        until(lambda: self.url != "" or self._process.poll() is not None, "the URL")
        assert self.url, self.said

    def _listen(self) -> None:
        assert self._process.stderr
        with self._process.stderr as stream:
            for line in stream:
                self.lines.append(line)

    @property
    def said(self) -> str:
        """What it wrote to the terminal."""
        return "".join(self.lines)

    @property
    def url(self) -> str:
        said = [line for line in self.lines if line.startswith("serving ")]
        return said[0].split()[1] if said else ""

    @property
    def port(self) -> int:
        return urlsplit(self.url).port or 0

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
        """An answer and its body; the path goes out as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with closing(connection):
            connection.putrequest(method, path)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            answer = connection.getresponse()
            return answer, answer.read()

    def interrupt(self) -> int:
        """Ctrl+C; its exit status."""
        self._process.send_signal(signal.SIGINT)
        self._listener.join(PATIENCE)
        return self._process.wait(PATIENCE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            assert self.interrupt() == 0, self.said
        assert "Traceback" not in self.said


class Tab:
    """A page of the server in a window; it must not complain."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._context = browser.new_context(viewport={"width": 1280, "height": 800})
        self.page = self._context.new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._note)
        self.page.goto(address)

    def _note(self, message: Any) -> None:
        missing = "status of 404" in message.text or "status of 503" in message.text
        if message.type in ("error", "warning") and not missing:
            self.complaints.append(message.text)

    def shows(self, text: str) -> None:
        """Waits until the page says something."""
        self.page.get_by_text(text).first.wait_for(timeout=1000 * PATIENCE)

    @property
    def alert(self) -> Any:
        return self.page.get_by_role("alert")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._context.close()
        assert not self.complaints, "\n".join(self.complaints)
