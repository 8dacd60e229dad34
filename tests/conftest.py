"""Golden files: `pytest --update-golden` writes what the tests would compare; and pytester."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Golden = Callable[[Path, str], None]

#: Runs pytest itself, for the tests of our plugin; and Chromium, for those of pages.
pytest_plugins = ["pytester", "browser.chromium"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write golden files instead of comparing with them",
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares a text with a golden file, or writes it with `--update-golden`."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            path.write_bytes(text.encode())
        assert path.is_file(), f"{path} is missing; run pytest --update-golden and review it"
        assert text == path.read_bytes().decode()

    return compare
