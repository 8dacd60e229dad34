"""Which runtimes this machine has. In: a Runtime; out: its version as it says it, or ""."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from callsheet.languages._base import Runtime


def installed(runtime: Runtime) -> str:
    """The version of a runtime found on PATH, or ""."""
    path = shutil.which(runtime.command)
    if path is None:
        return ""
    try:
        done = subprocess.run(  # noqa: S603  a tool on PATH with fixed words
            [path, *runtime.version],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=20,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    match = re.search(r"\d+(?:\.\d+)+|\d+", done.stdout + done.stderr)
    return match[0] if done.returncode == 0 and match else ""
