"""What snippets do behind a gateway, when they are refused, and without a key.

That each makes the declared call at the bare origin is proven by `pytest spec/clawdrouter.yaml`, of
which each cell is a test: see `testpaths`.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from callsheet import clients, languages
from callsheet.options import Options
from callsheet.spec.model import Response
from callsheet.spec.read import load
from callsheet.verify.dummies import dummies
from callsheet.verify.runners import Missing
from callsheet.verify.selection import cells
from callsheet.verify.verdicts import attempt, judge

from .cells import SERVERS, SPEC, every, one_of_each

if TYPE_CHECKING:
    from collections.abc import Mapping

    from callsheet.render import Snippet
    from callsheet.verify.verdicts import Trial

    from .cells import Cell

CELLS = every()
MESSAGE = "invalid API key 密钥无效"
REFUSAL = Response(
    401, (), "json", {"error": {"type": "auth", "message": MESSAGE}}, "application/json"
)


def trial(
    snippet: Snippet, variables: Mapping[str, str], response: Response | None = None
) -> Trial:
    """Runs a snippet; a runtime that is missing is a failure on CI, else the plugin says so."""
    try:
        return attempt(snippet, variables, SPEC.parent, response=response)
    except Missing as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(missing))


def report(snippet: Snippet, found: Trial, differences: object) -> str:
    said = found.run.stderr.decode(errors="replace")[-3000:]
    return f"{differences}\n\n{snippet.text}\n{said}"


@pytest.mark.parametrize("cell", [cell for cell in CELLS if cell.server == "prefix"], ids=str)
def test_behind_a_path_the_snippet_makes_the_declared_call_too(cell: Cell) -> None:
    snippet = cell.snippet
    variables = dummies(snippet.request.env)
    found = trial(snippet, variables)
    differences = judge(snippet, found, variables, SPEC.parent)
    assert not differences, report(snippet, found, "\n".join(map(str, differences)))
    assert found.text == snippet.text  # byte for byte what is printed


@pytest.mark.parametrize("cell", one_of_each(CELLS), ids=str)
def test_a_refused_call_ends_with_a_status_and_the_servers_message(cell: Cell) -> None:
    snippet = cell.snippet
    found = trial(snippet, dummies(snippet.request.env), REFUSAL)
    assert len(found.calls) == 1
    assert found.run.status != 0
    assert found.text == snippet.text  # byte for byte what is printed, at the bare origin too
    # cURL's --fail-with-body writes the body where it writes every body.
    shown = found.run.stderr + (found.run.stdout if cell.language == "curl" else b"")
    assert MESSAGE in shown.decode(), report(snippet, found, "the message is not shown")


@pytest.mark.parametrize("cell", one_of_each(CELLS), ids=str)
def test_an_unset_key_ends_the_program_before_it_calls(cell: Cell) -> None:
    snippet = cell.snippet
    found = trial(snippet, {})
    assert found.calls == ()
    assert found.run.status != 0
    assert snippet.request.env[0] in found.run.stderr.decode()


def test_every_client_of_every_language_is_proven_with_both_servers(
    pytestconfig: pytest.Config,
) -> None:
    """At the bare origin by the plugin, with the words that this project gives it."""
    testpaths = [pytestconfig.rootpath / path for path in pytestconfig.getini("testpaths")]
    assert SPEC in testpaths
    words = Options(clients=tuple(pytestconfig.getoption("callsheet_client")))
    items = {cell.name for cell in cells(load(SPEC), words) if cell.snippet}
    assert items == {
        f"{cell.example}/{cell.language}/{cell.client}" for cell in CELLS if cell.server == "origin"
    }
    proven = {(cell.server, cell.language, cell.client) for cell in CELLS}
    for language in languages.every():
        for client in clients.of_language(language.key):
            assert {(server, language.key, client) for server in SERVERS} <= proven
