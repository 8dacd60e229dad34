"""Each client is led to the recorder, wherever its snippet says that the server is."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest

from callsheet import clients
from callsheet.render import Snippet, render
from callsheet.request import build
from callsheet.spec.read import load
from callsheet.verify.dummies import dummies
from callsheet.verify.origin import swap
from callsheet.verify.verdicts import attempt, judge

from .cells import ORIGIN, SPEC, Cell, every, one_of_each

#: A plain call of each client.
CELLS = [cell for cell in one_of_each(every()) if not cell.snippet.request.stream]
PLAIN = ["http://api.clawdrouter.example", "__DOCS_API_ORIGIN__"]


def at(cell: Cell, server: str) -> Snippet:
    """The cell's snippet, printed for another server."""
    spec = load(SPEC, server=server)
    for endpoint in spec.endpoints:
        for example in endpoint.examples:
            if example.id == cell.example:
                client = clients.find(spec, cell.language, cell.client)
                return render(build(spec, endpoint, example), client)
    raise AssertionError(cell.example)


def proven(snippet: Snippet) -> str:
    """The text that ran, of a snippet that makes the declared call and prints what it must."""
    variables = dummies(snippet.request.env)
    trial = attempt(snippet, variables, SPEC.parent)
    found = judge(snippet, trial, variables, SPEC.parent)
    assert not found, "\n".join([*map(str, found), trial.run.stderr.decode(errors="replace")])
    return trial.text


@pytest.mark.parametrize("server", PLAIN)
@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_of_a_plain_server_or_a_placeholder_the_origin_alone_changes(
    cell: Cell, server: str
) -> None:
    printed = at(cell, f"{server}/base").text
    local = "http://127.0.0.1:65535"
    swapped = swap(printed, f"{server}/base", local)
    assert (swapped.count(local), swapped.count(server)) == (1, 0)
    assert swapped.replace(local, server) == printed


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_a_placeholder_is_led_by_its_origin(cell: Cell) -> None:
    snippet = at(cell, "__DOCS_API_ORIGIN__/base")
    ran = proven(snippet)
    before, after = snippet.text.split("__DOCS_API_ORIGIN__")
    assert ran.startswith(f"{before}http://127.0.0.1:")
    assert ran.removeprefix(f"{before}http://127.0.0.1:").lstrip("0123456789") == after


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_a_server_on_loopback_is_led_to_at_its_own_port(cell: Cell) -> None:
    """Some runtimes take no proxy to loopback."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        server = f"https://localhost:{free.getsockname()[1]}"
        snippet = at(cell, server)
        taken = proven(snippet)
    assert taken.count("https://localhost:") == 1
    assert taken != snippet.text
    assert proven(snippet) == snippet.text


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_a_call_to_another_host_is_caught_and_does_not_leave_the_machine(cell: Cell) -> None:
    other = cell.snippet.text.replace(ORIGIN, "https://other.example")
    variables = dummies(cell.snippet.request.env)
    trial = attempt(replace(cell.snippet, text=other), variables, SPEC.parent)
    assert trial.calls == ()
    assert trial.faults
    assert all("request to another host: " in fault for fault in trial.faults)
    assert all("other.example" in fault for fault in trial.faults)
    assert trial.run.status != 0


@pytest.mark.parametrize(
    "cell", [cell for cell in CELLS if cell.language in {"go", "java", "csharp"}], ids=str
)
def test_a_program_that_does_not_compile_is_told_from_one_that_fails(cell: Cell) -> None:
    broken = replace(cell.snippet, text=f"{cell.snippet.text}}}\n")
    variables = dummies(broken.request.env)
    trial = attempt(broken, variables, SPEC.parent)
    assert not trial.compiled
    found = judge(broken, trial, variables, SPEC.parent)
    assert [difference.what for difference in found] == ["compilation"]
    assert broken.language.runtime.file in found[0].actual
