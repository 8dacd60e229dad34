"""How far a cell comes; runs are stood in for, so nothing here says that a program works."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from callsheet.errors import UsageError
from callsheet.verify import ladder, runners
from callsheet.verify.cells import Level
from callsheet.verify.differences import Difference
from callsheet.verify.packages import NotInstalled
from callsheet.verify.parse import Unparsed
from callsheet.verify.process import Run
from callsheet.verify.verdicts import Trial

from .cellmaking import TERMS, cell, real

if TYPE_CHECKING:
    from pathlib import Path

    from callsheet.verify.cells import Verdict

METHOD = Difference("method", "'POST'", "'PUT'")
STATUS = Difference("exit status", "0", "3")


def run(status: int = 0, stdout: bytes = b"", stderr: bytes = b"") -> Run:
    return Run(stdout, stderr, status, 0.1, ())


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Stands in for a run: what it is, and what is found in it."""

    def play(result: Run | Exception, *found: Difference, compiled: bool = True) -> None:
        def attempt(*_: object, **__: object) -> Trial:
            if isinstance(result, Exception):
                raise result
            return Trial(result, compiled=compiled)

        monkeypatch.setattr(ladder, "attempt", attempt)
        monkeypatch.setattr(ladder, "judge", lambda *_: list(found))

    return play


def climbed(of: Path, level: Level = Level.MATCHED, name: str = "one/curl/curl") -> Verdict:
    return ladder.climb(real(of, name), replace(TERMS, level=level))


def test_a_cell_without_a_program_is_unsupported() -> None:
    found = ladder.climb(replace(cell("a/go"), reason="it cannot"), TERMS)
    assert (found.status, found.reason) == ("unsupported", "it cannot")


@pytest.mark.parametrize("level", Level)
def test_what_is_in_order_comes_as_far_as_is_wanted(
    tmp_path: Path, stage: Any, level: Level
) -> None:
    stage(run())
    found = climbed(tmp_path, level)
    assert (found.status, found.level, found.reason) == ("passed", level, "")


@pytest.mark.parametrize(
    ("differences", "wanted", "status", "level"),
    [
        ((METHOD,), Level.MATCHED, "failed", Level.RAN),
        ((METHOD,), Level.RAN, "passed", Level.RAN),
        ((STATUS, METHOD), Level.MATCHED, "failed", Level.PARSED),
        ((STATUS, METHOD), Level.RAN, "failed", Level.PARSED),
        ((STATUS, METHOD), Level.PARSED, "passed", Level.PARSED),
    ],
)
def test_what_is_found_keeps_it_on_its_rung(
    tmp_path: Path, stage: Any, differences: Any, wanted: Level, status: str, level: Level
) -> None:
    stage(run(), *differences)
    found = climbed(tmp_path, wanted)
    assert (found.status, found.level, found.wanted) == (status, level, wanted)


def test_the_reason_is_the_first_finding_and_the_count_of_the_others(
    tmp_path: Path, stage: Any
) -> None:
    stage(run(3, b"out", b"err"), STATUS, METHOD)
    found = climbed(tmp_path)
    assert found.reason == "exit status: expected 0, got 3 (and 1 more)"
    assert found.differences == (STATUS, METHOD)
    assert (found.stdout, found.stderr) == (b"out", b"err")
    assert found.seconds > 0
    assert found.versions == {"curl": "8.0"}


@pytest.mark.parametrize(
    ("fault", "status", "reason"),
    [
        (NotInstalled("`pip install x` failed"), "unavailable", "`pip install x` failed"),
        (ValueError("it names no origin"), "failed", "it names no origin"),
        (OSError(28, "No space left on device"), "failed", "No space left"),
        (UsageError("that is wrong"), "failed", "that is wrong"),
        (KeyError("x"), "failed", "the verifier cannot judge it: KeyError: 'x'"),
        (RecursionError("deep"), "failed", "the verifier cannot judge it: RecursionError"),
    ],
)
def test_what_goes_wrong_is_the_cells_alone(
    tmp_path: Path, stage: Any, fault: Exception, status: str, reason: str
) -> None:
    stage(fault)
    found = climbed(tmp_path)
    assert (found.status, found.level) == (status, Level.PARSED)
    assert reason in found.reason


def test_an_interrupt_is_let_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def attempt(*_: object, **__: object) -> Trial:
        raise KeyboardInterrupt

    monkeypatch.setattr(ladder, "attempt", attempt)
    with pytest.raises(KeyboardInterrupt):
        climbed(tmp_path)


def test_a_program_that_does_not_parse_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(ladder, "attempt")
    of = real(tmp_path, "one/python/requests")
    assert of.snippet
    broken = replace(of.snippet, text=f"{of.snippet.text}\nif if\n")
    found = ladder.climb(replace(of, snippet=broken), TERMS)
    assert (found.status, found.level) == ("failed", Level.RENDERED)
    line = len(of.snippet.text.splitlines()) + 2
    assert found.reason.startswith(f"syntax error at {line}:")
    assert found.differences[0].what.startswith(f"syntax at {line}:")


@pytest.mark.parametrize("level", [Level.COMPILED, Level.MATCHED])
def test_a_program_that_parses_but_does_not_compile_stays_below(
    tmp_path: Path, level: Level
) -> None:
    of = real(tmp_path, "one/go/net-http")
    assert of.snippet
    broken = of.snippet.text.replace("func main() {", "func main() {\n\tvar spare int")
    assert broken != of.snippet.text
    cut = replace(of, snippet=replace(of.snippet, text=broken))
    found = ladder.climb(cut, replace(TERMS, level=level))
    assert (found.status, found.level) == ("failed", Level.PARSED)
    assert b"declared and not used: spare" in found.stdout + found.stderr
    whole = ladder.climb(of, replace(TERMS, level=Level.COMPILED))
    assert (whole.status, whole.level) == ("passed", Level.COMPILED)


def test_without_a_parser_the_runtime_says_more(
    tmp_path: Path, stage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> tuple[()]:
        raise Unparsed("its parser is not installed")

    monkeypatch.setattr(ladder, "faults", none)
    stage(run())
    assert climbed(tmp_path).level is Level.MATCHED
    for level in (Level.PARSED, Level.COMPILED):
        found = climbed(tmp_path, level)
        assert (found.status, found.level) == ("unavailable", Level.RENDERED)
    assert ladder.unparsed([real(tmp_path), cell("a/go")]) == (
        "cURL was not parsed: its parser is not installed",
    )


def test_with_its_parser_nothing_is_noted(tmp_path: Path) -> None:
    assert ladder.unparsed([real(tmp_path)]) == ()


def test_a_client_that_cannot_be_had_is_asked_for_once(
    tmp_path: Path, stage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def prepare(_: object, client: Any) -> None:
        asked.append(client.key)
        raise NotInstalled("no network")

    monkeypatch.setattr(runners, "prepare", prepare)
    of = real(tmp_path, "one/python/requests")
    obstacles = ladder.prepare([of, of, cell("a/go")])
    assert obstacles == {"python/requests": "no network"}
    assert asked == ["requests"]
    stage(run())
    found = ladder.climb(of, replace(TERMS, obstacles=obstacles))
    assert (found.status, found.level, found.reason) == (
        "unavailable",
        Level.PARSED,
        "no network",
    )


def test_a_flood_of_output_is_cut_in_the_middle(tmp_path: Path, stage: Any) -> None:
    stage(run(0, b"a" * 100_000 + b"z" * 100_000), METHOD)
    kept = climbed(tmp_path).stdout
    assert len(kept) < 66_000
    assert kept.startswith(b"aaa")
    assert kept.endswith(b"zzz")
    assert b"... 134464 bytes ..." in kept
