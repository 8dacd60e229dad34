"""A `dotnet package add …` to a folder of packages, from which a build takes them offline."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from callsheet.errors import CallsheetError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from callsheet.verify.packages import Execute

#: Names a folder of packages for machines that do not reach nuget.org.
FEED = "CALLSHEET_NUGET_FEED"
#: Beside a program: what it needs is in the folder of packages, so no source is asked.
NO_SOURCES = "<configuration><packageSources><clear /></packageSources></configuration>\n"
#: The command adds to a project; this one is only there to be added to.
_PROJECT = """\
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net{major}.0</TargetFramework>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
</Project>
"""


def add(folder: Path, command: Sequence[str], version: str, execute: Execute) -> None:
    """Runs a `dotnet package add …`, so that its packages are in the folder `packages`.

    Args:
        folder: Where it is run.
        command: Its words.
        version: Of the SDK.
        execute: What runs it.
    """
    project = _PROJECT.format(major=version.partition(".")[0])
    (folder / "packages.csproj").write_text(project, "utf-8")
    own = {"NUGET_PACKAGES": str(packages(folder)), "DOTNET_CLI_TELEMETRY_OPTOUT": "1"}
    feed = os.environ.get(FEED)
    try:
        execute([*command], folder, own)
    except CallsheetError:
        if not feed:
            raise
        execute([*command, "--source", feed], folder, own)


def packages(folder: Path) -> Path:
    """The folder of packages below one in which packages were added."""
    return folder / "packages"
