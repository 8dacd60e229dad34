"""C#: a host that holds the SDK's own compiler, and runs what it compiles in a process below it.

A program that asks what process it is, that is made of more than its text, or that sets what the
runtime reads but once, is built and run by itself. What else may leave something behind, the host
finds in what it compiled: that process ends with such a program.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet import cache as caches
from callsheet.errors import CallsheetError
from callsheet.verify.batch import Batch
from callsheet.verify.batch.host import PROGRAMS, hosted
from callsheet.verify.process import run
from callsheet.verify.runners import found, surroundings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from callsheet.render import Snippet
    from callsheet.verify.bench import Bench

#: What goes by itself: directives of a file-based program, attributes of the assembly, code that a
#: generator completes; the names of its assembly, its folder and its command line; and settings
#: that are read when they are first needed, which another program has done.
_ALONE = re.compile(
    r"^[ \t]*#[!:]"
    r"|\[\s*(?:assembly|module)\s*:"
    r"|\bpartial\s+(?:class|interface|record|struct)\b"
    r"|\bAssembly\s*\.\s*[A-Z]"
    r"|\bEnvironment\s*\.\s*(?:CommandLine|ProcessPath)\b"
    r"|\b(?:AppContext|AssemblyLoadContext|GetCommandLineArgs|SetEnvironmentVariable)\b"
    r"|\bAppDomain\b(?!\s*\.\s*CurrentDomain\s*\.\s*(?:ProcessExit|UnhandledException)\b)",
    re.MULTILINE,
)
#: How the host is compiled.
_OPTIONS = (
    *("-nologo", "-nostdlib+", "-langversion:latest", "-nullable:enable", "-optimize+"),
    *("-deterministic+", "-debug-", "-target:exe", "-out:host.dll"),
)
#: What older packages are made for.
_STANDARDS = ("netstandard2.1", "netstandard2.0")
_SOURCES = sorted((PROGRAMS / "csharp").glob("*.cs"))


@dataclass(frozen=True, slots=True)
class _Sdk:
    """What a user's `dotnet` builds with.

    Attributes:
        version: Such as `10.0.401`.
        compiler: Folder of Roslyn.
        references: Folder of the assemblies that programs are compiled against.
    """

    version: str
    compiler: Path
    references: Path

    @property
    def major(self) -> str:
        """That of the runtime as well."""
        return self.version.partition(".")[0]


def _alike(snippet: Snippet) -> str | None:
    """The directive that a program begins with: its client's package; or ""."""
    package = snippet.client.package
    directive = f"#:package {package.name}@{package.version}\n" if package else ""
    text = snippet.text.removeprefix(directive)
    return None if _ALONE.search(text) else directive


def _command(_: Sequence[Snippet], bench: Bench) -> tuple[str, ...]:
    sdk = _sdk(bench)
    libraries = os.pathsep.join(map(str, _libraries(bench, sdk)))
    return ("dotnet", str(_host(bench, sdk)), str(sdk.compiler), str(sdk.references), libraries)


def _libraries(bench: Bench, sdk: _Sdk) -> Iterator[Path]:
    """The folders of the packages' assemblies: of each, the newest that the runtime takes."""
    folder = bench.environment.get("NUGET_PACKAGES", "")
    for package in sorted(Path(folder).glob("*/*/lib")) if folder else ():
        made = {each.name: each for each in package.iterdir()}
        fitting = (f"net{major}.0" for major in range(int(sdk.major), 4, -1))
        name = next((name for name in (*fitting, *_STANDARDS) if name in made), None)
        if name:
            yield made[name]


def _sdk(bench: Bench) -> _Sdk:
    """What `dotnet build` would take.

    Raises:
        CallsheetError: A part of it is not where SDKs have it.
    """
    version = _said(bench, "--version")
    lines = (line.partition(" ") for line in _said(bench, "--list-sdks").splitlines())
    folder = next((Path(rest.strip("[]")) for name, _, rest in lines if name == version), Path())
    major = version.partition(".")[0]
    packs = folder.parent.glob(f"packs/Microsoft.NETCore.App.Ref/{major}.*/ref/net{major}.0")
    shared = folder.parent.glob(f"shared/Microsoft.NETCore.App/{major}.*")
    references = _newest(packs) or _newest(shared)
    compiler = folder / version / "Roslyn" / "bincore"
    if references is None or not (compiler / "csc.dll").is_file():
        raise CallsheetError(f"the .NET SDK {version} has no compiler in {compiler}")
    return _Sdk(version, compiler, references)


def _newest(folders: Iterable[Path]) -> Path | None:
    def numbers(folder: Path) -> list[int]:
        return list(map(int, re.findall(r"\d+", str(folder))))

    return max(folders, key=numbers, default=None)


def _host(bench: Bench, sdk: _Sdk) -> Path:
    """The host's program, which is compiled once for an SDK and kept.

    Raises:
        CallsheetError: It does not compile.
    """
    state = sha256(f"{sdk.version}\n{sdk.references}".encode())
    for file in (*_SOURCES, Path(__file__)):
        state.update(file.read_bytes())
    host = caches.folder().absolute() / "csharp" / state.hexdigest()[:16] / "host.dll"
    if not host.is_file():
        caches.keep(str(host.with_suffix(".runtimeconfig.json")), _settings(sdk).encode())
        caches.keep(str(host), _compiled(bench, sdk))
    return host


def _settings(sdk: _Sdk) -> str:
    """What `dotnet` is to run the host with: that which a program is built for."""
    framework = {"name": "Microsoft.NETCore.App", "version": f"{sdk.major}.0.0"}
    properties = {
        "System.Runtime.Serialization.EnableUnsafeBinaryFormatterSerialization": False,
        "System.Runtime.TieredPGO": False,  # nothing runs long enough
    }
    options = {
        "tfm": f"net{sdk.major}.0",
        "framework": framework,
        "configProperties": properties,
    }
    return json.dumps({"runtimeOptions": options}, indent=2)


def _compiled(bench: Bench, sdk: _Sdk) -> bytes:
    """The host's program, by the compiler itself: MSBuild takes seconds more.

    Raises:
        CallsheetError: It does not compile.
    """
    roslyn = (sdk.compiler / f"Microsoft.CodeAnalysis{part}.dll" for part in ("", ".CSharp"))
    references = (f'-r:"{file}"' for file in (*sorted(sdk.references.glob("*.dll")), *roslyn))
    sources = (f'"{file}"' for file in _SOURCES)
    with tempfile.TemporaryDirectory(prefix="callsheet-") as temporary:
        place = Path(temporary)
        words = (*_OPTIONS, *references, *sources)
        (place / "host.rsp").write_text("\n".join(words), encoding="utf-8")
        csc = str(sdk.compiler / "csc.dll")
        _said(bench, csc, "-noconfig", "@host.rsp", folder=place)
        return (place / "host.dll").read_bytes()


def _said(bench: Bench, *arguments: str, folder: Path | None = None) -> str:
    """What `dotnet` prints.

    Raises:
        CallsheetError: It fails.
    """
    with tempfile.TemporaryDirectory(prefix="callsheet-", ignore_cleanup_errors=True) as home:
        settings = surroundings(bench, Path(home))
        ended = run([found("dotnet", settings), *arguments], folder or Path(home), settings)
    said = ended.stdout.decode(errors="replace").strip()
    if ended.status or ended.cut:
        said = ended.cut or f"{said}\n{ended.stderr.decode(errors='replace')}".strip()
        raise CallsheetError(f"`dotnet {arguments[0]}` fails: {said}")
    return said


BATCH = Batch(alike=_alike, open=hosted(_command), least=3, seconds=6.0)
