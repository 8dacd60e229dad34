"""Benches whose programs are compiled by one process that stays, and run in processes of their own.

`javac` and `dotnet build` take a second or two for each program; here they start once.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet.verify.batch.host import Host
from callsheet.verify.process import Limits, Run, run
from callsheet.verify.runners import found, surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from callsheet.verify.bench import Bench, Settings
    from callsheet.verify.runners import Place

_SOURCES = Path(__file__).parent / "compilers"
_BUILT = "built"
#: A program of a few lines is interpreted faster than it is compiled well.
_FAST = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")


@dataclass(frozen=True, slots=True)
class Compiling:
    """Compiles by a host, and runs by a process."""

    host: Host
    command: tuple[str, ...]

    def build(self, place: Place, limits: Limits) -> Run | None:
        """See `bench.Host`."""
        return self.host.build(place, limits)

    def run(
        self, place: Place, settings: Settings, limits: Limits, heard: Callable[[], None]
    ) -> Run:
        """See `bench.Host`."""
        program, *rest = self.command
        words = [found(program, settings.environment), *settings.arguments, *rest]
        return run(words, place.folder, settings.environment, limits, heard)


@contextmanager
def compiling(bench: Bench) -> Iterator[Bench]:
    """A bench whose programs share a compiler; the bench itself where it compiles nothing so."""
    way = _WAYS.get(bench.tool)
    if way is None:
        yield bench
        return
    with tempfile.TemporaryDirectory(prefix="callsheet-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        words, command = way(bench, folder)
        settings = surroundings(bench, folder)
        host = Host([found(words[0], settings), *words[1:]], folder, settings, builds=True)
        try:
            yield replace(bench, host=Compiling(host, command))
        finally:
            host.close()


def _java(bench: Bench, _: Path) -> tuple[Sequence[str], tuple[str, ...]]:
    words = ["java", *_FAST, str(_SOURCES / "Compiler.java"), *bench.build[1:-1]]
    program, *rest = bench.command
    return words, (program, *_FAST, *rest)


def _dotnet(bench: Bench, folder: Path) -> tuple[Sequence[str], tuple[str, ...]]:
    root = Path(os.path.realpath(shutil.which("dotnet") or "dotnet")).parent
    roslyn = max(root.glob("sdk/*/Roslyn/bincore/csc.dll"), key=_version).parent
    references = max(root.glob("packs/Microsoft.NETCore.App.Ref/*/ref/net*"), key=_version)
    runtime = references.parent.parent.name
    config = json.dumps(
        {"runtimeOptions": {"framework": {"name": "Microsoft.NETCore.App", "version": runtime}}}
    )
    compiler = folder / "Compiler.dll"
    sources = [str(path) for path in sorted(references.glob("*.dll"))]
    sources += [str(roslyn / f"Microsoft.CodeAnalysis{part}.dll") for part in ("", ".CSharp")]
    usings = folder / "Usings.cs"
    usings.write_text("global using System; global using System.IO; global using System.Linq;\n")
    subprocess.run(
        [
            *("dotnet", str(roslyn / "csc.dll"), "-nologo", "-nullable", f"-out:{compiler}"),
            *(f"-r:{path}" for path in sources),
            *(str(_SOURCES / "Compiler.cs"), str(usings)),
        ],
        check=True,
    )
    (folder / "Compiler.runtimeconfig.json").write_text(config)
    words = ["dotnet", str(compiler), str(references), str(roslyn), _BUILT, config]
    return words, bench.command


def _version(path: Path) -> list[int]:
    """What is newest is last."""
    numbers = "".join(char if char.isdigit() else " " for char in str(path)).split()
    return [int(number) for number in numbers]


_WAYS = {"java": _java, "dotnet": _dotnet}
