"""What each HTTP client prints of one call of each kind: goldens, to be read in review."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callsheet import clients, languages
from callsheet.errors import Unsupported
from callsheet.render import render
from callsheet.request import build
from callsheet.spec.read import load
from support import SPECS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from callsheet.clients import Client

    Golden = Callable[[Path, str], None]

FOLDER = SPECS.parent / "golden" / "clients"
EVERY = {
    f"{client.language}.{client.key}": client
    for language in languages.every()
    for client in clients.of_language(language.key).values()
    if client.sdk is None
}


@pytest.mark.parametrize("name", EVERY)
def test_a_client_prints_what_was_reviewed(name: str, golden: Golden) -> None:
    golden(FOLDER / f"{name}.txt", "\n".join(programs(EVERY[name])))


def test_no_golden_is_left_of_a_client_that_is_gone() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(EVERY)


def programs(client: Client) -> list[str]:
    """Each example's program under its name, or why there is none."""
    spec = load(SPECS / "clients.yaml")
    found = []
    for endpoint in spec.endpoints:
        for example in endpoint.examples:
            try:
                text = render(build(spec, endpoint, example), client).text
            except Unsupported as obstacle:
                text = f"{obstacle}\n"
            found.append(f"======== {example.id} ========\n{text}")
    return found
