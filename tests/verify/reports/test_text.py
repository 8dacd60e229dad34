"""The report that people read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from callsheet.layout import columns
from callsheet.verify.cells import Level, Outcome
from callsheet.verify.differences import Difference
from callsheet.verify.reports import text
from verify.reports import made

CLIENTS = [f"language{n}/client{n}" for n in range(20)]


def failed(*differences: Difference, reason: str = "", stderr: bytes = b"") -> str:
    at = made.cell("a", "go/net-http")
    found = made.verdict(at, "failed", Level.RAN, reason, *differences, stderr=stderr)
    return text.render(Outcome("spec.yaml", (found,)))


def test_a_failure_says_where_what_and_how_to_see_it_again() -> None:
    shown = text.render(made.outcome())
    assert "✗ create-order · python/openai · spec/shop.yaml:12:7\n" in shown
    assert "  method:\n  - expected  'POST'\n  + got       'PUT'\n" in shown
    assert "  | KeyError: 'id'\n" in shown
    assert "callsheet verify spec/shop.yaml --example create-order --client python/openai" in shown


def test_a_caret_stands_under_the_first_character_that_differs() -> None:
    lines = failed(
        Difference("path", "'/v1/照片/orders/7/items'", "'/v1/照片/orders/8/items'")
    ).split("\n")
    at = next(index for index, line in enumerate(lines) if line.strip() == "^")
    got = lines[at - 1]
    assert columns(lines[at]) - 1 == columns(got[: got.index("8/")])


def test_values_that_differ_after_the_cut_say_so() -> None:
    shown = failed(Difference("body", "x" * 1000 + "y", "x" * 1000 + "z"))
    assert "… (601 more characters)" in shown
    assert "(they differ after what is shown)" in shown


def test_texts_of_several_lines_are_compared_by_line() -> None:
    before = "".join(f"line {n}\n" for n in range(1000))
    shown = failed(Difference("stdout", before, before.replace("line 700\n", "line 7OO\n")))
    assert "  - line 700\n  + line 7OO\n" in shown
    assert "    line 699\n" in shown
    assert "line 690" not in shown


def test_blanks_at_the_end_of_a_line_are_seen() -> None:
    shown = failed(Difference("stdout", "a  \nb\n", "a\nb\n"))
    assert "  - a\\x20\\x20\n  + a\n" in shown


def test_texts_that_differ_in_a_line_end_say_so() -> None:
    assert "(they differ in a line end)" in failed(Difference("stdout", "a\nb\n", "a\nb"))


def test_long_output_is_cut_in_the_middle_with_a_count() -> None:
    lines = failed(stderr=b"".join(b"line %d\n" % n for n in range(1, 1041)))
    assert "stderr, 1,040 lines:\n  | line 1\n" in lines
    assert "  | line 20\n  | … 1,000 more lines …\n  | line 1021\n" in lines
    assert "  | line 1040\n" in lines


def test_forty_lines_are_shown_whole() -> None:
    shown = failed(stderr=b"".join(b"line %d\n" % n for n in range(40)))
    assert shown.count("| line ") == 40
    assert "more" not in shown


def test_many_differences_are_cut_with_a_count() -> None:
    shown = failed(*(Difference(f"header h{n}", "1", "2") for n in range(25)))
    assert shown.count("- expected") == 20
    assert "… 5 more differences" in shown


def test_many_failures_are_in_short_after_the_hundredth() -> None:
    shown = text.render(made.many(103))
    assert "… and 3 more failures, in short:\n✗ bad-100 · curl/curl" in shown
    assert shown.count("again: ") == 100


def test_a_reason_of_several_lines_stays_readable() -> None:
    assert "  reason: it failed:\n  | npm ERR! 404\n" in failed(reason="it failed:\nnpm ERR! 404\n")


@pytest.mark.parametrize(("failures", "rows"), [(3, 3), (60, 60)])
def test_the_matrix_of_a_large_spec_leaves_out_what_passed(failures: int, rows: int) -> None:
    table = text.render(made.many(failures, 1000)).partition("\n✗")[0]
    assert table.count("✗ failed") == rows
    assert "… and 1,000 examples of which every cell passed" in table
    assert "good-" not in table


def test_a_wide_matrix_is_printed_in_parts_that_fit() -> None:
    verdicts = tuple(made.verdict(made.cell("an-example", sender)) for sender in CLIENTS)
    shown = text.render(Outcome("spec.yaml", verdicts))
    assert shown.count("✓ matched") == 20
    assert shown.count("an-example") > 1
    assert max(columns(line) for line in shown.split("\n")) <= 100


def test_the_summary_counts_what_there_is() -> None:
    shown = text.render(made.outcome())
    assert (
        "11 cells: 3 passed, 3 failed, 3 unavailable (1 required), 1 unsupported, "
        "1 expected-failure; 2.2 s in programs, 2 from the cache\n"
    ) in shown
    assert f"\nnote: {made.FENCE}\n" in shown


def test_a_shard_says_that_it_is_one() -> None:
    assert "11 cells of shard 2/3: " in text.render(replace(made.outcome(), shard="2/3"))


def test_an_empty_outcome_says_so() -> None:
    assert text.render(Outcome("spec.yaml", ())) == "0 cells; 0.0 s in programs, 0 from the cache\n"
