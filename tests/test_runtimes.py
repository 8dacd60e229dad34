"""What is found of a runtime that is missing, hangs, crashes, says garbage or is too old."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from callsheet import languages, runtimes
from callsheet.runtimes import Tool, installed, look

if TYPE_CHECKING:
    from pytest_subprocess import FakeProcess

RUNTIME = replace(languages.get("node").runtime, command="tool", version=("--version",))


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A tool that is on PATH."""
    path = tmp_path / "tool"
    path.touch(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    return str(path)


def test_a_tool_that_is_not_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert look(RUNTIME) == Tool("", "", "`tool` is not on PATH")
    assert installed(RUNTIME) == ""


@pytest.mark.parametrize(
    ("said", "version"),
    [
        ("curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1 OpenSSL/3.0.17\n", "7.88.1"),
        ("Python 3.13.0rc2\n", "3.13.0"),
        ("v20.20.2\n", "20.20.2"),
        ("v20\n", "20"),
        ("go version go1.26.8 linux/amd64\n", "1.26.8"),
        ("openjdk 17.0.15 2025-04-15\nOpenJDK Runtime Environment (build 17.0.15+6)\n", "17.0.15"),
        ("openjdk 21 2023-09-19\nOpenJDK Runtime Environment (build 21+35-2513)\n", "21"),
        ("PHP 8.2.36 (cli) (built: Nov 17 2025 08:00:00) (NTS)\n", "8.2.36"),
        ("\nWarning: cannot load x in Unknown on line 0\nPHP 8.2.36 (cli)\n", "8.2.36"),
        ("ruby 3.1.7p261 (2025-03-26 revision 0a3704f218) [x86_64-linux]\n", "3.1.7"),
        ("10.0.401\n", "10.0.401"),
    ],
)
def test_the_version_is_read_as_each_tool_says_it(
    fp: FakeProcess, tool: str, said: str, version: str
) -> None:
    fp.register([tool, "--version"], stdout=said)
    assert look(RUNTIME) == Tool(tool, version)


def test_a_version_may_stand_on_stderr(fp: FakeProcess, tool: str) -> None:
    fp.register([tool, "--version"], stderr="tool 1.2\n")
    assert look(RUNTIME).version == "1.2"


def test_a_tool_that_hangs(tool: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(tool).write_text("#!/bin/sh\nexec /bin/sleep 60\n")
    monkeypatch.setattr(runtimes, "_PATIENCE", 0.2)
    assert look(RUNTIME) == Tool(tool, "", "`tool --version` does not end")


@pytest.mark.parametrize(
    ("stdout", "stderr", "complaint"),
    [
        ("", "Error: no SDK 9.0 here\nlook at x\n\n", "look at x"),
        ("oops 1.0\n", "", "oops 1.0"),
        ("", "", "it says nothing"),
    ],
)
def test_a_tool_that_crashes_has_no_version(
    fp: FakeProcess, tool: str, stdout: str, stderr: str, complaint: str
) -> None:
    fp.register([tool, "--version"], returncode=139, stdout=stdout, stderr=stderr)
    assert look(RUNTIME) == Tool(tool, "", f"`tool --version` fails: {complaint}")


@pytest.mark.parametrize("said", [b"", b"\xff\xfe\0\x80", b"hello there\n", b"x86_64 a1b2 2024-\n"])
def test_garbage_is_no_version(tool: str, said: bytes) -> None:
    octal = "".join(f"\\{byte:03o}" for byte in said)
    Path(tool).write_text(f"#!/bin/sh\nprintf '{octal}'\n")
    assert look(RUNTIME) == Tool(tool, "", "`tool --version` names no version")


def test_a_file_that_is_no_program(tool: str) -> None:
    Path(tool).write_text("#!/nowhere/interpreter\n")
    found = look(RUNTIME)
    assert found.path == tool
    assert found.complaint.startswith("`tool --version` cannot be run: ")


@pytest.mark.parametrize(
    ("version", "lowest", "enough"),
    [
        ("3.10.0", "3.10", True),
        ("3.9.18", "3.10", False),
        ("8", "8.0", True),
        ("20.20.2", "18", True),
        ("1.26.8", "1.3", True),
        ("9.0.100", "10", False),
        ("", "1", False),
    ],
)
def test_versions_are_compared_number_by_number(version: str, lowest: str, *, enough: bool) -> None:
    assert Tool("/tool", version).is_at_least(lowest) is enough
