"""A page of each type, filled: the goldens are read in review."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from inject.made import FORMATS, HERE, filled, page_of
from support import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Golden

PAGES = sorted((HERE / "pages").iterdir())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_is_filled(page: Path, golden: Golden) -> None:
    golden(ROOT / "tests/golden/inject" / page.name, filled(page.read_text(), page.name))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_second_time_changes_nothing(page: Path) -> None:
    once = filled(page.read_text(), page.name)
    assert filled(once, page.name) == once


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_prints_every_part(form: str) -> None:
    name = f"a{FORMATS[form]}"
    once = filled(page_of(form), name)
    assert once.count(" sha=") == 5
    assert filled(once, name) == once
