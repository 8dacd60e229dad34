"""The reports and words of `callsheet verify`: what is asked for, and what a wrong word is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from callsheet.cli import main
from shop import ADD_LAMP_LINE, CURL, cells, join, set_up, verify

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return set_up(tmp_path, monkeypatch)


def test_shards_joined_are_the_whole(home: Path) -> None:
    words = ("--language", "python", *CURL, "--templates", "mine", "--no-cache")
    whole = verify(*words, "--report", "whole.json")
    first = verify(*words, "--shard", "1/3", "--report", "1.json")
    second = verify(*words, "--shard", "2/3", "--report", "2.json")
    third = verify(*words, "--shard", "3/3", "--report", "3.json")
    assert [whole.returncode, first.returncode, second.returncode, third.returncode] == [1, 1, 0, 1]
    done = join("3.json", "1.json", "2.json", "--report", "joined.json")
    assert done.returncode == 1
    keys = ("example", "language", "client", "status", "level", "reason", "differences")
    parts = [cells(home / f"{name}.json") for name in ("whole", "joined")]
    told = [[[cell[key] for key in keys] for cell in part] for part in parts]
    assert told[0] == told[1]
    assert "4 cells: 2 passed, 2 failed" in done.stdout
    assert join("1.json", "3.json").returncode == 2


def test_shards_that_hold_are_joined_to_a_run_that_holds(home: Path) -> None:
    for shard in "12":
        words = ("--level", "parsed", "--shard", f"{shard}/2", "--report", f"{shard}.json")
        assert verify(*words).returncode == 0
    done = join(str(home / "1.json"), str(home / "2.json"), "--report", "joined.md")
    assert done.returncode == 0
    assert "16 cells: 16 passed" in done.stdout
    assert (home / "joined.md").is_file()


@pytest.mark.usefixtures("home")
def test_on_github_a_failure_is_an_annotation_at_the_line_of_its_example() -> None:
    words = (*CURL, "--example", "add-lamp", "--templates", "mine")
    done = verify(*words, GITHUB_ACTIONS="true")
    annotation = next(line for line in done.stdout.splitlines() if line.startswith("::error "))
    assert f"file=shop.yaml,line={ADD_LAMP_LINE},col=7::header x-trace" in annotation
    assert "::error" not in verify(*words).stdout


def test_a_report_on_stdout_stands_alone(home: Path) -> None:
    done = verify(*CURL, "--report", "json:-", "--report", "github:notes.txt")
    assert len(json.loads(done.stdout)["cells"]) == 2
    assert (home / "notes.txt").is_file()


def test_a_client_is_verified_though_no_page_prints_it(home: Path) -> None:
    words = ("--client", "python/*", "--example", "*-item", "--level", "parsed")
    assert verify(*words, "--report", "out.json").returncode == 0
    found = [(cell["client"], cell["status"]) for cell in cells(home / "out.json")]
    assert sorted(found) == [
        ("anthropic", "unsupported"),
        ("httpx", "passed"),
        ("openai", "unsupported"),
        ("requests", "passed"),
        ("urllib", "passed"),
    ]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("level", ["parsed", "compiled", "ran"])
def test_lower_levels_do_not_compare_the_call(level: str) -> None:
    done = verify(*CURL, "--templates", "mine", "--level", level)
    assert done.returncode == 0, done.stdout
    assert f"✓ {level}" in done.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--example", "add-itm"), "did you mean `add-item`?"),
        (("--language", "crl"), "did you mean `curl`?"),
        (("--client", "curl/*x"), "`*/*` is every one"),
        (("--require", "pyton"), "did you mean `python`?"),
        (("--shard", "3/2"), "the second of four is `2/4`"),
        (("--shard", "x"), "the second of four is `2/4`"),
        (("--report", "out.docx"), "no report is written to a file named `out.docx`"),
        (("--level", "rendered"), "'rendered' is not one of"),
        (("--timeout", "0"), "0"),
        (("--jobs", "-1"), "-1"),
        (("--server", "htp://x"), "not an http or https URL"),
    ],
)
@pytest.mark.usefixtures("home")
def test_a_wrong_word_is_named_with_the_way_out(words: tuple[str, ...], message: str) -> None:
    done = CliRunner().invoke(main, ["verify", "shop.yaml", *words])
    assert done.exit_code == 2
    assert message in done.stderr


def test_a_bad_spec_is_status_2(home: Path) -> None:
    (home / "shop.yaml").write_text("callsheet: 1\n")
    assert verify().returncode == 2


def test_a_report_that_is_none_is_said_to_be(home: Path) -> None:
    (home / "1.json").write_text("{}")
    done = join("1.json")
    assert done.returncode == 2
    assert "this is no report of `callsheet verify`" in done.stderr
