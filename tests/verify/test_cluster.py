"""`--scheduler`: a real Dask cluster of two workers, each a process of its own."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SPEC = """\
callsheet: 1
title: Shop
server: https://api.shop.example
endpoints:
  items:
    request: GET /items
    examples:
"""
#: Enough for six chunks.
EXAMPLES = 60


@dataclass(frozen=True, slots=True)
class Dask:
    """A scheduler and its workers."""

    address: str
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Dask]:
    file = tmp_path / "scheduler.json"
    common = ["--scheduler-file", str(file)]
    dask = [sys.executable, "-m", "dask"]
    quiet = ["--no-dashboard", "--host", "127.0.0.1"]
    with ExitStack() as stack:
        words = [*dask, "scheduler", *common, "--port", "0", *quiet]
        started = [stack.enter_context(quietly(words, tmp_path))]
        wait_for(file.exists)
        words = [*dask, "worker", *common, "--nthreads", "1", "--no-nanny", *quiet]
        started += [stack.enter_context(quietly(words, tmp_path)) for _ in range(2)]
        try:
            yield Dask(json.loads(file.read_text())["address"], started[1:])
        finally:
            for process in started:
                process.kill()


def quietly(words: list[str], folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


def children(pid: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(stat.parent.name))
    return found


def start(folder: Path, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "callsheet", "verify", "shop.yaml", "--no-cache", *words]
    return subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_a_worker_that_is_killed_loses_nothing_and_nothing_counts_twice(
    dask: Dask, tmp_path: Path
) -> None:
    examples = "".join(f"      e{n}: {{response: {{json: {{}}}}}}\n" for n in range(EXAMPLES))
    (tmp_path / "shop.yaml").write_text(SPEC + examples)
    words = ["--language", "curl", "--language", "php", "--report", "report.json"]
    with start(tmp_path, *words, "--scheduler", dask.address) as run:
        assert run.stderr
        first = run.stderr.readline()
        assert first.startswith("passed ")
        victim = dask.workers[0]
        # It has a process that verifies, so it holds a chunk.
        wait_for(lambda: children(victim.pid))
        held = children(victim.pid)
        os.kill(victim.pid, signal.SIGKILL)
        out, err = run.communicate(timeout=120)
    assert run.returncode == 0, out + err
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in held))
    report = json.loads((tmp_path / "report.json").read_text())
    names = [f"{cell['example']}/{cell['language']}/{cell['client']}" for cell in report["cells"]]
    expected = {f"e{n}/{sender}" for n in range(EXAMPLES) for sender in ("curl/curl", "php/curl")}
    assert sorted(names) == sorted(expected)
    assert Counter(cell["status"] for cell in report["cells"]) == {"passed": 2 * EXAMPLES}
    seen = re.findall(r"^passed +(\S+)", first + err, re.MULTILINE)
    assert sorted(seen) == sorted(expected)


def test_a_fault_is_told_as_it_is_without_a_cluster(dask: Dask, tmp_path: Path) -> None:
    example = "      one: {response: {json: {}}}\n"
    (tmp_path / "shop.yaml").write_text(SPEC + example)
    mine = tmp_path / "mine" / "curl"
    mine.mkdir(parents=True)
    head = '{#-\ntitle: mine\nruntime: "7"\n-#}\n'
    (mine / "mine.sh.jinja").write_text(head + "curl {{ request.url | lit }}/other\n")
    words = ["--templates", str(tmp_path / "mine"), "--client", "curl/mine"]
    with start(tmp_path, *words, "--scheduler", dask.address) as run:
        out, err = run.communicate(timeout=120)
    assert run.returncode == 1, out + err
    assert "/items/other" in out


@pytest.mark.parametrize("address", ["nonsense://x", "tcp://127.0.0.1:1", "tcp://", "no address"])
def test_an_address_where_nobody_answers_is_a_fault_of_use(address: str, tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(SPEC + "      one: {response: {json: {}}}\n")
    with start(tmp_path, "--language", "curl", "--scheduler", address) as run:
        _, err = run.communicate(timeout=120)
    assert run.returncode == 2
    assert f"no scheduler answers at {address}" in err
    assert "Traceback" not in err
