"""How a format is asked for: by its word, or by a file's name."""

from __future__ import annotations

from pathlib import Path

import pytest

from callsheet.errors import UsageError
from callsheet.verify import reports


def test_the_formats_are_found() -> None:
    assert reports.keys() == ("github", "json", "junit", "markdown", "sarif", "text")


@pytest.mark.parametrize("key", reports.keys())
def test_a_format_is_got_by_its_key(key: str) -> None:
    assert reports.get(key).FORMAT.key == key
    assert reports.get(key).FORMAT.title


def test_an_unknown_key_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="unknown report `juint`; did you mean `junit`"):
        reports.get("juint")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("report.txt", "text"),
        ("verify.log", "text"),
        ("out/REPORT.JSON", "json"),
        ("junit.xml", "junit"),
        ("scan.sarif", "sarif"),
        ("scan.sarif.json", "sarif"),
        ("summary.md", "markdown"),
    ],
)
def test_a_file_s_name_says_its_format(name: str, key: str) -> None:
    assert reports.for_path(Path(name)).FORMAT.key == key


@pytest.mark.parametrize(
    ("name", "hint"),
    [("report.jsn", "did you mean `.json`"), ("report.sarf", "`.sarif`"), ("report", "known: ")],
)
def test_another_name_says_what_there_is(name: str, hint: str) -> None:
    with pytest.raises(UsageError, match=hint):
        reports.for_path(Path(name))
