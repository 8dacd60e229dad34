from __future__ import annotations

import os
import pty
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet.verify.live import Lines, watcher

from .cellmaking import cell, verdict

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[2]
CELLS = [cell(f"{example}/{language}") for example in ("one", "two") for language in ("go", "php")]
#: Prints what a terminal shows of four verdicts, the last of which is a failure.
SHOWN = """
import sys
sys.path.insert(0, "tests")
from verify.test_live import CELLS
from verify.cellmaking import verdict
from callsheet.verify.live import watcher
with watcher(CELLS) as seen:
    for cell in CELLS[:3]:
        seen.see(verdict(cell))
    seen.see(verdict(CELLS[3], "failed"))
"""


def test_lines_come_in_the_order_of_the_spec(capsys: pytest.CaptureFixture[str]) -> None:
    with Lines(CELLS) as lines:
        lines.see(verdict(CELLS[1]))
        assert capsys.readouterr().err == ""
        lines.see(verdict(CELLS[0]))
        assert [line.split()[1] for line in capsys.readouterr().err.splitlines()] == [
            "one/go/it",
            "one/php/it",
        ]
        lines.see(verdict(CELLS[3], "failed"))
        assert capsys.readouterr().err == ""
    # The run was stopped: what waited for one that did not come is shown all the same.
    assert "failed           two/php/it" in capsys.readouterr().err


def test_a_proof_from_the_cache_is_no_news(capsys: pytest.CaptureFixture[str]) -> None:
    with watcher(CELLS[:2]) as lines:
        lines.see(replace(verdict(CELLS[0]), cached=True))
        lines.see(replace(verdict(CELLS[1], "failed"), cached=True))
    assert "one/go" not in capsys.readouterr().err


def terminal(rows: int, **environment: str) -> str:
    """What a program writes to a terminal of so many rows."""
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-c", SHOWN],
        stderr=theirs,
        stdout=subprocess.DEVNULL,
        cwd=ROOT,
        env={**os.environ, "TERM": "xterm", "LINES": str(rows), "COLUMNS": "100", **environment},
    )
    os.close(theirs)
    shown = b""
    while piece := _read(ours):
        shown += piece
    os.close(ours)
    assert child.wait() == 0
    return shown.decode()


def _read(source: int) -> bytes:
    try:
        return os.read(source, 65536)
    except OSError:  # Linux tells in this way that nobody writes any more
        return b""


def test_a_terminal_shows_a_table_of_examples_and_languages() -> None:
    shown = terminal(40).rpartition("┏")[2]
    rows = [line for line in shown.splitlines() if "│" in line]
    assert [(row.count("✓"), row.count("✗")) for row in rows] == [(2, 0), (1, 1)]
    assert "4 of 4 cells" in shown


def test_where_examples_are_more_than_fit_they_are_counted_by_language() -> None:
    shown = terminal(6).rpartition("┏")[2]
    assert "waiting" in shown
    assert "✓" not in shown


def test_no_color_is_none() -> None:
    assert "\x1b[32m" in terminal(40)
    assert "\x1b[32m" not in terminal(40, NO_COLOR="1")


def test_a_terminal_that_cannot_move_its_cursor_gets_lines() -> None:
    assert "passed           one/go/it" in terminal(40, TERM="dumb", NO_COLOR="1")
