"""What this machine gives to this process."""

from __future__ import annotations

import os


def processors() -> int:
    """How many processors this process may use; all there are where the system does not tell."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
