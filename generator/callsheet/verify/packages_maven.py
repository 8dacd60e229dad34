"""A library's Maven coordinates, as a Gradle line names them, to a folder of its jars."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from callsheet.verify.packages import Execute

#: `implementation("group:artifact:version")`: https://docs.gradle.org/current/userguide/declaring_dependencies.html
_LINE = re.compile(r'implementation\("([\w.-]+):([\w.-]+):([\w.-]+)"\)')
_PROJECT = """\
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>callsheet</groupId>
  <artifactId>snippet</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>{}</groupId>
      <artifactId>{}</artifactId>
      <version>{}</version>
    </dependency>
  </dependencies>
</project>
"""


def jars(folder: Path, command: str, execute: Execute) -> bool:
    """Puts a library and all that it needs into a folder's `lib`.

    Args:
        folder: An empty folder of ours.
        command: The line of the install section.
        execute: What runs Maven.

    Returns:
        Whether the line names a library.
    """
    (folder / "lib").mkdir()
    named = _LINE.fullmatch(command)
    if named is None:
        return False
    (folder / "pom.xml").write_text(_PROJECT.format(*named.groups()), "utf-8")
    # The user's ~/.m2 is left as it is: Maven's own plugins are fetched for us alone.
    own = folder / "repository"
    maven = ["mvn", "--batch-mode", "--quiet", f"-Dmaven.repo.local={own}"]
    execute([*maven, "dependency:copy-dependencies", "-DoutputDirectory=lib"], folder, {})
    shutil.rmtree(own, ignore_errors=True)
    return True
