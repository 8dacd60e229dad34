"""HTTP for a Stage, on this machine alone: its files, and news of what becomes of them.

Files are looked up by name in a table: no path of a request ever reaches the disk.
"""

from __future__ import annotations

import json
import os
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from callsheet.errors import UsageError
from callsheet.serve.notices import notice, text
from callsheet.serve.policy import equipped

if TYPE_CHECKING:
    from callsheet.serve.site import Site
    from callsheet.serve.stage import Stage

HOST = "127.0.0.1"
#: The names under which a browser reaches it. Any other is a stranger's who points his own name
#: at this machine, to read what is served here (DNS rebinding).
_NAMES = {"localhost", "127.0.0.1", "[::1]"}
_FIRST, _TRIES = 8000, 50
_NEWS = "_callsheet/news"
#: Seconds between two signs of life, by which a browser that went away is noticed.
_PULSE = 15.0
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}


class Server(ThreadingHTTPServer):
    """Answers from a stage, each request in a thread of its own."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = os.name == "posix"  # elsewhere it would take a port that is in use

    def __init__(self, stage: Stage, port: int) -> None:
        super().__init__((HOST, port), _Handler)
        self.stage = stage

    @property
    def url(self) -> str:
        """Where it is reached."""
        return f"http://{HOST}:{self.server_address[1]}/"

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401  theirs
        """A browser that goes away is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def opened(stage: Stage, port: int | None) -> Server:
    """A server that listens.

    Args:
        stage: What it serves.
        port: To listen on; 0 is any free one, None the first free one from 8000 on.

    Raises:
        UsageError: The port cannot be had.
    """
    for choice in range(_FIRST, _FIRST + _TRIES) if port is None else (port,):
        try:
            return Server(stage, choice)
        except OSError as error:
            reason = error.strerror
        except OverflowError:
            reason = "ports end at 65535"
    raise UsageError(f"port {choice} cannot be had: {reason}; `--port 0` takes any free one")


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "callsheet"
    sys_version = ""

    def do_GET(self) -> None:
        """A file, a page or the news."""
        if not self._is_ours():
            self._send(HTTPStatus.FORBIDDEN, b"This server answers to localhost alone.\n", "a.txt")
            return
        try:
            url = urlsplit(self.path)
        except ValueError as error:
            self._send(HTTPStatus.BAD_REQUEST, f"{error}\n".encode(), "a.txt")
            return
        path = unquote(url.path).removeprefix("/")
        if path == _NEWS:
            self._tell(parse_qs(url.query).get("page", [""])[0])
        else:
            self._answer(path, self.server.stage.site)

    do_HEAD = do_GET  # noqa: N815  `_send` leaves the body out

    def _is_ours(self) -> bool:
        host = self.headers.get("Host", "")
        return host.rpartition(":")[0] in _NAMES or host in _NAMES

    def _answer(self, path: str, site: Site) -> None:
        if path in site.files:
            self._send(HTTPStatus.OK, site.files[path], path)
        elif site.is_folder(path):
            front = site.front(path, self._languages())
            if front:
                self._redirect(f"/{quote(front.path)}")
            else:
                status = HTTPStatus.OK if site.pages else HTTPStatus.SERVICE_UNAVAILABLE
                self._show(status, notice("Pages", site, path), path)
        elif site.is_folder(f"{path}/"):
            self._redirect(f"/{quote(path)}/")
        else:
            self._show(HTTPStatus.NOT_FOUND, notice(f"There is no /{path}", site), path)

    def _languages(self) -> list[str]:
        """What the reader reads, the best first (RFC 9110, section 12.5.4)."""
        found = []
        for part in self.headers.get("Accept-Language", "").split(","):
            tag, _, weight = part.strip().partition(";q=")
            try:
                found.append((-float(weight or 1), tag.strip()))
            except ValueError:
                continue
        return [tag for _, tag in sorted(found, key=lambda entry: entry[0]) if tag]

    def _show(self, status: HTTPStatus, page: bytes, path: str) -> None:
        digest = self.server.stage.site.digest(path)
        data = equipped(page, text("client.js"), page=path, digest=digest)
        self._send_bytes(status, data, "text/html; charset=utf-8")

    def _send(self, status: HTTPStatus, content: bytes, path: str) -> None:
        kind = _TYPES.get(os.path.splitext(path)[1], "text/plain")  # noqa: PTH122  a URL's
        if kind == "text/html":
            self._show(status, content, path)
        else:
            charset = "" if kind.startswith("image/") else "; charset=utf-8"
            self._send_bytes(status, content, kind + charset)

    def _send_bytes(self, status: HTTPStatus, content: bytes, kind: str) -> None:
        self._begin(status, {"Content-Type": kind, "Content-Length": str(len(content))})
        if self.command != "HEAD":
            self.wfile.write(content)

    def _redirect(self, place: str) -> None:
        self._begin(HTTPStatus.FOUND, {"Location": place, "Content-Length": "0"})

    def _begin(self, status: HTTPStatus, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()

    def _tell(self, page: str) -> None:
        """Server-sent events: at once what a page is like now, then each change of it."""
        self.close_connection = True
        self._begin(HTTPStatus.OK, {"Content-Type": "text/event-stream", "Connection": "close"})
        number, told = -1, ""
        while self.command != "HEAD":
            number, site = self.server.stage.next(number, _PULSE)
            news = json.dumps({"digest": site.digest(page), "fault": site.fault})
            self.wfile.write(f"retry: 500\ndata: {news}\n\n".encode() if news != told else b":\n\n")
            told = news

    def log_message(self, *_: Any) -> None:  # noqa: ANN401  theirs
        """The terminal is for what is built."""
