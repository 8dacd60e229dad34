"""The proof: each snippet of the spec runs in its real runtime, and its whole call is compared."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from callsheet import clients, languages
from callsheet.spec.model import Response
from callsheet.verify.dummies import dummies
from callsheet.verify.runners import Missing
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
    """Runs a snippet; on CI a runtime that is missing is a failure, elsewhere it is said aloud."""
    try:
        return attempt(snippet, variables, SPEC.parent, response=response)
    except Missing as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(missing))


def report(snippet: Snippet, found: Trial, differences: object) -> str:
    said = found.run.stderr.decode(errors="replace")[-3000:]
    return f"{differences}\n\n{snippet.text}\n{said}"


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_the_snippet_makes_the_declared_call_and_prints_what_it_must(cell: Cell) -> None:
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


def test_every_client_of_every_language_is_proven_with_both_servers() -> None:
    proven = {(cell.server, cell.language, cell.client) for cell in CELLS}
    for language in languages.every():
        for client in clients.of_language(language.key):
            assert {(server, language.key, client) for server in SERVERS} <= proven
