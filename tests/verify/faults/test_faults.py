"""The verifier is proven: programs that are wrong in one place each, and each is found out.

A program is a rendered snippet with one edit, and it is run for real. The programs without an edit
are run beside them, for a verifier that finds fault with everything would prove nothing.
"""

from __future__ import annotations

from contextlib import nullcontext
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from callsheet.verify import batch, runners
from callsheet.verify.authority import Authority
from callsheet.verify.bench import Lost
from callsheet.verify.dummies import dummies
from callsheet.verify.process import Limits
from callsheet.verify.verdicts import attempt, judge

from . import bodies, endings, lines, sdks, values
from .fault import LANGUAGES, SPECS, Fault, base

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from callsheet.render import Snippet
    from callsheet.verify.bench import Bench

    Golden = Callable[[Path, str], None]

PLAIN = (*lines.FAULTS, *values.FAULTS, *bodies.FAULTS, *endings.FAULTS)
FAULTS = (*PLAIN, *sdks.FAULTS)
COLUMNS = (*LANGUAGES, *sdks.OPENAI, *sdks.ANTHROPIC)
#: A stream that is not shown as it comes is waited for this long.
LIMITS = Limits(seconds=60, patience=1.0)
#: The faults that may never be missing.
NAMED = 29


def expressible(column: str) -> list[Fault]:
    return [fault for fault in FAULTS if not isinstance(fault.edits.get(column, ""), str)]


def places(snippet: Snippet, signer: Authority, bench: Bench | None) -> set[str]:
    """What the verifier finds of a program that is run."""
    variables = dummies(snippet.request.env)
    try:
        trial = attempt(snippet, variables, SPECS, limits=LIMITS, authority=signer, bench=bench)
    except Lost:
        return places(snippet, signer, None)
    return {difference.what for difference in judge(snippet, trial, variables, SPECS)}


def groups(programs: Mapping[str, Snippet]) -> Iterator[dict[str, Snippet]]:
    """Programs that share what is slow to start, as they do when a spec is verified."""
    found: dict[Hashable, dict[str, Snippet]] = {}
    for name, snippet in programs.items():
        way = batch.of_tool(snippet.language.runtime.command)
        alike = way.alike(snippet) if way else None
        found.setdefault(name if alike is None else (alike,), {})[name] = snippet
    yield from found.values()


def benches(
    snippets: list[Snippet], signer: Authority
) -> AbstractContextManager[Sequence[Bench | None]]:
    """A bench for each program of a group; None for one with a process of its own."""
    first = snippets[0]
    way = batch.of_tool(first.language.runtime.command)
    if way is None or len(snippets) == 1:
        return nullcontext([None] * len(snippets))
    return way.open(snippets, runners.prepare(first.language, first.client), signer)


@pytest.mark.parametrize("column", COLUMNS)
def test_right_programs_pass_and_every_fault_is_found_in_its_place(
    column: str, tmp_path: Path
) -> None:
    faults = expressible(column)
    right = {fault.example: base(fault.example, column) for fault in faults}
    programs = right | {fault.name: fault.spoiled(column) for fault in faults}
    expected: dict[str, set[str]] = {example: set() for example in right}
    expected |= {fault.name: fault.expected(column) for fault in faults}
    signer, found = Authority(tmp_path), {}
    for group in groups(programs):
        with benches(list(group.values()), signer) as made:
            for (name, snippet), bench in zip(group.items(), made, strict=True):
                found[name] = places(snippet, signer, bench)
    wrong = {name: found[name] for name in expected if found[name] != expected[name]}
    assert not wrong, {name: (what, expected[name]) for name, what in wrong.items()}


def test_twenty_faults_can_be_made_in_all_languages_and_none_is_there_twice() -> None:
    everywhere = [
        fault for fault in PLAIN if not any(map(str.__instancecheck__, fault.edits.values()))
    ]
    assert len(everywhere) >= 20
    names = [fault.name for fault in FAULTS]
    assert len(set(names)) == len(names)
    assert len([fault for fault in FAULTS if fault.issue]) >= NAMED


def test_the_table_of_faults_and_languages(golden: Golden) -> None:
    golden(Path(__file__).with_name("table.md"), table())


def table() -> str:
    """Faults by columns in Markdown, and why some faults cannot be made in some."""
    rows = [_row("fault", COLUMNS), _row("---", ["---"] * len(COLUMNS))]
    reasons: list[str] = []
    for fault in FAULTS:
        cells = []
        for column in COLUMNS:
            edit = fault.edits.get(column)
            cells.append("" if edit is None else "–" if isinstance(edit, str) else "caught")
            if isinstance(edit, str):
                reasons.append(f"- {fault.name}, {column}: {edit}.")
        rows.append(_row(fault.name, cells))
    return "\n".join(chain(rows, [""], reasons, [""]))


def _row(name: str, cells: list[str] | tuple[str, ...]) -> str:
    return f"| {name} | {' | '.join(cells)} |"
