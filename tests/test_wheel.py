"""The built wheel in a clean environment: it builds the ClawdRouter page outside the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_wheel_builds_the_same_page(tmp_path: Path) -> None:
    source = tmp_path / "source"
    left_out = shutil.ignore_patterns(".git", ".venv", ".cache", "node_modules", "__pycache__")
    shutil.copytree(ROOT, source, ignore=left_out)
    run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", "dist", "."], source)
    (wheel,) = (source / "dist").glob("*.whl")
    venv.create(tmp_path / "clean", with_pip=True)
    python = tmp_path / "clean/bin/python"
    run([str(python), "-m", "pip", "install", "-q", str(wheel)], tmp_path)
    shutil.copytree(ROOT / "spec", tmp_path / "elsewhere/spec")
    shutil.rmtree(source)
    callsheet = tmp_path / "clean/bin/callsheet"
    words = ["--verified", "spec/clawdrouter.verified.json", "-o", "out"]
    run([str(callsheet), "build", "spec/clawdrouter.yaml", *words], tmp_path / "elsewhere")
    built, expected = tmp_path / "elsewhere/out", ROOT / "output/clawdrouter"
    names = sorted(p.relative_to(expected) for p in expected.rglob("*") if p.is_file())
    assert sorted(p.relative_to(built) for p in built.rglob("*") if p.is_file()) == names
    for name in names:
        assert (built / name).read_bytes() == (expected / name).read_bytes(), name


def run(words: list[str], folder: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    environment["CALLSHEET_CACHE"] = str(folder / ".callsheet-cache")
    done = subprocess.run(
        words, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
