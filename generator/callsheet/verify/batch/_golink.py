"""Go programs to one binary of all, and the Run of each one's compiler.

A program is compiled byte for byte, as a package whose path alone is not `main`. A driver, which
imports them all, calls the `main` of the one that the program's own name is a link to.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet.errors import CallsheetError
from callsheet.machine import processors
from callsheet.verify.process import Limits, Run, run
from callsheet.verify.runners import failed, found, surroundings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from callsheet.verify.bench import Bench

#: What is compiled and linked for all. A build cache that is cold must be filled first, with the
#: standard library, and no program's time runs meanwhile.
_LIMITS = Limits(seconds=600.0)
#: What the driver imports itself.
_DRIVER_IMPORTS = frozenset(("os", "path/filepath"))
#: What `go build` makes on this system: on macOS, code that can lie anywhere.
_CODE, _MODE = (("-shared",), "pie") if sys.platform == "darwin" else ((), "exe")
#: As `go build` names what it compiles, above the compiler's complaints.
_HEADING = b"# command-line-arguments\n"

_DRIVER = """\
package main

import (
	"os"
	"path/filepath"
	_ "unsafe" // for go:linkname

{imports}
)

{declarations}
func main() {{
	program, _ := os.Readlink(os.Args[0])
	switch filepath.Base(program) {{
{cases}
	default:
		os.Exit(125)
	}}
}}
"""
_IMPORT = '\t_ "{0}"'
_DECLARATION = "//go:linkname {0} {0}.main\nfunc {0}()\n"
_CASE = '\tcase "{0}":\n\t\t{0}()'


class Unlinked(CallsheetError):  # noqa: N818  names the fault
    """Programs cannot be linked to one binary; says why."""


@dataclass(frozen=True, slots=True)
class Program:
    """What was made of a program.

    Attributes:
        compiled: Its compiler's run, as `go build` would have ended.
        path: What a link must point to that runs it; None where it does not compile.
    """

    compiled: Run
    path: Path | None


def linked(texts: Mapping[str, Iterable[str]], bench: Bench, folder: Path) -> Mapping[str, Program]:
    """Programs, compiled and linked.

    Args:
        texts: Text of a program → the packages that it imports.
        bench: Their bench.
        folder: An empty folder, in which the binary stays.

    Returns:
        Text → what was made of it.

    Raises:
        Unlinked: A command of Go fails, other than for a fault of one program.
    """
    shop = _Shop(bench, folder)
    shop.provide(_DRIVER_IMPORTS.union(*texts.values()))
    names = [f"s{number:03}" for number in range(len(texts))]
    with ThreadPoolExecutor(processors()) as pool:
        runs = list(pool.map(shop.compile, names, texts))
    sound = [name for name, ended in zip(names, runs, strict=True) if not failed(ended)]
    if sound:
        shop.link(sound)
    return {
        text: Program(ended, None if failed(ended) else folder / name)
        for name, text, ended in zip(names, texts, runs, strict=True)
    }


class _Shop:
    """Go's own commands, in a folder that holds what they make."""

    def __init__(self, bench: Bench, folder: Path) -> None:
        self._folder, self._file = folder, bench.file
        self._settings = surroundings(bench, folder)
        self._go = found(bench.tool, self._settings)
        self._tools = Path(self._told([self._go, "env", "GOTOOLDIR"]).strip())
        self._packages = folder / "packages"

    def provide(self, packages: Iterable[str]) -> None:
        """Finds what is compiled of packages, and of all that these import.

        One that does not exist is left out: whatever program imports it does not compile.
        """
        each = "{{if .Export}}packagefile {{.ImportPath}}={{.Export}}{{end}}"
        command = [self._go, "list", "-e", "-export", "-deps", "-f", each, *sorted(packages)]
        self._packages.write_text(self._told(command))

    def compile(self, name: str, text: str) -> Run:
        """Compiles a program as `go build` does."""
        folder = self._folder / f"{name}.d"
        folder.mkdir()
        (folder / self._file).write_bytes(text.encode())
        words = self._compiler(name, self._packages, "-complete", f"./{self._file}")
        ended = run(words, folder, self._settings, _LIMITS)
        if not failed(ended):
            return ended
        # `go build` says on its stderr what the compiler says on its stdout, and ends with 1.
        said = _HEADING + ended.stdout + ended.stderr
        return replace(ended, stdout=b"", stderr=said, status=min(ended.status, 1), pieces=())

    def link(self, names: Sequence[str]) -> None:
        """Links programs, each of which a link of its name stands for then."""
        parts = {"imports": _IMPORT, "declarations": _DECLARATION, "cases": _CASE}
        text = _DRIVER.format(
            **{part: "\n".join(line.format(name) for name in names) for part, line in parts.items()}
        )
        (self._folder / "driver.go").write_text(text)
        lines = (f"packagefile {name}={self._object(name)}\n" for name in names)
        packages = self._folder / "all"
        packages.write_text(self._packages.read_text() + "".join(lines))
        self._told(self._compiler("main", packages, "./driver.go"))
        self._told(
            [
                str(self._tools / "link"),
                *("-importcfg", str(packages), f"-buildmode={_MODE}", "-s", "-w"),
                *("-o", str(self._folder / "programs"), self._object("main")),
            ]
        )
        for name in names:
            (self._folder / name).symlink_to("programs")

    def _compiler(self, package: str, packages: Path, *rest: str) -> list[str]:
        """Without what a debugger needs; the language is the newest, as without a module."""
        options = [*_CODE, "-c=1", "-dwarf=false", "-nolocalimports", "-pack"]
        named = ["-p", package, "-importcfg", str(packages), "-o", self._object(package)]
        return [str(self._tools / "compile"), *named, *options, *rest]

    def _object(self, package: str) -> str:
        return str(self._folder / f"{package}.a")

    def _told(self, command: Sequence[str]) -> str:
        """What a command says that must not fail."""
        ended = run(command, self._folder, self._settings, _LIMITS)
        if failed(ended):
            said = (ended.stderr + ended.stdout).decode(errors="replace").strip()
            raise Unlinked(ended.cut or said or f"{command[0]} ends with {ended.status}")
        return ended.stdout.decode()
