"""How a language's snippet is built and run: in a folder of its own, as its page's command does it.

What that command compiles and runs in one go is two steps here, so that a program that does not
compile is told from one that fails, and a compiler is not led to a recorder.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet.errors import CallsheetError, quoted
from callsheet.verify import packages, packages_nuget
from callsheet.verify.bench import Bench, Settings
from callsheet.verify.lead import Lead
from callsheet.verify.process import STANDARD, Limits, Run, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from callsheet.clients import Client
    from callsheet.languages._base import Language

#: Where a toolchain lies; all else of the user's environment stays outside.
_KEPT = ("PATH", "JAVA_HOME", "GOROOT", "PYENV_ROOT", "RBENV_ROOT", "NVM_DIR", "ASDF_DATA_DIR")

_NO_FILES: Mapping[str, Path] = {}
#: Name of what a build makes, in the snippet's folder.
_BUILT = "built"

#: Beside a C# file: no NativeAOT package is asked for, no audit leaves the machine, and no compiler
#: server stays behind to hold the pipes.
_BUILD_PROPERTIES = """\
<Project>
  <PropertyGroup>
    <PublishAot>false</PublishAot>
    <NuGetAudit>false</NuGetAudit>
    <UseSharedCompilation>false</UseSharedCompilation>
  </PropertyGroup>
</Project>
"""


class Missing(CallsheetError):  # noqa: N818  names the fault
    """A language's runtime is not on PATH; says how it is installed."""

    def __init__(self, language: Language) -> None:
        runtime = language.runtime
        self.tool = runtime.command
        ways = "; ".join(f"{system}: `{way}`" for system, way in runtime.install.items())
        super().__init__(f"`{self.tool}`, which runs {language.title}, is not on PATH ({ways})")


def prepare(language: Language, client: Client) -> Bench:
    """The bench for a client's snippets; its library is installed on the first call.

    Raises:
        Missing: The runtime is not on PATH.
        NotInstalled: The library cannot be had.
    """
    runtime = language.runtime
    if shutil.which(runtime.command) is None:
        raise Missing(language)
    bench = Bench(tuple(shlex.split(runtime.run)), runtime.file, tool=runtime.command)
    furnish = _FURNISH.get(runtime.command)
    return furnish(bench, client.install) if furnish else bench


def _python(bench: Bench, install: str) -> Bench:
    return replace(bench, path=(packages.scripts(packages.python(install)),))


def _node(bench: Bench, install: str) -> Bench:
    return replace(bench, links={"node_modules": packages.node(install) / "node_modules"})


def _php(bench: Bench, install: str) -> Bench:
    return replace(bench, links={"vendor": packages.php(install) / "vendor"} if install else {})


def _ruby(bench: Bench, install: str) -> Bench:
    """A program without a library finds the gems that its Ruby has."""
    if not install:
        return bench
    folders = [str(folder) for folder in packages.ruby(install)]
    gems = {"GEM_HOME": folders[0], "GEM_PATH": os.pathsep.join(folders)}
    return replace(bench, environment=gems)


def _go(bench: Bench, _: str) -> Bench:
    """Without symbols for a debugger, linking takes half the time."""
    off = {"GOFLAGS": "-mod=mod", "GOPROXY": "off", "GOTOOLCHAIN": "local", "GOTELEMETRY": "off"}
    build = ("go", "build", "-ldflags=-s -w", "-o", _BUILT, bench.file)
    environment = {**_go_folders(), **off}
    return replace(bench, build=build, command=(f"./{_BUILT}",), environment=environment)


@cache
def _go_folders() -> Mapping[str, str]:
    """The user's build cache: compiling the standard library anew takes a minute."""
    question = ["go", "env", "-json", "GOCACHE", "GOMODCACHE", "GOPATH"]
    said = subprocess.run(question, capture_output=True, check=True)  # noqa: S603  fixed words
    found: dict[str, str] = json.loads(said.stdout)
    return found


def _java(bench: Bench, install: str) -> Bench:
    links = {"lib": packages.java(install) / "lib"} if install else {}
    library = ("-cp", "lib/*") if install else ()
    places = os.pathsep.join((_BUILT, *library[1:]))
    build = ("javac", *library, "-d", _BUILT, bench.file)
    command = ("java", "-cp", places, Path(bench.file).stem)
    return replace(bench, build=build, command=command, links=links)


def _dotnet(bench: Bench, install: str) -> Bench:
    kept = {name: value for name, value in os.environ.items() if name.startswith("DOTNET_")}
    quiet = {"DOTNET_NOLOGO": "1", "DOTNET_CLI_TELEMETRY_OPTOUT": "1"}
    alone = {"MSBUILDDISABLENODEREUSE": "1", "DOTNET_CLI_USE_MSBUILD_SERVER": "0"}
    files = {"Directory.Build.props": _BUILD_PROPERTIES}
    if install:
        kept["NUGET_PACKAGES"] = str(packages_nuget.packages(packages.dotnet(install)))
        files["nuget.config"] = packages_nuget.NO_SOURCES
    build = ("dotnet", "build", bench.file, "--output", _BUILT)
    command = ("dotnet", f"{_BUILT}/{Path(bench.file).stem}.dll")
    environment = {**kept, **quiet, **alone}
    return replace(bench, build=build, command=command, environment=environment, files=files)


#: Tool → what it needs around a snippet. A tool that is not here needs nothing.
_FURNISH: Mapping[str, Callable[[Bench, str], Bench]] = {
    "python3": _python,
    "node": _node,
    "go": _go,
    "java": _java,
    "dotnet": _dotnet,
    "php": _php,
    "ruby": _ruby,
}


@dataclass(frozen=True, slots=True)
class Place:
    """A snippet that is laid out to be built and run.

    Attributes:
        text: The program.
        bench: What it needs around it.
        folder: Where it lies.
        home: The home folder that it gets.
    """

    text: str
    bench: Bench
    folder: Path
    home: Path

    def build(self, limits: Limits = STANDARD) -> Run | None:
        """Compiles the snippet, with nothing around that leads it; None where nothing is built."""
        bench = self.bench
        if bench.host:
            return bench.host.build(self, limits)
        settings = surroundings(bench, self.home)
        return self._start(bench.build, settings, limits) if bench.build else None

    def run(
        self,
        variables: Mapping[str, str],
        lead: Lead | None = None,
        limits: Limits = STANDARD,
        heard: Callable[[], None] = lambda: None,
    ) -> Run:
        """Runs the snippet, which is built.

        Args:
            variables: The environment variables that it reads.
            lead: What leads it to a recorder.
            limits: Past these, it is ended.
            heard: Is called after each piece of its stdout, in another thread.
        """
        lead = lead or Lead()
        for name, content in lead.home.items():
            (self.home / name).write_bytes(content.encode())
        settings = {**surroundings(self.bench, self.home), **lead.environment, **variables}
        if self.bench.host:
            told = Settings(settings, lead.arguments)
            return self.bench.host.run(self, told, limits, heard)
        program, *arguments = self.bench.command
        return self._start((program, *lead.arguments, *arguments), settings, limits, heard)

    def _start(
        self,
        command: tuple[str, ...],
        settings: Mapping[str, str],
        limits: Limits,
        heard: Callable[[], None] = lambda: None,
    ) -> Run:
        built = self.folder / command[0]
        program = str(built) if built.is_file() else found(command[0], settings)
        return run([program, *command[1:]], self.folder, settings, limits, heard)


@contextmanager
def laid(text: str, bench: Bench, files: Mapping[str, Path] = _NO_FILES) -> Iterator[Place]:
    """A snippet in a fresh folder, which lasts as long as the `with` statement.

    Args:
        text: The program.
        bench: What it needs around it.
        files: Name → the file that is copied there, in the snippet's folder.

    Raises:
        CallsheetError: A file would lie in the place of the program, or of what it needs.
    """
    refuse_clash(files, bench)
    with tempfile.TemporaryDirectory(prefix="callsheet-", ignore_cleanup_errors=True) as temporary:
        place = Place(text, bench, Path(temporary, "snippet"), Path(temporary, "home"))
        place.home.mkdir()
        _lay(place.folder, text, bench)
        for name, file in files.items():
            (place.folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, place.folder / name)
        yield place


def refuse_clash(files: Iterable[str], bench: Bench) -> None:
    """Refuses files of a spec that would replace the program, or lie in what links lead to.

    Raises:
        CallsheetError: There is one.
    """
    taken = {name.lower() for name in (bench.file, _BUILT, *bench.files, *bench.links)}
    for name in files:
        if name.partition("/")[0].lower() in taken:
            message = "which the call sends, would lie where the program needs a place; rename it"
            raise CallsheetError(f"{quoted(name)}, {message}")


def failed(built: Run) -> bool:
    """Whether a build made no program."""
    return bool(built.status or built.cut)


def execute(
    text: str, bench: Bench, variables: Mapping[str, str], limits: Limits = STANDARD
) -> Run:
    """Builds and runs a snippet in a fresh folder with a minimal environment.

    Args:
        text: The program.
        bench: What it needs around it.
        variables: The environment variables that it reads.
        limits: Past these, it is ended.

    Returns:
        Its run; that of its compiler where it does not compile.
    """
    with laid(text, bench) as place:
        built = place.build(limits)
        return built if built and failed(built) else place.run(variables, limits=limits)


def _lay(folder: Path, text: str, bench: Bench) -> None:
    folder.mkdir()
    for name, content in {**bench.files, bench.file: text}.items():
        (folder / name).write_bytes(content.encode())
    for name, target in bench.links.items():
        (folder / name).symlink_to(target, target_is_directory=True)


def found(program: str, settings: Mapping[str, str]) -> str:
    """A program where an environment's PATH has it; its name where it has it nowhere."""
    return shutil.which(program, path=settings["PATH"]) or program


def surroundings(bench: Bench, home: Path) -> dict[str, str]:
    """What a bench's programs run with: of the user's environment, the way to a toolchain."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    path = os.pathsep.join([*map(str, bench.path), kept.get("PATH", os.defpath)])
    places = {"HOME": str(home), "TMPDIR": str(home), "PATH": path}
    return {**kept, **bench.environment, **places, "LANG": "C.UTF-8", "TZ": "UTC"}
