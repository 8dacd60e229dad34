"""Good and bad ends of a program that is refused, and of one that is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callsheet import clients
from callsheet.verify.ending import ending
from callsheet.verify.process import Run

from .support import request_of

if TYPE_CHECKING:
    from pathlib import Path

GOOD = "auth: none\nresponse: {text: done}"
REFUSED = "auth: none\nresponse: {status: 401, json: {error: {message: invalid key}}}"
BODY = b'{"error":{"message":"invalid key"}}'


def found(
    folder: Path, example: str, status: int, out: bytes, err: bytes, client: str = "python/requests"
) -> list[str]:
    request = request_of(folder, example, "GET /v1/things")
    run = Run(out, err, status, 0.1, ())
    language, _, key = client.partition("/")
    differences = ending(request, clients.find(None, language, key), run, folder)
    return [difference.what for difference in differences]


@pytest.mark.parametrize(
    ("status", "out", "places"),
    [
        (0, b"done\n", []),
        (1, b"done\n", ["exit status"]),
        (-9, b"done\n", ["exit status"]),
        (0, b"", ["stdout"]),
    ],
)
def test_a_good_answer_is_printed_and_the_program_ends_well(
    tmp_path: Path, status: int, out: bytes, places: list[str]
) -> None:
    assert found(tmp_path, GOOD, status, out, b"") == places


@pytest.mark.parametrize(
    ("status", "out", "err", "places"),
    [
        (1, b"", b"HTTP 401: " + BODY, []),
        (134, b"", b"AuthenticationError: invalid key\n  at main", []),
        (0, b"", BODY, ["exit status"]),
        (1, b"", b"HTTP 401", ["stderr"]),
        (1, BODY, b"HTTP 401", ["stdout", "stderr"]),
        (1, b"ph_1\n", BODY, ["stdout"]),
        (0, BODY, b"", ["exit status", "stdout", "stderr"]),
    ],
)
def test_a_refused_program_fails_and_says_what_the_server_said(
    tmp_path: Path, status: int, out: bytes, err: bytes, places: list[str]
) -> None:
    assert found(tmp_path, REFUSED, status, out, err) == places


def test_curl_shows_the_body_of_a_refusal_where_it_shows_every_body(tmp_path: Path) -> None:
    assert found(tmp_path, REFUSED, 22, BODY, b"", "curl/curl") == []
    assert found(tmp_path, REFUSED, 22, b"other", b"", "curl/curl") == ["stdout", "stderr"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("text: closed for today", b"closed for today"),
        ('json: {errors: [{detail: "too many"}]}', b"too many"),
        ("json: {title: Gone, status: 410}", b"Gone"),
        ("json: [1]", b"[1]"),
    ],
)
def test_the_message_is_found_where_servers_put_it(
    tmp_path: Path, content: str, message: bytes
) -> None:
    example = f"auth: none\nresponse: {{status: 410, {content}}}"
    assert found(tmp_path, example, 1, b"", b"error: " + message) == []
    assert found(tmp_path, example, 1, b"", b"error") == ["stderr"]


def test_of_a_refusal_that_is_no_text_something_is_said(tmp_path: Path) -> None:
    (tmp_path / "no.png").write_bytes(b"\x89PNG\r\n\x00\xff")
    example = "auth: none\nresponse: {status: 404, file: no.png, type: image/png}"
    assert found(tmp_path, example, 1, b"", "HTTP 404: \ufffdPNG".encode()) == []
    assert found(tmp_path, example, 1, b"", b"\n") == ["stderr"]
    assert found(tmp_path, example, 1, b"PNG", b"HTTP 404") == ["stdout"]
    assert found(tmp_path, example, 0, b"", b"HTTP 404") == ["exit status"]


def test_a_message_with_a_lone_surrogate_is_told_by_the_answer_itself(tmp_path: Path) -> None:
    example = """auth: none\nresponse: {status: 400, json: {message: !json '"\\ud800"'}}"""
    assert found(tmp_path, example, 1, b"", b'HTTP 400: {"message":"\\ud800"}') == []
    assert found(tmp_path, example, 1, b"", b"HTTP 400") == ["stderr"]
