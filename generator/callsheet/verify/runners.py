"""How a language's snippet is run: by the command its page names, in a folder of its own."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet.errors import CallsheetError
from callsheet.verify import packages
from callsheet.verify.process import STANDARD, Limits, Run, run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from callsheet.clients import Client
    from callsheet.languages._base import Language

#: Where a toolchain lies; all else of the user's environment stays outside.
_KEPT = ("PATH", "JAVA_HOME", "GOROOT", "PYENV_ROOT", "RBENV_ROOT", "NVM_DIR", "ASDF_DATA_DIR")

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


@dataclass(frozen=True, slots=True)
class Bench:
    """What a snippet needs around it.

    Attributes:
        command: What runs it in its folder, as the page names it.
        file: Name that it is saved under.
        path: Folders that are searched for programs first.
        environment: Further variables.
        files: Name → text, beside the snippet.
        links: Name → what it stands for, beside the snippet.
    """

    command: tuple[str, ...]
    file: str
    path: tuple[Path, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, Path] = field(default_factory=dict)


def prepare(language: Language, client: Client) -> Bench:
    """The bench for a client's snippets; its library is installed on the first call.

    Raises:
        Missing: The runtime is not on PATH.
        NotInstalled: The library cannot be had.
    """
    runtime = language.runtime
    if shutil.which(runtime.command) is None:
        raise Missing(language)
    bench = Bench(tuple(shlex.split(runtime.run)), runtime.file)
    furnish = _FURNISH.get(runtime.command)
    return furnish(bench, client.install) if furnish else bench


def _python(bench: Bench, install: str) -> Bench:
    return replace(bench, path=(packages.scripts(packages.python(install)),))


def _node(bench: Bench, install: str) -> Bench:
    return replace(bench, links={"node_modules": packages.node(install) / "node_modules"})


def _go(bench: Bench, _: str) -> Bench:
    off = {"GOFLAGS": "-mod=mod", "GOPROXY": "off", "GOTOOLCHAIN": "local", "GOTELEMETRY": "off"}
    return replace(bench, environment={**_go_folders(), **off})


@cache
def _go_folders() -> Mapping[str, str]:
    """The user's build cache: compiling the standard library anew takes a minute."""
    question = ["go", "env", "-json", "GOCACHE", "GOMODCACHE", "GOPATH"]
    said = subprocess.run(question, capture_output=True, check=True)  # noqa: S603  fixed words
    found: dict[str, str] = json.loads(said.stdout)
    return found


def _dotnet(bench: Bench, _: str) -> Bench:
    kept = {name: value for name, value in os.environ.items() if name.startswith("DOTNET_")}
    quiet = {"DOTNET_NOLOGO": "1", "DOTNET_CLI_TELEMETRY_OPTOUT": "1"}
    alone = {"MSBUILDDISABLENODEREUSE": "1", "DOTNET_CLI_USE_MSBUILD_SERVER": "0"}
    files = {"Directory.Build.props": _BUILD_PROPERTIES}
    return replace(bench, environment={**kept, **quiet, **alone}, files=files)


#: Tool → what it needs around a snippet. A tool that is not here needs nothing.
_FURNISH: Mapping[str, Callable[[Bench, str], Bench]] = {
    "python3": _python,
    "node": _node,
    "go": _go,
    "dotnet": _dotnet,
}


def execute(
    text: str,
    bench: Bench,
    variables: Mapping[str, str],
    limits: Limits = STANDARD,
    heard: Callable[[], None] = lambda: None,
) -> Run:
    """Runs a snippet in a fresh folder with a minimal environment.

    Args:
        text: The program.
        bench: What it needs around it.
        variables: The environment variables that it reads.
        limits: Past these, it is ended.
        heard: Is called after each piece of its stdout, in another thread.
    """
    with tempfile.TemporaryDirectory(prefix="callsheet-", ignore_cleanup_errors=True) as temporary:
        folder, home = Path(temporary, "snippet"), Path(temporary, "home")
        home.mkdir()
        _lay(folder, text, bench)
        environment = {**_environment(bench, home), **variables}
        program = shutil.which(bench.command[0], path=environment["PATH"]) or bench.command[0]
        return run([program, *bench.command[1:]], folder, environment, limits, heard)


def _lay(folder: Path, text: str, bench: Bench) -> None:
    folder.mkdir()
    for name, content in {**bench.files, bench.file: text}.items():
        (folder / name).write_bytes(content.encode())
    for name, target in bench.links.items():
        (folder / name).symlink_to(target, target_is_directory=True)


def _environment(bench: Bench, home: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    path = os.pathsep.join([*map(str, bench.path), kept.get("PATH", os.defpath)])
    places = {"HOME": str(home), "TMPDIR": str(home), "PATH": path}
    return {**kept, **bench.environment, **places, "LANG": "C.UTF-8", "TZ": "UTC"}
