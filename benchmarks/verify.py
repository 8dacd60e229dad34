"""What `callsheet verify` costs: a process for each program against batches, on one machine.

    python benchmarks/verify.py [ENDPOINTS] [--languages L,…] [--spec FILE]

Prints two Markdown tables. The first gives milliseconds per snippet and language: some snippets of
a made-up spec with a process each (`--exact`), and all of them as `verify` runs them; one right
after the other, so that a busy moment falls on both. What the same command takes when all is proven
(it starts, renders, and asks versions) is taken off both. The second table gives whole runs, cold,
from the cache and with one endpoint more, and the memory of all processes together (proportional
sets).
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

from callsheet import languages

ROOT = Path(__file__).parents[1]
#: Snippets of a language that get a process each; they lie apart in the spec.
SAMPLE = 8


class Figure(NamedTuple):
    """What a verification took: seconds of wall and CPU, cells that ran, and megabytes."""

    wall: float
    cpu: float
    cells: int
    memory: float


class Memory(threading.Thread):
    """Looks ten times a second how much memory a process and all below it hold."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.root, self.most, self.over = root, 0.0, threading.Event()

    def run(self) -> None:
        """Looks until it is over."""
        while not self.over.wait(0.1):
            self.most = max(self.most, sum(map(_megabytes, _tree(self.root))))


def _tree(root: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_bytes().rpartition(b")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found = [root]
    for pid in found:
        found += parents.get(pid, [])
    return found


def _megabytes(pid: int) -> float:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return int(re.findall(r"^Pss: +(\d+)", text, re.MULTILINE)[0]) / 1024


def verified(spec: Path, cache: Path, *words: str) -> Figure:
    """Verifies in a process of its own; it must pass."""
    environment = {
        **os.environ,
        "CALLSHEET_CACHE": str(cache),
        "PYTHONPATH": str(ROOT / "generator"),
    }
    command = [sys.executable, "-m", "callsheet", "verify", str(spec), *words]
    start = time.perf_counter()
    child = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    memory = Memory(child.pid)
    memory.start()
    assert child.stdout
    said = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    memory.over.set()
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if child.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{said}")
    passed, cached = (
        int(found[1].replace(",", "")) if (found := re.search(pattern, said)) else 0
        for pattern in (r"([\d,]+) passed", r"([\d,]+) from the cache")
    )
    return Figure(wall, usage.ru_utime + usage.ru_stime, passed - cached, memory.most)


def made(endpoints: int, folder: Path) -> Path:
    """A spec of so many endpoints."""
    script = [sys.executable, str(ROOT / "benchmarks" / "make_spec.py"), str(endpoints)]
    file = folder / f"{endpoints}.yaml"
    file.write_bytes(subprocess.run(script, stdout=subprocess.PIPE, check=True).stdout)
    return file


def sample(spec: Path) -> list[str]:
    """Words that choose some examples, from one end of a spec to the other."""
    ids = re.findall(r"^      ([\w-]+):$", spec.read_text(), re.MULTILINE)
    step = max(1, len(ids) // SAMPLE)
    return [word for name in ids[::step][:SAMPLE] for word in ("--example", name)]


def per_snippet(spec: Path, cache: Path, keys: list[str]) -> None:
    """Prints the first table."""
    print("| language | a process each: wall ms, CPU ms | batch: wall ms, CPU ms | ratio |")
    print("| --- | ---: | ---: | ---: |")
    sums = [0.0] * 4
    for key in keys:
        chosen = ["--language", key]
        few = [*chosen, *sample(spec)]
        verified(spec, cache, *chosen)  # installs, and proves
        found: list[float] = []
        for words, *way in ((few, "--exact"), (chosen,)):
            ran, known = (
                verified(spec, cache, *words, "--no-cache", *way),
                verified(spec, cache, *words),
            )
            found += [1000 * (ran[n] - known[n]) / ran.cells for n in (0, 1)]
        sums = [one + other for one, other in zip(sums, found, strict=True)]
        _row(key, found)
    _row("all", sums)


def _row(name: str, found: list[float]) -> None:
    own_wall, own_cpu, wall, cpu = found
    ratio = f"{own_wall / wall:.1f} wall, {own_cpu / cpu:.1f} CPU"
    print(f"| {name} | {own_wall:,.0f}, {own_cpu:,.0f} | {wall:,.1f}, {cpu:,.1f} | {ratio} |")
    sys.stdout.flush()


def whole(spec: Path, more: Path | None, cache: Path, words: list[str]) -> None:
    """Prints rows of the second table."""
    runs = [("cold", spec), ("from the cache", spec)] + ([("one more", more)] if more else [])
    for name, file in runs:
        found = verified(file, cache, *words)
        row = f"{found.wall:,.1f} | {found.cpu:,.1f} | {found.cells:,} | {found.memory:,.0f}"
        print(f"| {spec.stem}, {name} | {row} |")
        sys.stdout.flush()


def main() -> None:
    """Runs everything in turn."""
    parser = argparse.ArgumentParser()
    parser.add_argument("endpoints", type=int, nargs="?", default=150)
    parser.add_argument("--languages", default=",".join(each.key for each in languages.every()))
    parser.add_argument("--spec", type=Path, default=ROOT / "spec" / "clawdrouter.yaml")
    given = parser.parse_args()
    keys = given.languages.split(",")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        spec, more = made(given.endpoints, folder), made(given.endpoints + 1, folder)
        chosen = [word for key in keys for word in ("--language", key)]
        verified(given.spec, folder / "cache", *chosen)  # installs client libraries
        per_snippet(spec, folder / "cache", keys)
        print(
            "\n| run | wall s | CPU s | cells run | peak MB |\n| --- | ---: | ---: | ---: | ---: |"
        )
        for file, next_one in ((given.spec, None), (spec, more)):
            for proofs in (folder / "cache").glob("proofs"):
                proofs.rename(folder / f"before-{file.stem}")
            whole(file, next_one, folder / "cache", chosen)


if __name__ == "__main__":
    main()
