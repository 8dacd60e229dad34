"""The project that pytest verifies, in a folder of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callsheet import cache

from .plugged import project

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def named_cache(monkeypatch: pytest.MonkeyPatch) -> str:
    """The cache of whoever runs this, named before pytester gives us a home of its own."""
    folder = str(cache.folder())
    monkeypatch.setenv("CALLSHEET_CACHE", folder)
    return folder


@pytest.fixture
def home(named_cache: str, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder, in which pytest runs."""
    assert str(cache.folder()) == named_cache
    return project(pytester.path, monkeypatch)
