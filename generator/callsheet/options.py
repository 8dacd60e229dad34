"""What a build is asked for; a plain value, so that an unchanged build loads nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

#: Page formats of a build that names none.
FORMATS = ("markdown", "html")


@dataclass(frozen=True, slots=True)
class Options:
    """Words of the command line.

    Attributes:
        server: Replaces the spec's server; "" keeps it.
        languages: Keys; empty means all.
        clients: `language/client` words; empty means what the spec chooses.
        formats: Page formats; empty means markdown and html.
        folders: Template folders before the shipped ones.
        verified: Reports of `callsheet verify`, which pages cite.
    """

    server: str = ""
    languages: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    folders: tuple[Path, ...] = ()
    verified: tuple[Path, ...] = ()
