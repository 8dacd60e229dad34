"""Which runtimes this machine has. In: a Runtime; out: a Tool, with its version as it says it."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from callsheet.languages._base import Runtime

#: Seconds that a tool may take to say its version; the first `dotnet` of a machine takes several.
_PATIENCE = 20
#: A version is the first dotted number; `openjdk 21 2023-09-19` has none.
_VERSIONS = (re.compile(r"\d+(?:\.\d+)+"), re.compile(r"(?<![\w.-])v?(\d+)(?![\w.-])"))


@dataclass(frozen=True, slots=True)
class Tool:
    """A runtime, looked for on PATH.

    Attributes:
        path: Where it is, or "".
        version: What it says of itself, or "" where it says nothing that can be understood.
        complaint: What is wrong with it, or "".
    """

    path: str
    version: str = ""
    complaint: str = ""

    def is_at_least(self, lowest: str) -> bool:
        """Whether its version is high enough."""
        return bool(self.version) and _numbers(self.version) >= _numbers(lowest)


def look(runtime: Runtime) -> Tool:
    """A runtime as this machine has it; one that hangs or crashes is there, but has no version."""
    path = shutil.which(runtime.command)
    if path is None:
        return Tool("", complaint=f"`{runtime.command}` is not on PATH")
    question = f"`{' '.join((runtime.command, *runtime.version))}`"
    try:
        done = subprocess.run(  # noqa: S603  a tool on PATH with fixed words
            [path, *runtime.version],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PATIENCE,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        return Tool(path, complaint=f"{question} does not end")
    except OSError as error:
        return Tool(path, complaint=f"{question} cannot be run: {error.strerror}")
    if done.returncode:
        return Tool(path, complaint=f"{question} fails: {_last(done.stderr or done.stdout)}")
    version = _version(done.stdout) or _version(done.stderr)
    return Tool(path, version, "" if version else f"{question} names no version")


def installed(runtime: Runtime) -> str:
    """The version of a runtime found on PATH, or ""."""
    return look(runtime).version


def _version(text: str) -> str:
    found = (pattern.search(text) for pattern in _VERSIONS)
    return next((match[0].removeprefix("v") for match in found if match), "")


def _numbers(version: str) -> tuple[int, ...]:
    """The numbers of a version without zeros at its end, so that 8 is not less than 8.0."""
    numbers = [int(digits) for digits in re.findall(r"\d+", version)]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def _last(text: str) -> str:
    """The last line that says something, which is mostly what went wrong."""
    lines = text.split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "it says nothing")
