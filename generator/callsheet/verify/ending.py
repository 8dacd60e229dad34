"""How a program ended, and what it wrote, to Differences: of a good answer and of a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.verify.answers import answer
from callsheet.verify.differences import Difference, differ, shown
from callsheet.verify.printed import check
from callsheet.verify.tolerances import tolerated

if TYPE_CHECKING:
    from pathlib import Path

    from callsheet.clients import Client
    from callsheet.request import Request
    from callsheet.spec.model import Response
    from callsheet.verify.process import Run

#: Where servers write what is wrong: RFC 9457 and what most APIs do.
_MESSAGES = ("message", "detail", "title", "error_description", "error", "errors")


def ending(request: Request, client: Client, run: Run, root: Path) -> list[Difference]:
    """Everything in which a program's end is not what the declared answer asks for.

    Args:
        request: The call with its response.
        client: Who made it.
        run: The program's end.
        root: Folder of the spec, which a response's file lies in.
    """
    if not request.response.refuses:
        return [
            *differ("exit status", 0, run.status),
            *check(request, client, run.stdout, root),
        ]
    body = b"" if request.method == "HEAD" else answer(request.response, root).body
    shows = tolerated("stdout", "a refusal's body", client) and run.stdout in (body, body + b"\n")
    heads = request.method == "HEAD" and run.stdout.startswith(b"HTTP/1.1 ")
    printed = [] if shows or heads else differ("stdout", b"", run.stdout)
    complaint = run.stderr + (run.stdout if shows else b"")
    bytes_alone = not _is_text(body) and tolerated("stdout", "a refusal's bytes", client)
    if complaint.strip() and bytes_alone:
        return [*_status(run), *printed]
    return [*_status(run), *printed, *_told(request.response, body, complaint)]


def _is_text(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def _status(run: Run) -> list[Difference]:
    return [] if run.status else [Difference("exit status", "a failure's", "0")]


def _told(response: Response, body: bytes, complaint: bytes) -> list[Difference]:
    """The server's message, or all of the answer, must have been written."""
    message = _message(response.content) if response.kind == "json" else None
    wanted = [body.strip(), *([message.encode("utf-8", "surrogatepass")] if message else [])]
    if any(text in complaint for text in wanted):
        return []
    return [Difference("stderr", shown(message or body), shown(complaint))]


def _message(content: object) -> str | None:
    """The text that a person is told, however deep it lies."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return next(filter(None, map(_message, content)), None)
    if not isinstance(content, dict):
        return None
    return next(filter(None, (_message(content.get(key)) for key in _MESSAGES)), None)
