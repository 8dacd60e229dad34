"""From a place in a snippet to the line of the template that printed it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from callsheet import clients, languages
from callsheet.options import Options
from callsheet.sheet import sheet
from callsheet.spec.read import load
from callsheet.trace import origin
from support import ROOT


def source(place: tuple[str, int] | None) -> str:
    return Path(place[0]).read_text().split("\n")[place[1] - 1] if place else ""


@pytest.mark.parametrize("key", languages.keys())
def test_a_line_of_a_template_that_stands_there_once_is_found_again(key: str) -> None:
    spec = load(ROOT / "tests/specs/shapes.yaml", catalog=clients.catalog())
    made = sheet(spec, Options(languages=(key,)))
    places: dict[str, list[tuple[str, int]]] = {}
    for path in (ROOT / "templates" / key).glob("*.jinja"):
        for number, row in enumerate(path.read_text().split("\n"), 1):
            places.setdefault(row, []).append((str(path), number))
    checked = 0
    for snippet in [group[0] for group in made.snippets.values() if group][::3]:
        for number, row in enumerate(snippet.text.split("\n"), 1):
            if re.search("[a-z]", row) and len(places.get(row, ())) == 1:
                found = origin(snippet, number, 1)
                assert found == places[row][0] or "{{" in source(found)
                checked += found == places[row][0]
    assert checked >= (0 if key == "curl" else 9)


def test_what_a_writer_printed_is_traced_to_the_line_that_asked_for_it() -> None:
    spec = load(ROOT / "spec/clawdrouter.yaml", catalog=clients.catalog())
    (snippet,) = sheet(spec, Options(clients=("python/requests",))).snippets["streaming"]
    lines = snippet.text.split("\n")
    number = 1 + next(index for index, line in enumerate(lines) if '"messages"' in line)
    assert "json={{ body.json | value }}" in source(origin(snippet, number, 9))


def test_a_fault_of_an_included_template_is_told_there() -> None:
    spec = load(ROOT / "spec/clawdrouter.yaml", catalog=clients.catalog())
    made = sheet(spec, Options(clients=("node/fetch",)))
    (snippet,) = made.snippets["streaming"]
    lines = snippet.text.split("\n")
    number = 1 + next(index for index, line in enumerate(lines) if "for await" in line)
    found = origin(snippet, number, 1)
    assert found
    assert Path(found[0]).name == "_stream.jinja"
    assert source(found) == "for await (const text of {{ source }}) {"
