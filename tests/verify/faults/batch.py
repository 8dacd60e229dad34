"""Programs to the benches that run them; where a compiler is slow to start, it starts once for all.

The commands of a page compile each program alone. That takes seconds in Java and C#, and what the
compiler makes of a text is not what is proven here: the call that the program makes is.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

from callsheet.verify import runners

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from callsheet.render import Snippet
    from callsheet.verify.runners import Bench


def benches(snippets: Sequence[Snippet], folder: Path) -> list[Bench]:
    """A bench for each snippet; all are of one language."""
    first = snippets[0]
    bench = runners.prepare(first.language, first.client)
    build = {"java": _java, "csharp": _csharp}.get(first.language.key)
    if build is None:
        return [bench] * len(snippets)
    commands = build([snippet.text for snippet in snippets], folder)
    return [replace(bench, build=(), command=command) for command in commands]


#: Each file alone, in one virtual machine.
COMPILE_EACH = """\
import java.nio.file.*;
import java.util.*;
import javax.tools.*;

class Compile {
  public static void main(String[] args) throws Exception {
    var compiler = ToolProvider.getSystemJavaCompiler();
    boolean good = true;
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      for (String name : args) {
        var out = List.of("-d", Path.of(name).getParent().toString());
        var units = files.getJavaFileObjects(name);
        good &= compiler.getTask(null, files, null, out, null, units).call();
      }
    }
    System.exit(good ? 0 : 1);
  }
}
"""


def _java(texts: list[str], folder: Path) -> list[tuple[str, ...]]:
    sources = [folder / str(number) / "Main.java" for number in range(len(texts))]
    for source, text in zip(sources, texts, strict=True):
        source.parent.mkdir()
        source.write_text(text)
    (folder / "Compile.java").write_text(COMPILE_EACH)
    _done(["java", "Compile.java", *map(str, sources)], folder)
    quick = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
    return [("java", *quick, "-cp", str(source.parent), "Main") for source in sources]


#: The usings that a console project has without naming them.
USINGS = "".join(
    f"global using global::{name};\n"
    for name in (
        *("System", "System.Collections.Generic", "System.IO", "System.Linq"),
        *("System.Net.Http", "System.Threading", "System.Threading.Tasks"),
    )
)
PROJECT = """\
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net{major}.0</TargetFramework>
    <NuGetAudit>false</NuGetAudit>
    <EnableDefaultCompileItems>false</EnableDefaultCompileItems>
  </PropertyGroup>
{targets}
  <Target Name="Each" DependsOnTargets="{dependencies}" />
</Project>
"""
TARGET = """\
  <Target Name="T{number}">
    <Csc Sources="usings.cs;{number}.cs" References="@(ReferencePathWithRefAssemblies)"
      OutputAssembly="{number}.dll" TargetType="exe" Nullable="enable" LangVersion="latest"
      UseSharedCompilation="true" ToolExe="$(CscToolExe)" ToolPath="$(CscToolPath)"
      NoConfig="true" NoLogo="true" />
  </Target>
"""


def _csharp(texts: list[str], folder: Path) -> list[tuple[str, ...]]:
    said = subprocess.run(["dotnet", "--version"], capture_output=True, text=True, check=True)
    major = said.stdout.partition(".")[0]
    framework = {"name": "Microsoft.NETCore.App", "version": f"{major}.0.0"}
    settings = {"runtimeOptions": {"tfm": f"net{major}.0", "framework": framework}}
    for number, text in enumerate(texts):
        (folder / f"{number}.cs").write_text(text)
        (folder / f"{number}.runtimeconfig.json").write_text(json.dumps(settings))
    (folder / "usings.cs").write_text(USINGS)
    numbers = range(len(texts))
    resolve = ("ResolveAssemblyReferences", "FindReferenceAssembliesForReferences")
    project = PROJECT.format(
        major=major,
        targets="".join(TARGET.format(number=number) for number in numbers),
        dependencies=";".join((*resolve, *(f"T{number}" for number in numbers))),
    )
    (folder / "faults.csproj").write_text(project)
    try:
        _done(["dotnet", "build", "-restore", "-t:Each", "-nologo", "-v:q"], folder)
    finally:
        subprocess.run(["dotnet", "build-server", "shutdown"], capture_output=True, check=False)
    return [("dotnet", str(folder / f"{number}.dll")) for number in numbers]


def _done(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
