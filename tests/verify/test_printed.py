from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from callsheet import clients
from callsheet.verify.printed import check, pieces

from .support import request_of

if TYPE_CHECKING:
    from pathlib import Path

RESULT = clients.find(None, "python", "requests")
BODY = replace(RESULT, prints="body", streams="body")
EVENTS = replace(RESULT, prints="body", streams="events")

JSON = 'response: {json: {a: {b: "é\\n"}, n: 1.50, list: [1, {x: null}]}}'


@pytest.mark.parametrize(
    ("response", "client", "stdout", "right"),
    [
        (f"{JSON}\nprints: a.b", RESULT, "é\n\n", True),
        (f"{JSON}\nprints: a.b", RESULT, "é\n", False),
        (f"{JSON}\nprints: a.b", RESULT, '"é\\n"\n', False),
        (f"{JSON}\nprints: a.b", RESULT, "", False),
        (f"{JSON}\nprints: a.b", RESULT, "é\n\nmore\n", False),
        (f"{JSON}\nprints: n", RESULT, "1.5\n", True),
        (f"{JSON}\nprints: n", RESULT, "1.50", True),
        (f"{JSON}\nprints: n", RESULT, "1.51\n", False),
        (f"{JSON}\nprints: n", RESULT, '"1.50"\n', False),
        (f"{JSON}\nprints: list", RESULT, '[\n  1.0, {"x": null}\n]\n', True),
        (f"{JSON}\nprints: list", RESULT, "[1, {'x': None}]\n", False),
        (f"{JSON}\nprints: list", RESULT, '[{"x": null}, 1]\n', False),
        (f"{JSON}\nprints: list", RESULT, "[1,{}]\n", False),
        (f"{JSON}\nprints: list", RESULT, '[true,{"x":null}]\n', False),
        (f"{JSON}\nprints: list", RESULT, '[1,{"x":null}] done\n', False),
        (f"{JSON}\nprints: a.b", BODY, '{"a":{"b":"é\\n"},"n":1.50,"list":[1,{"x":null}]}', True),
        (f"{JSON}\nprints: a.b", BODY, '{"n":1.5,"list":[1,{"x":null}],"a":{"b":"é\\n"}}', True),
        (f"{JSON}\nprints: a.b", BODY, '{"n":1.5,"list":[1],"a":{"b":"é\\n"}}', False),
        (f"{JSON}\nprints: a.b", BODY, "é\n\n", False),
        ("response: {text: one}", RESULT, "one\n", True),
        ("response: {text: one}", RESULT, "one", True),
        ("response: {text: one}", RESULT, "one\n\n", False),
        ("response: {text: one}", RESULT, "on", False),
        ("response: {status: 204}", RESULT, "", True),
        ("response: {status: 204}", RESULT, "undefined\n", False),
        ("response: {ndjson: [1, {a: 2}]}", BODY, '1\n{"a":2}\n', True),
        ("response: {ndjson: [1, {a: 2}]}", BODY, '[1,{"a":2}]', False),
    ],
)
def test_stdout_is_what_the_example_says_is_printed(
    tmp_path: Path, response: str, client: clients.Client, stdout: str, *, right: bool
) -> None:
    request = request_of(tmp_path, f"auth: none\n{response}")
    differences = check(request, client, stdout.encode(), tmp_path)
    assert [difference.what for difference in differences] == ([] if right else ["stdout"])


def test_a_file_is_saved_and_not_printed(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"\0\xff")
    request = request_of(tmp_path, "auth: none\nresponse: {file: a.bin}")
    assert check(request, BODY, b"", tmp_path) == []
    assert check(request, BODY, b"\0\xff", tmp_path) != []


@pytest.mark.parametrize(
    ("stdout", "right"),
    [(b"", True), (b"\n", True), (b"HTTP/1.1 200 OK\r\n\r\n", True), (b"one\n", False)],
)
def test_a_head_request_has_at_most_a_head_to_show(
    tmp_path: Path, stdout: bytes, *, right: bool
) -> None:
    request = request_of(tmp_path, "auth: none\nresponse: {text: one}", "HEAD /v1/things")
    assert (check(request, BODY, stdout) == []) is right


STREAM = """auth: none
response:
  sse:
    - {d: {t: ""}}
    - {d: {t: 你}}
    - {d: {t: "a b"}}
    - {d: {t: null}}
    - {d: {}}
    - "[DONE]"
prints: d.t
"""
LINES = '{"d":{"t":""}}\n{"d":{"t":"你"}}\n{"d":{"t":"a b"}}\n{"d":{"t":null}}\n{"d":{}}\n'
RAW = "".join(f"data: {line}\n\n" for line in (*LINES.splitlines(), "[DONE]"))


@pytest.mark.parametrize(
    ("client", "stdout", "right"),
    [
        (RESULT, "你a b\n", True),
        (RESULT, "你a b", False),
        (RESULT, "a b你\n", False),
        (RESULT, "你a bnull\n", False),
        (RESULT, "你\na b\n", False),
        (EVENTS, LINES, True),
        (EVENTS, f"{LINES}[DONE]\n", False),
        (EVENTS, LINES.replace("{", "data: {", 1), False),
        (EVENTS, LINES[:-1], False),
        (BODY, RAW, True),
        (BODY, f"{RAW}\n", False),
        (BODY, RAW.replace("data: [DONE]\n\n", ""), False),
    ],
)
def test_a_stream_is_printed_as_its_client_says(
    tmp_path: Path, client: clients.Client, stdout: str, *, right: bool
) -> None:
    request = request_of(tmp_path, STREAM)
    assert (check(request, client, stdout.encode()) == []) is right


@pytest.mark.parametrize("client", [RESULT, EVENTS])
@pytest.mark.parametrize(
    ("stdout", "right"),
    [(LINES, True), (f"{LINES}[DONE]\n", True), (f"{LINES}[DONE]\n[DONE]\n", False), ("", False)],
)
def test_without_prints_a_stream_is_shown_line_by_line(
    tmp_path: Path, client: clients.Client, stdout: str, *, right: bool
) -> None:
    request = request_of(tmp_path, STREAM.replace("prints: d.t\n", ""))
    assert (check(request, client, stdout.encode()) == []) is right


def test_the_pieces_of_a_stream_are_what_each_event_prints(tmp_path: Path) -> None:
    request = request_of(tmp_path, STREAM)
    assert pieces(request, RESULT) == [b"", "你".encode(), b"a b", b"", b"", b""]
    assert pieces(request, EVENTS)[-1] == b""
    assert pieces(request, BODY)[-1] == b"data: [DONE]\n\n"


def test_an_event_of_several_lines_is_shown_with_them(tmp_path: Path) -> None:
    request = request_of(tmp_path, 'auth: none\nresponse: {sse: ["a\\nb", {"data": "c"}]}')
    assert check(request, EVENTS, b"a\nb\nc\n") == []
    assert check(request, BODY, b"data: a\ndata: b\n\ndata: c\n\n") == []
