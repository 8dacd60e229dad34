"""A small spec to verify, in whole processes as a user runs them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from callsheet import cache

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[1]
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
"""
ADD_LAMP_LINE = 14
#: The printed cURL template, which drops the last header.
SHIPPED = (ROOT / "templates/curl/curl.sh.jinja").read_text()
DROPS = SHIPPED.replace(
    "request.headers | with_type(body)", "request.headers[:1] | with_type(body)"
)
CURL = ("--language", "curl")
Done = subprocess.CompletedProcess[str]


def set_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a spec, and a cache of its own that has the clients of the user's."""
    clients = cache.folder() / "clients"
    clients.mkdir(parents=True, exist_ok=True)
    (folder / ".cache").mkdir()
    (folder / ".cache/clients").symlink_to(clients)
    (folder / "shop.yaml").write_text(SPEC)
    assert DROPS != SHIPPED
    (folder / "mine/curl").mkdir(parents=True)
    (folder / "mine/curl/curl.sh.jinja").write_text(DROPS)
    monkeypatch.setenv("CALLSHEET_CACHE", str(folder / ".cache"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "generator"))
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.chdir(folder)
    return folder


def verify(*words: str, **environment: str) -> Done:
    return subprocess.run(
        [sys.executable, "-m", "callsheet", "verify", "shop.yaml", *words],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def cells(report: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(report.read_text())["cells"]
    return found


def join(*words: str) -> Done:
    command = [sys.executable, "-m", "callsheet", "verify-join", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def without(tool: str, home: Path) -> str:
    """A PATH that has all but one tool."""
    folder = home / "tools"
    folder.mkdir()
    for name in ("sh", "bash", "curl", "python3"):
        found = shutil.which(name)
        if name != tool and found:
            (folder / name).symlink_to(found)
    return str(folder)


def logged(home: Path) -> tuple[str, Path]:
    """A PATH on which cURL notes each call that is no question for its version."""
    folder, log = home / "logged", home / "calls"
    folder.mkdir()
    tool = folder / "curl"
    tool.write_text(
        f'#!/bin/sh\n[ "$1" = --version ] || echo x >> {log}\nexec {shutil.which("curl")} "$@"\n'
    )
    tool.chmod(0o755)
    return f"{folder}:{os.environ['PATH']}", log
