"""How a diagnostic is printed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callsheet.errors import (
    CODES,
    Diagnostic,
    SpecError,
    report,
    show,
    suggest,
    summary,
    with_source,
)

if TYPE_CHECKING:
    from pathlib import Path


def fault(source: str, column: int, length: int = 1, line: int = 1, help: str = "") -> Diagnostic:  # noqa: A002
    return Diagnostic("shop.yaml", line, column, "CS301", "unknown", help, source, length)


def shown(source: str, column: int, length: int = 1) -> tuple[str, str]:
    """The source line and the caret line, behind the gutter."""
    _, _, line, caret = show(fault(source, column, length)).split("\n")
    return line.removeprefix("1 | "), caret.removeprefix("  | ")


def test_the_whole_form() -> None:
    found = Diagnostic(
        *("spec/shop.yaml", 14, 11, "CS301", "unknown auth style `bearr`"),
        *("did you mean `bearer`?", "    auth: bearr", 5),
    )
    assert show(found) == (
        "spec/shop.yaml:14:11: error[CS301]: unknown auth style `bearr`\n"
        "   |\n"
        "14 |     auth: bearr\n"
        "   |           ^^^^^\n"
        "   |\n"
        "   = help: did you mean `bearer`?"
    )


def test_in_colour_it_is_the_same_text() -> None:
    found = fault("auth: bearr", 7, 5, help="did you mean `bearer`?")
    coloured = show(found, color=True)
    assert "\x1b[1;31merror[CS301]\x1b[0m" in coloured
    assert "\x1b[1;31m^^^^^\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == show(found)


def test_what_stops_nothing_is_a_warning() -> None:
    assert show(fault("a: b", 4), level="warning").startswith("shop.yaml:1:4: warning[CS301]: ")


def test_the_gutter_is_as_wide_as_the_line_number() -> None:
    lines = show(fault("a: b", 4, line=12345, help="c")).split("\n")
    assert [line.index("|") for line in lines[1:5]] == [6, 6, 6, 6]
    assert lines[5] == "      = help: c"


def test_without_help_it_ends_with_the_caret() -> None:
    assert show(fault("a: b", 4)).split("\n")[-1] == "  |    ^"


def test_without_a_line_it_is_the_message_and_the_help() -> None:
    found = Diagnostic("shop.yaml", 0, 0, "CS001", "there is no such file", "look again")
    assert show(found) == ("shop.yaml: error[CS001]: there is no such file\n  = help: look again")


def test_without_its_source_it_has_no_excerpt() -> None:
    found = Diagnostic("shop.yaml", 3, 4, "CS301", "unknown", "known: `a`")
    assert show(found) == "shop.yaml:3:4: error[CS301]: unknown\n  = help: known: `a`"


@pytest.mark.parametrize(
    ("source", "column", "length", "line", "caret"),
    [
        ("a: b", 4, 1, "a: b", "   ^"),
        ("a: b", 5, 1, "a: b", "    ^"),
        ("a: b", 99, 9, "a: b", "    ^"),
        ("a: bcd", 4, 99, "a: bcd", "   ^^^"),
        ("\t\ta: b", 6, 1, "\t\ta: b", "\t\t   ^"),
        ("\ta:\tb", 5, 1, "\ta:\tb", "\t  \t^"),
        ("商店: 书", 5, 1, "商店: 书", "      ^^"),
        ("e\u0301: x", 5, 1, "e\u0301: x", "   ^"),
        ("👩\u200d👩: x", 6, 1, "👩\u200d👩: x", "      ^"),
        ("a: \x1b[31mb", 4, 6, "a: ␛[31mb", "   ^^^^^^"),
        ("a: \x00\x7f\x85\u202e\u2028b", 9, 1, "a: ␀␡���b", "        ^"),
    ],
)
def test_the_caret_stands_under_the_characters_at_fault(
    source: str, column: int, length: int, line: str, caret: str
) -> None:
    assert shown(source, column, length) == (line, caret)


@pytest.mark.parametrize("column", [1, 2, 60, 119, 120, 121, 300, 599, 600, 601])
def test_a_long_line_is_cut_around_the_caret(column: int) -> None:
    source = "".join(chr(0x61 + index % 26) for index in range(600))
    line, caret = shown(source, column, 5)
    at = caret.index("^")
    assert len(line) <= 122
    assert line[at : at + len(caret) - at] == source[column - 1 :][: len(caret) - at]
    assert len(caret) - at == min(5, max(1, 601 - column))
    assert line.startswith("…") == (column > 116)
    assert line.endswith("…") == (column < 550)


def width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


#: What takes room of its own; a few of other categories combine as well, such as U+1D165.
PRINTABLE = st.text(
    st.characters(exclude_categories=["Mn", "Me", "C", "Z"]).filter(
        lambda char: not combining(char)
    ),
    min_size=1,
    max_size=300,
)


@given(PRINTABLE, st.integers(1, 300))
def test_the_caret_is_never_beside_its_character(source: str, column: int) -> None:
    column = min(column, len(source))
    line, caret = shown(source, column)
    before = caret.rstrip("^")
    start = next(end for end in range(len(line)) if width(line[:end]) == len(before))
    assert line[start] == source[column - 1]
    assert len(caret) - len(before) == width(line[start])


@given(st.text(max_size=200), st.text(max_size=50), st.text(max_size=50), st.integers(0, 60))
def test_nothing_of_a_user_acts_on_a_terminal(
    source: str, message: str, file: str, column: int
) -> None:
    found = Diagnostic(file, 1, column + 1, "CS301", message, message, source)
    text = show(found)
    assert not re.search(
        r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text
    )
    assert len(text.split("\n")) in {2, 1} if not source else len(text.split("\n")) <= 6
    text.encode()


def test_a_ten_megabyte_line_is_shown_at_once() -> None:
    assert len(show(fault("ab " * 3_000_000, 4_000_000))) < 400


@pytest.mark.parametrize(
    ("files", "text"),
    [
        (["a"], "1 fault in 1 file"),
        (["a", "a", "a"], "3 faults in 1 file"),
        (["a", "b"], "2 faults in 2 files"),
        (["a"] * 1234, "1,234 faults in 1 file"),
        ([], "0 faults in 0 files"),
    ],
)
def test_the_summary_counts_faults_and_files(files: list[str], text: str) -> None:
    assert summary(Diagnostic(file, 0, 0, "CS001", "gone") for file in files) == text


def test_a_report_is_every_fault_and_the_summary() -> None:
    one, two = Diagnostic("a", 0, 0, "CS001", "gone"), Diagnostic("b", 0, 0, "CS001", "gone")
    assert report([one, two]) == (
        "a: error[CS001]: gone\n\nb: error[CS001]: gone\n\n2 faults in 2 files"
    )


def test_the_same_fault_is_told_once() -> None:
    one = Diagnostic("a", 1, 1, "CS001", "gone", "by one way")
    two = Diagnostic("a", 1, 1, "CS001", "gone", "by another way")
    error = SpecError([one, two, one])
    assert error.diagnostics == (one,)
    assert str(error) == "a:1:1: error[CS001]: gone"


def test_a_diagnostic_finds_its_source_line(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_bytes(b"\xef\xbb\xbfone\r\ntwo\rth\xffree")
    for line, source in [(1, "one"), (2, "two"), (3, "th\ufffdree"), (4, ""), (0, "")]:
        found = Diagnostic(str(path), line, 1, "CS502", "failed")
        assert with_source(found).source == source
    gone = Diagnostic(str(tmp_path / "gone"), 1, 1, "CS502", "failed")
    assert with_source(gone) is gone
    known = Diagnostic(str(path), 1, 1, "CS502", "failed", source="uno")
    assert with_source(known) is known


@pytest.mark.parametrize(
    ("word", "known", "help"),
    [
        ("bearr", ["bearer", "basic"], "did you mean `bearer`?"),
        ("Bearer", ["bearer", "basic"], "did you mean `bearer`?"),
        ("GTE", ["GET", "POST"], "did you mean `GET`?"),
        ("sphinx", ["sphinx-rst", "sphinx-myst"], "did you mean `sphinx-myst` or `sphinx-rst`?"),
        ("docsy", ["hugo-docsy", "mkdocs"], "did you mean `hugo-docsy`?"),
        ("get", ["get-a", "get-b", "get-c", "get-d", "gets"], "did you mean `gets`?"),
        ("x", ["b", "a"], "known: `a`, `b`"),
        ("x", [], "none is defined"),
        ("x" * 1_000_000, ["a"], "known: `a`"),
        (
            "q",
            [f"n{i:02}" for i in range(24)],
            "known: " + ", ".join(f"`n{i:02}`" for i in range(20)) + ", …",
        ),
    ],
    ids=lambda value: str(value)[:20],
)
def test_an_unknown_word_is_answered_by_its_kinds_or_the_nearest_known_one(
    word: str,
    known: list[str],
    help: str,  # noqa: A002
) -> None:
    assert suggest(word, known) == help


def test_codes_are_ordered_and_unlike() -> None:
    assert list(CODES) == sorted(CODES)
    assert len(set(CODES.values())) == len(CODES)
    assert all(re.fullmatch(r"CS[0-9]{3}", code) for code in CODES)
