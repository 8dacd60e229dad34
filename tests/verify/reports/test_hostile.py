"""Texts of programs and specs act on nobody: no terminal, no build server's log."""

from __future__ import annotations

import re

import pytest

from callsheet.errors import harmless
from callsheet.verify import reports
from callsheet.verify.cells import Level, Outcome
from callsheet.verify.reports._lines import inert
from verify.reports import made

COMMAND = re.compile(r"^\s*::(?!(error|warning|notice) title=)", re.MULTILINE)
OLD_COMMAND = re.compile(r"##\w*\[")


@pytest.mark.parametrize("key", reports.keys())
def test_nothing_acts_on_a_terminal(key: str) -> None:
    text = reports.get(key).render(made.hostile())
    lines = text.split("\n")
    assert [harmless(line) for line in lines] == lines


@pytest.mark.parametrize("key", reports.keys())
def test_nothing_is_a_command_of_a_build_server(key: str) -> None:
    text = reports.get(key).render(made.hostile())
    assert not COMMAND.search(text)
    assert not OLD_COMMAND.search(text)


@pytest.mark.parametrize("key", reports.keys())
def test_an_example_s_name_stays_on_its_line(key: str) -> None:
    name = "one\n::error::two\r\n##[error]three"
    found = made.verdict(made.cell(name, name), "failed", Level.RAN, name)
    text = reports.get(key).render(Outcome(name, (found,), (name,), (name,), ""))
    assert not COMMAND.search(text)
    assert not OLD_COMMAND.search(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a::b", "a::b"),
        ("::error::x", "\\x3a:error::x"),
        (" \u00a0::x", " \u00a0\\x3a:x"),
        ("# [x] ## y", "# [x] ## y"),
        ("a ##[x]", "a #\\x23[x]"),
        ("###[x]", "#\\x23\\x23[x]"),
        ("##vso[x]", "#\\x23vso[x]"),
        ("\x1b[1m", "\\x1b[1m"),
    ],
)
def test_commands_are_escaped_and_other_words_are_not(text: str, shown: str) -> None:
    assert inert(text) == shown


def test_bytes_that_are_no_text_are_replaced() -> None:
    found = made.verdict(made.cell("a", "go/net-http"), "failed", stderr=b"caf\xe9 \xff\n")
    for key in ("text", "junit", "markdown", "sarif"):
        assert "caf\ufffd \ufffd" in _unescaped(reports.get(key).render(Outcome("s", (found,))))


def _unescaped(text: str) -> str:
    return text.replace("\\ufffd", "\ufffd")
