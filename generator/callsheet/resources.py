"""Where the shipped templates lie: in the wheel, or at the root of the checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path


def package() -> Path:
    """The folder of the package itself."""
    return Path(__file__).parent


@cache
def templates() -> Path:
    """The folder of the shipped templates."""
    inside = package() / "templates"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "templates"
