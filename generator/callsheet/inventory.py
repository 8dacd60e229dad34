"""The languages and this machine to a table: what runs here, what is missing, how it is had."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from callsheet import clients, languages
from callsheet.errors import harmless
from callsheet.runtimes import look
from callsheet.verify import packages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from callsheet.clients import Client
    from callsheet.languages._base import Language
    from callsheet.runtimes import Tool

    #: Text and the name of a colour → text.
    Paint = Callable[[str, str], str]

_SYSTEMS = {"debian": "Debian", "macos": "macOS", "windows": "Windows"}
_HEAD = ("LANGUAGE", "RUNTIME", "NEEDS", "CLIENT", "LIBRARY", "STATE")


@dataclass(frozen=True, slots=True)
class Entry:
    """A client and what it needs.

    Attributes:
        client: The client.
        runs: Whether the runtime is there, in a version that is high enough.
        installed: Whether its library is in our cache; None where it needs none.
    """

    client: Client
    runs: bool
    installed: bool | None


@dataclass(frozen=True, slots=True)
class Shelf:
    """A language as this machine has it.

    Attributes:
        language: The language.
        tool: Its runtime.
        entries: Its clients, the plain HTTP client first.
    """

    language: Language
    tool: Tool
    entries: tuple[Entry, ...]

    @property
    def lowest(self) -> str:
        """The version that its plain HTTP snippets need."""
        return self.entries[0].client.runtime

    @property
    def complaint(self) -> str:
        """What stands in the way of its snippets, or ""."""
        late = [entry.client for entry in self.entries if not entry.runs]
        if self.tool.complaint or not late:
            return self.tool.complaint
        needs = f"{late[0].runtime}, which {late[0].title} needs"
        return f"{self.language.runtime.command} {self.tool.version} is lower than {needs}"


def take(folders: tuple[Path, ...] = ()) -> tuple[Shelf, ...]:
    """Every language, in the order of the tabs; all runtimes are asked at once.

    Args:
        folders: Template folders before the shipped ones.
    """
    known = languages.every(folders)
    with ThreadPoolExecutor(len(known)) as pool:
        tools = pool.map(look, (language.runtime for language in known))
    return tuple(_shelf(*pair, folders) for pair in zip(known, tools, strict=True))


def _shelf(language: Language, tool: Tool, folders: tuple[Path, ...]) -> Shelf:
    found = clients.of_language(language.key, folders).values()
    ordered = sorted(found, key=lambda client: client.key != language.client)
    return Shelf(language, tool, tuple(_entry(client, language, tool) for client in ordered))


def _entry(client: Client, language: Language, tool: Tool) -> Entry:
    ready = None
    if client.install:
        ready = bool(tool.version) and packages.is_ready(language.runtime.command, client.install)
    return Entry(client, tool.is_at_least(client.runtime), ready)


def data(shelves: tuple[Shelf, ...]) -> list[dict[str, object]]:
    """The same as plain values, for machines."""
    return [_data(shelf) for shelf in shelves]


def _data(shelf: Shelf) -> dict[str, object]:
    language, tool = shelf.language, shelf.tool
    return {
        "key": language.key,
        "title": language.title,
        "runtime": {
            "title": language.platform,
            "command": language.runtime.command,
            "path": tool.path or None,
            "version": tool.version or None,
            "lowest": shelf.lowest,
            "enough": shelf.entries[0].runs,
            "complaint": shelf.complaint or None,
            "install": dict(language.runtime.install),
        },
        "clients": [_client(entry) for entry in shelf.entries],
    }


def _client(entry: Entry) -> dict[str, object]:
    client, package = entry.client, entry.client.package
    return {
        "key": client.key,
        "title": client.title,
        "lowest": client.runtime,
        "enough": entry.runs,
        "package": package
        and {
            "name": package.name,
            "version": package.version,
            "install": client.install,
            "installed": entry.installed,
        },
    }


def table(shelves: tuple[Shelf, ...], paint: Paint) -> str:
    """A row for each client, and below it how to get what is missing.

    Args:
        shelves: What `take` found.
        paint: Colours a text; hands it back as it is where nothing reads colours.
    """
    rows = [row for shelf in shelves for row in _rows(shelf)]
    widths = [max(len(row[at]) for row in (_HEAD, *rows)) for at in range(len(_HEAD))]
    lines = [paint(_line(_HEAD, widths), "head")]
    lines += [paint(_line(row, widths), _mood(row)) for row in rows]
    return "\n".join((*lines, *(line for shelf in shelves for line in _ways(shelf, paint))))


def _rows(shelf: Shelf) -> Iterator[tuple[str, ...]]:
    tool, command = shelf.tool, shelf.language.runtime.command
    first = shelf.language.title, f"{command} {tool.version or '-'}"
    for entry in shelf.entries:
        client, package = entry.client, entry.client.package
        library = f"{package.name} {package.version}" if package else "-"
        name = f"{client.language}/{client.key}"
        yield (*first, client.runtime, name, library, _state(tool, entry))
        first = "", ""


def _state(tool: Tool, entry: Entry) -> str:
    if not entry.runs:
        return "too old" if tool.version else "broken" if tool.path else "missing"
    return "ready" if entry.installed is not False else "not installed"


def _mood(row: tuple[str, ...]) -> str:
    return {"ready": "good", "not installed": ""}.get(row[-1], "bad")


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _ways(shelf: Shelf, paint: Paint) -> Iterator[str]:
    """How to get what is missing of a language."""
    language = shelf.language
    if shelf.complaint:
        yield f"\n{paint(language.title, 'head')}: {harmless(shelf.complaint)}"
        for system, command in language.runtime.install.items():
            yield f"  {_SYSTEMS.get(system, system):8} {command}"
    missing = [entry.client for entry in shelf.entries if entry.installed is False]
    if missing:
        yield f"\n{paint(language.title, 'head')}: `callsheet verify` installs, into its own cache"
    for client in missing:
        yield f"  {client.key:10} {client.install}"
