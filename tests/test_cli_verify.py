"""`callsheet verify` as a user runs it: whole processes, real runtimes, a real exit status."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from shop import CURL, SHIPPED, SPEC, cells, logged, set_up, verify, without

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return set_up(tmp_path, monkeypatch)


def test_every_printed_snippet_is_proven(home: Path) -> None:
    done = verify(*CURL, "--language", "python", "--report", "out/all.json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 cells: 4 passed" in done.stdout
    found = cells(home / "out/all.json")
    assert [(cell["example"], cell["language"], cell["client"]) for cell in found] == [
        ("add-item", "curl", "curl"),
        ("add-item", "python", "requests"),
        ("add-lamp", "curl", "curl"),
        ("add-lamp", "python", "requests"),
    ]
    assert {(cell["status"], cell["level"]) for cell in found} == {("passed", "matched")}
    assert found[0]["versions"]["curl"]
    # Without a terminal, each cell is a line of stderr, in the order of the spec.
    assert [line.split()[1] for line in done.stderr.splitlines()] == [
        f"{cell['example']}/{cell['language']}/{cell['client']}" for cell in found
    ]


def test_a_wrong_snippet_fails_and_the_difference_is_named(home: Path) -> None:
    done = verify(*CURL, "--templates", "mine", "--report", "junit:out.xml", "--keep", "kept")
    assert done.returncode == 1
    assert "add-item" in done.stdout
    assert "header x-trace" in done.stdout
    assert "['7']" in done.stdout
    assert "curl" in done.stdout
    assert "header x-trace" in (home / "out.xml").read_text()
    folder = home / "kept/add-lamp/curl.curl"
    assert "header x-trace" in (folder / "findings.txt").read_text()
    assert os.access(folder / "run.sh", os.X_OK)


def test_a_kept_program_runs_as_it_is_printed(home: Path) -> None:
    words = ("--example", "add-item", "--templates", "mine")
    assert verify(*CURL, *words, "--keep", "kept").returncode == 1
    shown = subprocess.run(
        [sys.executable, "-m", "callsheet", "show", "shop.yaml", "add-item", *words[2:]],
        capture_output=True,
        check=True,
    )
    folder = home / "kept/add-item/curl.curl"
    programs = [path for path in folder.iterdir() if path.name not in {"run.sh", "findings.txt"}]
    assert [path.read_bytes() for path in programs] == [shown.stdout]
    # A stand-in for cURL shows with what the script calls it.
    (home / "bin").mkdir()
    (home / "bin/curl").write_text('#!/bin/sh\necho "$@"\n')
    (home / "bin/curl").chmod(0o755)
    path = f"{home / 'bin'}:{os.environ['PATH']}"
    environment = {"PATH": path, "SHOP_KEY": "mine"}
    said = subprocess.run([folder / "run.sh"], env=environment, capture_output=True, check=True)
    assert b"https://api.shop.example/items" in said.stdout
    assert b"Bearer mine" in said.stdout


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ((), 0),
        (("--require", "python"), 0),
        (("--require", "all"), 1),
        (("--require", "python,curl"), 1),
    ],
)
def test_a_missing_runtime_is_no_pass_and_fails_where_it_is_required(
    home: Path, words: tuple[str, ...], status: int
) -> None:
    verify(*CURL)  # what was proven with the runtime proves nothing without it
    done = verify(*CURL, *words, "--report", "out.json", PATH=without("curl", home))
    assert done.returncode == status, done.stdout
    assert {cell["status"] for cell in cells(home / "out.json")} == {"unavailable"}
    assert "`curl`, which runs cURL, is not on PATH" in done.stdout


def test_fail_fast_stops_at_the_first_failure(home: Path) -> None:
    words = (*CURL, "--templates", "mine", "--jobs", "1", "--report", "out.json")
    assert verify(*words).returncode == 1
    assert len(cells(home / "out.json")) == 2
    done = verify(*words, "--fail-fast")
    assert done.returncode == 1
    assert [cell["example"] for cell in cells(home / "out.json")] == ["add-item"]
    assert "it stopped at the first failure; cells not verified: 1" in done.stdout


def test_what_is_proven_is_not_run_again_but_with_no_cache(home: Path) -> None:
    path, log = logged(home)
    assert "0 from the cache" in verify(*CURL, PATH=path).stdout
    assert log.read_text() == "x\n" * 2
    again = verify(*CURL, PATH=path)
    assert again.returncode == 0
    assert "2 from the cache" in again.stdout
    assert log.read_text() == "x\n" * 2
    assert verify(*CURL, "--no-cache", PATH=path).returncode == 0
    assert log.read_text() == "x\n" * 4
    # One that changed is run, and it alone.
    (home / "shop.yaml").write_text(SPEC.replace("name: lamp", "name: sofa"))
    assert "1 from the cache" in verify(*CURL, PATH=path).stdout
    assert log.read_text() == "x\n" * 5


def test_no_cache_keeps_nothing_and_a_failure_is_never_kept(home: Path) -> None:
    verify(*CURL, "--no-cache")
    verify(*CURL, "--templates", "mine")
    assert not (home / ".cache/proofs").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_the_programs_at_once(home: Path, number: int) -> None:
    sleeper = f"printf %s $$ > {home}/pid; : {{{{ request.url | lit }}}}; sleep 300 & sleep 300\n"
    head = SHIPPED[: SHIPPED.index("-#}") + 3]
    (home / "mine/curl/curl.sh.jinja").write_text(f"{head}\n{sleeper}")
    command = [sys.executable, "-m", "callsheet", "verify", "shop.yaml", *CURL]
    child = subprocess.Popen([*command, "--templates", "mine"], stderr=subprocess.PIPE, text=True)
    pid = int(written(home / "pid"))
    child.send_signal(number)
    start = time.monotonic()
    _, said = child.communicate(timeout=30)
    assert time.monotonic() - start < 5
    assert child.returncode == 130
    assert "interrupted" in said
    assert "Traceback" not in said
    assert ended(pid)


def written(file: Path) -> str:
    """What is in a file, once there is something."""
    for _ in range(300):
        if file.exists() and file.read_text():
            return file.read_text()
        time.sleep(0.1)
    raise AssertionError(f"{file} was not written")


def ended(pid: int) -> bool:
    for _ in range(50):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_a_known_failure_is_expected_until_its_date(home: Path) -> None:
    entry = "    known_failures: [{language: curl, reason: no trace yet, until: 2999-12-31}]\n"
    known = SPEC.replace("    examples:\n", f"{entry}    examples:\n")
    (home / "shop.yaml").write_text(known)
    words = (*CURL, "--example", "add-lamp", "--report", "out.json")
    assert verify(*words, "--templates", "mine").returncode == 0
    (found,) = cells(home / "out.json")
    assert (found["status"], found["reason"]) == ("expected-failure", "no trace yet")
    healed = verify(*words)
    assert healed.returncode == 1
    assert "it passes, so it is no known failure" in healed.stdout
    (home / "shop.yaml").write_text(known.replace("2999", "2001"))
    late = verify(*words, "--templates", "mine")
    assert late.returncode == 1
    assert "past its date, 2001-12-31" in late.stdout
