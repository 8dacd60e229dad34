"""What each report looks like; the goldens are read in review."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from callsheet import __version__
from callsheet.verify import reports
from verify.reports import made

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).parents[2] / "golden" / "reports"
ENDS = {"github": ".github.txt"}


@pytest.mark.parametrize("name", ["outcome", "hostile"])
@pytest.mark.parametrize("key", reports.keys())
def test_a_report_is_as_it_was_reviewed(
    key: str, name: str, golden: Callable[[Path, str], None]
) -> None:
    report = reports.get(key)
    text = report.render(getattr(made, name)())
    end = ENDS.get(key) or report.FORMAT.extensions[0]
    golden(GOLDEN / f"{name}{end}", text.replace(f'"version": "{__version__}"', '"version": "*"'))


@pytest.mark.parametrize("key", reports.keys())
def test_a_report_ends_in_one_line_end(key: str) -> None:
    text = reports.get(key).render(made.outcome())
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
