"""A batch gives the verdict of a process of its own, whatever the programs in it do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callsheet.verify import batch
from callsheet.verify.authority import Authority
from callsheet.verify.dummies import dummies

from .harness import KINDS, alone, changed, limits, program, seen, shared, table, together

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping
    from pathlib import Path

    from callsheet.render import Snippet
    from callsheet.verify.batch import Batch

RIGHT = "the right program"


@pytest.mark.parametrize("language", shared())
def test_a_batch_says_what_a_process_of_its_own_says(language: str, tmp_path: Path) -> None:
    told = table(language)
    right = program(language, told.example)
    variables, signer = dummies(right.request.env), Authority(tmp_path)
    mutants = dict(changed(told))
    expected = {
        name: seen(snippet, alone(snippet, variables, limits(told, name), signer), variables)
        for name, snippet in {RIGHT: right, **mutants}.items()
    }
    assert expected[RIGHT]["found"] == set()
    way = batch.of_tool(right.language.runtime.command)
    assert way
    hosted: set[str] = set()
    for group in groups(right, mutants, way):
        for name, snippet, trial in together(group, way, variables, told, signer):
            assert trial or name != RIGHT  # what ended the host before it is not its concern
            if trial:
                hosted.add(name)
                assert seen(snippet, trial, variables) == expected[name], (name, trial.run)
    assert {RIGHT} | {name for name in mutants if name not in told.alone} == hosted


def groups(
    right: Snippet, mutants: Mapping[str, Snippet], way: Batch
) -> Iterable[list[tuple[str, Snippet]]]:
    """Programs that are alike, between right ones, which nothing that they do may spoil."""
    found: dict[Hashable, list[tuple[str, Snippet]]] = {}
    for name, snippet in mutants.items():
        alike = way.alike(snippet)
        if alike is not None:
            group = found.setdefault(alike, [])
            beside = [(RIGHT, right)] if alike == way.alike(right) else []
            group += [*beside, (name, snippet), *beside]
    return found.values()


@pytest.mark.parametrize("language", shared())
def test_every_kind_of_misbehaviour_is_in_the_table(language: str) -> None:
    assert set(KINDS) <= set(table(language).changes)
