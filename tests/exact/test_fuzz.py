"""Arbitrary calls through every client: what the loader takes is sent exactly, or declined.

On CI a few calls of fixed seeds; `make fuzz` draws many of new ones. A call that goes wrong is made
as small as it goes wrong, and shown as YAML for the corpus.
"""

from __future__ import annotations

import os
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, seed, settings

from callsheet import languages
from callsheet.errors import SpecError
from callsheet.spec.read import load

from .corpus import FOLDER, cells, hold, report, verdicts
from .strategies import cases
from .writing import spec, written

if TYPE_CHECKING:
    from pathlib import Path

    from callsheet.verify.cells import Cell

    Case = tuple[str, dict[str, Any]]

LANGUAGES = [language.key for language in languages.every()]
#: How many calls are drawn, and the seed of the first; the others count up from there.
CALLS = int(os.environ.get("CALLSHEET_FUZZ", "25"))
SEED = int(os.environ.get("CALLSHEET_FUZZ_SEED", "0"))
#: Seconds in which a call that goes wrong is made smaller.
SHRINKING = 60.0
WORDS = settings(
    max_examples=2,  # of which the first is the simplest that there is
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=False,
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A call that the loader takes, and its cells in a language."""

    case: Case
    cells: list[Cell]


def drawn(case: Case, language: str, folder: Path, name: str) -> Drawn | None:
    """A call's cells; None where the spec would be refused. Anything else than that is a fault."""
    file = folder / f"{name}.yaml"
    file.write_bytes(spec(name, *case).encode())
    try:
        read = load(file)
    except SpecError:
        return None
    try:
        return Drawn(case, cells(read, language))
    except Exception as fault:
        raise AssertionError(f"{fault}\n\n{shown(case)}") from fault


def shown(case: Case) -> str:
    """What goes into a file of the corpus."""
    line, example = case
    return f"  fuzz: {{request: {written(line)}, examples: {{fuzz: {written(example)}}}}}"


def draw(language: str, folder: Path) -> list[Drawn]:
    """As many calls as were asked for."""
    return [_draw(number, language, folder) for number in range(CALLS)]


def _draw(number: int, language: str, folder: Path) -> Drawn:
    """The call of a number, which has a seed of its own, so that it is like no other."""
    found: list[Drawn] = []

    @seed(SEED + number)
    @settings(WORDS, phases=[Phase.generate])
    @given(case=cases())
    def collect(case: Case) -> None:
        taken = drawn(case, language, folder, f"fuzz-{number}")
        assume(taken is not None)
        found.extend([taken] if taken else [])

    collect()
    return found[-1]


def shrunk(number: int, client: str, language: str, folder: Path) -> str:
    """The smallest call that one client gets wrong, begun with that of a number; what is wrong."""
    case, until = _draw(number, language, folder).case, time.monotonic() + SHRINKING
    wrong: dict[str, str] = {}

    @seed(SEED + number)
    @settings(WORDS, phases=[Phase.generate, Phase.shrink], report_multiple_bugs=False)
    @given(other=cases())
    def retry(other: Case) -> None:
        taken = drawn(other, language, folder, "shrunk")
        assume(taken is not None)
        key = shown(other)
        if taken and key not in wrong and (wrong or other == case):
            wrong[key] = complaint(taken, client) if time.monotonic() < until else ""
        assert not wrong.get(key)

    with suppress(AssertionError):
        retry()
    found = {key: text for key, text in wrong.items() if text}
    smallest = min(found, key=len, default="")
    return f"{smallest}\n\n{found[smallest]}" if found else f"alone it is right:\n{shown(case)}"


def complaint(taken: Drawn, client: str) -> str:
    """What one client gets wrong of a call."""
    mine = [cell for cell in taken.cells if cell.client == client and cell.snippet]
    wrong = [verdict for verdict in verdicts(mine) if verdict.status == "failed"]
    return report(wrong) if wrong else ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_call_is_made_exactly_or_declined(language: str, tmp_path: Path) -> None:
    shutil.copytree(FOLDER / "files", tmp_path / "files")
    calls = draw(language, tmp_path)
    found = verdicts([cell for call in calls for cell in call.cells if cell.snippet])
    wrong = [verdict for verdict in found if verdict.status == "failed"]
    if wrong:
        cell = wrong[0].cell
        number = int(cell.example.removeprefix("fuzz-"))
        smallest = shrunk(number, cell.client, language, tmp_path)
        more = "\n".join(f"{verdict.cell.name}: {verdict.reason}" for verdict in wrong)
        pytest.fail(f"seed {SEED}; add to the corpus:\n{smallest}\n\n{more}", pytrace=False)
    hold(found)
