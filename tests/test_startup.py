"""What each command loads: the start-up budget, in modules and beside bare Python."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
CLI = "import sys; sys.argv[0] = 'callsheet'; from callsheet.cli import main; main()"
HEAVY = (
    *("jinja2", "yaml", "pygments", "markdown_it", "tree_sitter"),
    *("importlib.metadata", "asyncio", "pydantic"),
)
QUIET: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def loaded(words: list[str], cache: Path) -> set[str]:
    """Modules that a command imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", CLI, *words],
        cwd=ROOT,
        env={**os.environ, "CALLSHEET_CACHE": str(cache), "PYTHONPATH": str(ROOT / "generator")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = (line for line in done.stderr.splitlines() if line.startswith("import time:"))
    return {line.rpartition("|")[2].strip() for line in lines}


def heavy(modules: set[str]) -> list[str]:
    return [name for name in HEAVY if name in modules]


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["build", "--help"], ["check", "-h"]])
def test_help_loads_nothing_heavy(words: list[str], tmp_path: Path) -> None:
    assert heavy(loaded(words, tmp_path)) == []


def test_an_unchanged_build_loads_nothing_heavy(tmp_path: Path) -> None:
    words = ["build", "spec/clawdrouter.yaml", "-o", str(tmp_path / "out")]
    assert "jinja2" in loaded(words, tmp_path / "cache")
    assert heavy(loaded(words, tmp_path / "cache")) == []


def test_a_build_without_pages_loads_neither_markdown_nor_a_highlighter(tmp_path: Path) -> None:
    spec = tmp_path / "shop.yaml"
    spec.write_text(
        "callsheet: 1\ntitle: Shop\nserver: https://shop.example\npages: []\n"
        "endpoints: {a: {request: GET /a, examples: {b: {}}}}\n"
    )
    modules = loaded(["build", str(spec), "-o", str(tmp_path / "out")], tmp_path / "cache")
    assert not {"pygments", "markdown_it"} & modules


def test_a_check_of_snippets_that_were_parsed_before_loads_no_parser(tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    loaded(["build", "spec/clawdrouter.yaml", "-o", out], tmp_path / "cache")
    words = ["check", "spec/clawdrouter.yaml", "-o", out]
    assert "tree_sitter" in loaded(words, tmp_path / "cache")
    assert "tree_sitter" not in loaded(words, tmp_path / "cache")


def least(words: list[str], cache: Path, rounds: int = 7) -> float:
    """Least CPU seconds of several processes, each less a bare Python's: load does not count."""
    environment = {**os.environ, "CALLSHEET_CACHE": str(cache)}
    environment["PYTHONPATH"] = str(ROOT / "generator")
    figures = []
    for _ in range(rounds):
        seconds = []
        for code in (["-c", "pass"], ["-c", CLI, *words]):
            command = [sys.executable, *code]
            with subprocess.Popen(command, cwd=ROOT, env=environment, **QUIET) as child:
                _, status, usage = os.wait4(child.pid, 0)
                child.returncode = os.waitstatus_to_exitcode(status)
            assert child.returncode == 0
            seconds.append(usage.ru_utime + usage.ru_stime)
        figures.append(seconds[1] - seconds[0])
    return min(figures)


@pytest.mark.parametrize(
    ("words", "seconds"),
    [(["--help"], 0.060), (["build", "spec/clawdrouter.yaml", "-o", "{out}"], 0.120)],
    ids=["help", "unchanged build"],
)
def test_start_up_stays_within_its_budget(words: list[str], seconds: float, tmp_path: Path) -> None:
    words = [word.format(out=tmp_path / "out") for word in words]
    least(words, tmp_path / "cache", rounds=1)
    # Half as much again is allowed, since a busy machine makes each instruction slower too.
    assert least(words, tmp_path / "cache") < 1.5 * seconds
