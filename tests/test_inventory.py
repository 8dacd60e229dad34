"""`callsheet languages`: what this machine has, and how the rest is had."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from callsheet import languages
from callsheet.cli import main
from callsheet.verify import packages

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No tool is on PATH, and the cache is empty."""
    monkeypatch.setenv("CALLSHEET_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("FORCE_COLOR", raising=False)


@pytest.fixture
def tool(tmp_path: Path) -> Callable[[str, str], None]:
    """Puts a tool on PATH, by its name and a shell script."""

    def put(name: str, script: str) -> None:
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    return put


def shown(*words: str) -> str:
    done = CliRunner().invoke(main, ["languages", *words])
    assert done.exit_code == 0, done.output
    return done.output


def data(key: str) -> Any:
    return next(entry for entry in json.loads(shown("--format", "json")) if entry["key"] == key)


def row(text: str, client: str) -> list[str]:
    return next(line for line in text.split("\n") if f" {client} " in line).split()


def test_what_is_missing_is_told_with_the_command_for_each_system() -> None:
    text = shown()
    for language in languages.every():
        assert f"\n{language.title}: `{language.runtime.command}` is not on PATH\n" in text
        for name, system in (("Debian", "debian"), ("macOS", "macos"), ("Windows", "windows")):
            assert f"  {name:8} {language.runtime.install[system]}\n" in text
    assert row(text, "go/net-http")[-1] == "missing"
    assert "  openai     pip install openai==" in text


def test_a_runtime_that_is_high_enough_is_ready(tool: Callable[[str, str], None]) -> None:
    tool("go", "echo go version go1.26.8 linux/amd64")
    assert row(shown(), "go/net-http") == "Go go 1.26.8 1.18 go/net-http - ready".split()  # noqa: SIM905
    assert "Go:" not in shown()
    runtime = data("go")["runtime"]
    assert (runtime["version"], runtime["lowest"], runtime["enough"]) == ("1.26.8", "1.18", True)
    assert runtime["path"].endswith("/go")
    assert runtime["complaint"] is None


def test_a_runtime_that_is_too_old_is_no_pass(tool: Callable[[str, str], None]) -> None:
    tool("node", "echo v18.0.0")
    text = shown()
    assert row(text, "node/fetch")[-1] == "ready"
    assert row(text, "node/openai")[-2:] == ["too", "old"]
    assert "\nNode.js: node 18.0.0 is lower than 20, which " in text
    found = {client["key"]: client["enough"] for client in data("node")["clients"]}
    assert found == {"axios": True, "fetch": True, "anthropic": False, "openai": False}


def test_a_runtime_that_crashes_is_broken(tool: Callable[[str, str], None]) -> None:
    tool("java", "echo 'Unable to locate a Java Runtime.' >&2; exit 1")
    text = shown()
    assert row(text, "java/http-client")[-1] == "broken"
    assert "\nJava: `java --version` fails: Unable to locate a Java Runtime.\n" in text
    assert data("java")["runtime"]["version"] is None


def test_nothing_that_a_tool_says_acts_on_the_terminal(tool: Callable[[str, str], None]) -> None:
    tool("ruby", "printf '\\033]0;evil\\007' >&2; exit 1")
    assert "\x1b" not in shown()


def test_a_library_counts_once_our_cache_holds_it(tool: Callable[[str, str], None]) -> None:
    tool("node", "echo v22.1.0")
    before = {client["key"]: client["package"] for client in data("node")["clients"]}
    assert before["fetch"] is None
    assert before["openai"]["installed"] is False
    assert before["openai"]["install"] == f"npm install openai@{before['openai']['version']}"
    assert not (Path(os.environ["CALLSHEET_CACHE"]) / "clients").exists(), "nothing is installed"
    assert "Node.js: `callsheet verify` installs" in shown()
    tool("npm", "exit 0")
    packages._said.cache_clear()  # noqa: SLF001
    packages.node(before["openai"]["install"])
    after = {client["key"]: client["package"] for client in data("node")["clients"]}
    assert after["openai"]["installed"] is True
    assert after["anthropic"]["installed"] is False
    assert row(shown(), "node/openai")[-1] == "ready"


def test_the_table_is_plain_where_nobody_reads_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = shown()
    assert "\x1b[" not in plain
    assert not any(line != line.rstrip() for line in plain.split("\n"))
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[31m" in shown()
