"""What a snippet needs around it: data, and the two ways to run it: by itself, or by a Host."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from callsheet.errors import CallsheetError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from callsheet.verify.process import Limits, Run
    from callsheet.verify.runners import Place


class Lost(CallsheetError):  # noqa: N818  names the fault
    """A host ended, or never was: its program must be run in a process of its own."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What a snippet needs around it.

    Attributes:
        command: What runs it in its folder.
        file: Name that it is saved under.
        build: What makes of it what the command runs; nothing where that takes its text.
        tool: The runtime, by the name of its command.
        path: Folders that are searched for programs first.
        environment: Further variables.
        files: Name → text, beside the snippet.
        links: Name → what it stands for, beside the snippet.
        host: What builds and runs it in place of a process of its own.
    """

    command: tuple[str, ...]
    file: str
    build: tuple[str, ...] = ()
    tool: str = ""
    path: tuple[Path, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, Path] = field(default_factory=dict)
    host: Host | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What a program runs with.

    Attributes:
        environment: All of its environment.
        arguments: What its runtime is told on the command line to lead it.
    """

    environment: Mapping[str, str]
    arguments: tuple[str, ...] = ()


class Host(Protocol):
    """Runs programs one after another, so that what is slow to start starts once."""

    def build(self, place: Place, limits: Limits) -> Run | None:
        """See `Place.build`.

        Raises:
            Lost: See there.
        """

    def run(
        self, place: Place, settings: Settings, limits: Limits, heard: Callable[[], None]
    ) -> Run:
        """Runs a program.

        Args:
            place: Where it lies.
            settings: What it runs with.
            limits: Past these, it is ended.
            heard: Is called after each piece of its stdout.

        Raises:
            Lost: See there.
        """
