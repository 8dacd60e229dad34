"""Whole-process times of callsheet, each beside a bare Python of the same moment.

    python benchmarks/speed.py [ROUNDS]

Prints a Markdown table: milliseconds above `python -c pass` (wall: least and median of the rounds;
CPU: least), and the peak memory of the process. Machines are noisy: the least figure is the one to
compare.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
CALLSHEET = [sys.executable, "-m", "callsheet"]


class Figure(NamedTuple):
    """What one process took: seconds of wall and CPU, and kilobytes."""

    wall: float
    cpu: float
    memory: int


def process(words: list[str], cache: Path) -> Figure:
    """Runs a process to its end."""
    environment = {
        **os.environ,
        "CALLSHEET_CACHE": str(cache),
        "PYTHONPATH": str(ROOT / "generator"),
    }
    start = time.perf_counter()
    child = subprocess.Popen(
        words, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{words} failed")
    cpu = usage.ru_utime + usage.ru_stime
    return Figure(time.perf_counter() - start, cpu, usage.ru_maxrss)


def above_bare(words: list[str], cache: Path, fresh: list[Path]) -> Figure:
    """A process less a bare Python that ran just before it."""
    for path in fresh:
        shutil.rmtree(path, ignore_errors=True)
    bare = process([sys.executable, "-c", "pass"], cache)
    own = process(words, cache)
    return Figure(own.wall - bare.wall, own.cpu - bare.cpu, own.memory)


def main() -> None:
    """Times everything in turn, so that a busy moment falls on all."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        cache = folder / "cache"
        cases = list(cases_in(folder))
        for words, fresh, _ in (case for _, case in cases):
            above_bare(words, cache, fresh)
        figures: dict[str, list[Figure]] = {name: [] for name, _ in cases}
        for _ in range(rounds):
            for name, (words, fresh, _) in cases:
                figures[name].append(above_bare(words, cache, fresh))
        report(cases, figures)


Case = tuple[list[str], list[Path], int]


def cases_in(folder: Path) -> list[tuple[str, Case]]:
    """(name, (command, folders removed before it, budget in ms or 0))."""
    page = folder / "page"
    build = [*CALLSHEET, "build", "spec/clawdrouter.yaml", "-o", str(page)]
    found: list[tuple[str, Case]] = [
        ("callsheet --help", ([*CALLSHEET, "--help"], [], 60)),
        ("build, ClawdRouter", (build, [page], 350)),
        ("build, ClawdRouter, unchanged", (build, [], 120)),
    ]
    for count, budget, again in ((1_000, 3_000, 400), (10_000, 0, 0)):
        spec, out = folder / f"{count}.yaml", folder / f"out{count}"
        spec.write_bytes(_made(count) + b"pages: []\n")
        words = [*CALLSHEET, "build", str(spec), "-o", str(out)]
        found.append((f"build, {count:,} endpoints", (words, [out], budget)))
        found.append((f"build, {count:,} endpoints, unchanged", (words, [], again)))
    spec, out = folder / "pages.yaml", folder / "pages"
    spec.write_bytes(_made(1_000))
    words = [*CALLSHEET, "build", str(spec), "-o", str(out)]
    found.append(("build, 1,000 endpoints and their reference page", (words, [out], 0)))
    return found


def _made(endpoints: int) -> bytes:
    """A spec of so many endpoints."""
    words = [sys.executable, "benchmarks/make_spec.py", str(endpoints)]
    return subprocess.run(words, cwd=ROOT, capture_output=True, check=True).stdout


def report(cases: list[tuple[str, Case]], figures: dict[str, list[Figure]]) -> None:
    """Prints the table."""
    print("| what | wall ms | median | CPU ms | budget | peak MB |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, (_, _, budget) in cases:
        walls = [figure.wall * 1000 for figure in figures[name]]
        cpu = min(figure.cpu for figure in figures[name]) * 1000
        memory = max(figure.memory for figure in figures[name]) / 1024
        print(
            f"| {name} | {min(walls):,.0f} | {statistics.median(walls):,.0f} | {cpu:,.0f} "
            f"| {budget or '-'} | {memory:,.0f} |"
        )


if __name__ == "__main__":
    main()
