"""A project that is verified by pytest: its spec has a cell of every status."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet.verify import fence
from shop import DROPS, set_up

if TYPE_CHECKING:
    import pytest

    from callsheet.verify.fence import Fence

SPEC = """\
callsheet: 1
title: Shop
server: https://api.shop.example
auth: {key: {scheme: bearer, env: SHOP_KEY}}
endpoints:
  items:
    request: POST /items
    auth: key
    headers: {X-Trace: "7"}
    examples:
      add-item:
        body: {json: {price: 1.10}}
        response: {json: {id: 7}}
      add-lamp:
        body: {json: {name: lamp}}
        response: {json: {id: 8}}
        known_failures: [{language: curl, reason: a header is lost, until: 2999-12-31}]
      say-hello:
        body: {text: hello}
        response: {json: {id: 9}}
"""
#: A client of Python that needs no package.
URLLIB = """\
{#-
title: urllib
link: https://docs.python.org/3/library/urllib.request.html
runtime: "3.8"
cannot: {body-text: plain text is left out}
-#}
import os
import urllib.request

call = urllib.request.Request(
    {{ request.url | lit }},
    data={{ request.body | payload }},
    headers={{ request.headers | with_type(request.body) | headers }},
)
with urllib.request.urlopen(call) as response:
    print(response.read().decode())
"""
CLIENTS = ("curl/curl", "python/urllib", "php/curl")
PYTHON, CURL, PHP = ((client,) for client in ("python/urllib", "curl/curl", "php/curl"))
#: Loaded for nothing, in many runs.
_NOT_NEEDED = ("-p", "no:hypothesispytest", "-p", "no:pytest-subprocess", "-p", "no:anyio")
#: With the wrong template of cURL, and without PHP.
FOUND = {
    "add-item/curl/curl": "failed",
    "add-item/python/urllib": "passed",
    "add-item/php/curl": "unavailable",
    "add-lamp/curl/curl": "expected-failure",
    "add-lamp/python/urllib": "passed",
    "add-lamp/php/curl": "unavailable",
    "say-hello/curl/curl": "failed",
    "say-hello/python/urllib": "unsupported",
    "say-hello/php/curl": "unavailable",
}


def words(
    *more: str, clients: tuple[str, ...] = CLIENTS, prefix: str = "--callsheet-"
) -> list[str]:
    """The options of pytest, or of `callsheet verify`, for these clients."""
    chosen = (word for client in clients for word in (f"{prefix}client", client))
    return ["shop.yaml", f"{prefix}templates", "mine", *chosen, *more]


def project(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project; its own template of cURL drops the last header."""
    set_up(folder, monkeypatch)
    monkeypatch.delenv("CI", raising=False)
    (folder / "shop.yaml").write_text(SPEC)
    assert (folder / "mine/curl/curl.sh.jinja").read_text() == DROPS
    (folder / "mine/python").mkdir()
    (folder / "mine/python/urllib.py.jinja").write_text(URLLIB)
    return folder


def statuses(junit: Path) -> dict[str, str]:
    """The status of each cell, of what pytest wrote for build servers."""
    root = ET.parse(junit).getroot()
    return {case.attrib["name"]: _status(case) for case in root.iter("testcase")}


def _status(case: ET.Element) -> str:
    skipped = case.find("skipped")
    if skipped is not None:
        return skipped.attrib["message"].partition(":")[0]
    return "passed" if case.find("failure") is None else "failed"


def run(pytester: pytest.Pytester, *more: str) -> pytest.RunResult:
    """pytest as a user runs it."""
    return pytester.runpytest_subprocess(*_NOT_NEEDED, *more)


def counts(done: pytest.RunResult) -> dict[str, str]:
    """What the closing line counts."""
    closing = done.outlines[-1].partition(" in ")[0]
    return {word: number for number, word in re.findall(r"(\d+) ([\w-]+)", closing)}


def quiet(done: pytest.RunResult) -> str:
    """What pytest wrote, which is no traceback of ours."""
    said = done.stdout.str() + done.stderr.str()
    assert "Traceback" not in said
    assert "callsheet/pytest_plugin" not in said
    return said


def without_networks(_: Fence, asked: list[str]) -> tuple[int, str]:
    """What pytest says where the system allows no more networks, in this user namespace alone."""
    fence.make("user")
    Path("/proc/sys/user/max_net_namespaces").write_text("0")
    command = [sys.executable, "-m", "pytest", *_NOT_NEEDED, *asked]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr
