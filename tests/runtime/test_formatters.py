"""Each language's own formatter, linter and compiler judge every snippet of two specs."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from callsheet import clients
from callsheet.errors import Unsupported
from callsheet.render import render
from callsheet.request import build
from callsheet.spec.read import load
from callsheet.verify import packages, packages_nuget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.render import Snippet

ROOT = Path(__file__).parents[2]
SPECS = [ROOT / "spec/clawdrouter.yaml", ROOT / "tests/specs/shapes.yaml"]
PRETTIER = ROOT / "tests/tools/node_modules/.bin/prettier"


def snippets_of(language: str) -> Iterator[Snippet]:
    """Every snippet of a language that the two specs can have, by every client."""
    for path in SPECS:
        spec = load(path)
        for endpoint in spec.endpoints:
            for example in endpoint.examples:
                request = build(spec, endpoint, example)
                for client in clients.of_language(language).values():
                    try:
                        yield render(request, client)
                    except Unsupported:
                        continue


@dataclass(frozen=True)
class Judge:
    """A tool that is silent and content, or not.

    Attributes:
        language: Whose snippets it judges.
        command: The tool; the files' names follow.
        each: Whether it takes one file at a time, in a folder of its own.
        quiet: Whether anything on its stdout is a complaint.
        noise: What it says on stderr when it is content.
    """

    language: str
    command: tuple[str, ...]
    each: bool = False
    quiet: bool = True


JUDGES = {
    # SC2016: single quotes around `$` are what keeps a payload a payload.
    "shellcheck": Judge("curl", ("shellcheck", "--shell=sh", "--exclude=SC2016")),
    "dash": Judge("curl", ("sh", "-n"), each=True),
    "ruff format": Judge("python", ("ruff", "format", "--check", "--isolated", "--quiet")),
    "ruff check": Judge("python", ("ruff", "check", "--isolated", "--quiet")),
    "prettier": Judge("node", (str(PRETTIER), "--check", "--log-level=warn")),
    "gofmt": Judge("go", ("gofmt", "-l")),
    "phpcs": Judge("php", ("phpcs", "--standard=PSR12", "--warning-severity=0", "-q")),
    "php -l": Judge("php", ("php", "-l"), each=True, quiet=False),
    "ruby -wc": Judge("ruby", ("ruby", "-wc"), each=True, quiet=False),
}


def judged(judge: Judge, files: list[Path]) -> str:
    """What a tool complains of, or ""."""
    groups = [[file] for file in files] if judge.each else [files]
    complaints = []
    for group in groups:
        names = [file.name for file in group]
        done = subprocess.run(
            [*judge.command, *names],
            cwd=group[0].parent,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "GO111MODULE": "off", "GOFLAGS": ""},
        )
        said = done.stdout + done.stderr if judge.quiet else ""
        if done.returncode or said.strip() or (not judge.quiet and "warning" in done.stderr):
            complaints.append(f"{names}\n{done.stdout}{done.stderr}")
    return "\n".join(complaints)


def laid(language: str, folder: Path) -> list[Path]:
    files = []
    for number, snippet in enumerate(snippets_of(language)):
        name = f"{number:03}_{snippet.example}_{snippet.client.key}.{snippet.client.extension}"
        path = folder / name.replace("-", "_")
        path.write_text(snippet.text)
        files.append(path)
    assert files
    return files


@pytest.mark.parametrize("name", JUDGES)
def test_the_formatter_has_nothing_to_say(name: str, tmp_path: Path) -> None:
    judge = JUDGES[name]
    assert shutil.which(judge.command[0]), f"{judge.command[0]} is not installed"
    assert judged(judge, laid(judge.language, tmp_path)) == ""


def test_javac_has_no_warning(tmp_path: Path) -> None:
    """Each file in a package-less folder of its own: they all declare `Main`."""
    sources = []
    for file in laid("java", tmp_path):
        (tmp_path / file.stem).mkdir()
        sources.append(file.rename(tmp_path / file.stem / "Main.java"))
    script = tmp_path / "Compile.java"
    script.write_text(COMPILE_EACH)
    installs = [client.install for client in clients.of_language("java").values()]
    folders = [packages.java(install) / "lib" for install in installs if install]
    jars = [str(jar) for folder in folders for jar in sorted(folder.glob("*.jar"))]
    libraries = f"-Dlibraries={os.pathsep.join(jars)}"
    command = ["java", libraries, str(script), *map(str, sources)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


#: One compiler process for all files, each file compiled alone, as `javac -Xlint:all -Werror` does.
COMPILE_EACH = """\
import java.nio.file.*;
import java.util.*;
import javax.tools.*;

class Compile {
  public static void main(String[] args) throws Exception {
    var compiler = ToolProvider.getSystemJavaCompiler();
    boolean good = true;
    var libraries = System.getProperty("libraries");
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      for (String name : args) {
        var folder = Path.of(name).getParent().toString();
        var out = List.of("-Xlint:all", "-Werror", "-cp", libraries, "-d", folder);
        var units = files.getJavaFileObjects(name);
        good &= compiler.getTask(null, files, null, out, null, units).call();
      }
    }
    System.exit(good ? 0 : 1);
  }
}
"""


def test_go_vet_has_nothing_to_say(tmp_path: Path) -> None:
    for file in laid("go", tmp_path):
        (tmp_path / file.stem).mkdir()
        file.rename(tmp_path / file.stem / "main.go")
    (tmp_path / "go.mod").write_text("module judge\n\ngo 1.21\n")
    done = subprocess.run(
        ["go", "vet", "./..."], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


#: The usings that a console project has without naming them.
USINGS = "\n".join(
    f"global using global::{name};"
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
  <ItemGroup>
{libraries}
  </ItemGroup>
{targets}
  <Target Name="Judge" DependsOnTargets="{dependencies}" />
</Project>
"""
TARGET = """\
  <Target Name="T{number}">
    <Csc Sources="usings.cs;snippets/{name}" References="@(ReferencePathWithRefAssemblies)"
      OutputAssembly="out/{number}.dll" TargetType="exe" Nullable="enable" LangVersion="latest"
      WarningLevel="9999" TreatWarningsAsErrors="true" UseSharedCompilation="true"
      ToolExe="$(CscToolExe)" ToolPath="$(CscToolPath)" NoConfig="true" NoLogo="true"
      Features="FileBasedProgram" />
  </Target>
"""


def csharp_libraries(version: str) -> Iterator[str]:
    """References to what the clients' install lines bring, by the newest runtime that it is for."""
    major = int(version.partition(".")[0])
    for client in clients.of_language("csharp").values():
        if client.package:
            folder = packages_nuget.packages(packages.dotnet(client.install))
            lib = folder / client.package.name.lower() / client.package.version / "lib"
            dlls = (lib / f"net{number}.0" for number in range(major, 7, -1))
            found = next(place for place in dlls if place.is_dir())
            yield from (f'    <Reference Include="{dll}" />' for dll in found.glob("*.dll"))


def test_the_csharp_compiler_has_no_warning(tmp_path: Path) -> None:
    """Each file holds top-level statements, so each is compiled alone; one server compiles all."""
    said = subprocess.run(["dotnet", "--version"], capture_output=True, text=True, check=True)
    for name in ("snippets", "out"):
        (tmp_path / name).mkdir()
    files = laid("csharp", tmp_path / "snippets")
    (tmp_path / "usings.cs").write_text(USINGS)
    numbers = range(len(files))
    resolve = ("ResolveAssemblyReferences", "FindReferenceAssembliesForReferences")
    project = PROJECT.format(
        major=said.stdout.partition(".")[0],
        libraries="\n".join(csharp_libraries(said.stdout)),
        targets="".join(TARGET.format(number=n, name=files[n].name) for n in numbers),
        dependencies=";".join((*resolve, *(f"T{n}" for n in numbers))),
    )
    (tmp_path / "judge.csproj").write_text(project)
    words = ["dotnet", "build", "-restore", "-t:Judge", "-nologo", "-v:m"]
    try:
        done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    finally:
        subprocess.run(["dotnet", "build-server", "shutdown"], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "0 Warning(s)" in done.stdout
    assert len(list((tmp_path / "out").glob("*.dll"))) == len(files)
