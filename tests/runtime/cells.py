"""Every cell of the spec: an example in a language through a client, for a server."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from callsheet import clients, languages
from callsheet.errors import Unsupported
from callsheet.render import Snippet, render
from callsheet.request import build
from callsheet.spec.read import load

SPEC = Path(__file__).parents[2] / "spec" / "clawdrouter.yaml"
ORIGIN = "https://api.clawdrouter.example"
SERVERS = {"origin": ORIGIN, "prefix": f"{ORIGIN}/gateway/v9"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One snippet, or what kept it from being printed: a fault of a template is a failed test."""

    server: str
    example: str
    language: str
    client: str
    found: Snippet | Exception

    def __str__(self) -> str:
        return f"{self.server}-{self.example}-{self.language}-{self.client}"

    @property
    def snippet(self) -> Snippet:
        if isinstance(self.found, Exception):
            raise self.found
        return self.found


def every() -> list[Cell]:
    """All cells that a client does not decline, languages side by side so that workers mix them."""
    cells: list[Cell] = []
    for key, server in SERVERS.items():
        spec = load(SPEC, server=server)
        for endpoint in spec.endpoints:
            for example in endpoint.examples:
                request = build(spec, endpoint, example)
                for language, client in _clients():
                    try:
                        found: Snippet | Exception = render(
                            request, clients.find(spec, language, client)
                        )
                    except Unsupported:
                        continue
                    except Exception as fault:  # noqa: BLE001  reported by the cell's own test
                        found = fault
                    cells.append(Cell(key, example.id, language, client, found))
    return cells


def _clients() -> list[tuple[str, str]]:
    keys = languages.keys()
    return [(language, client) for language in keys for client in clients.of_language(language)]


def one_of_each(cells: list[Cell]) -> list[Cell]:
    """The first plain and the first streaming cell of each client, at the bare origin."""
    found: dict[tuple[str, str, bool], Cell] = {}
    for cell in cells:
        streams = isinstance(cell.found, Snippet) and cell.found.request.stream
        if cell.server == "origin":
            found.setdefault((cell.language, cell.client, streams), cell)
    return list(found.values())
