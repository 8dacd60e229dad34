"""A fenced process that stays, and what is said where it does not."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, cast

import pytest

from callsheet.errors import CallsheetError
from callsheet.verify import fence
from callsheet.verify.enclosure import Enclosure
from callsheet.verify.terms import Terms

from . import fenced
from .cellmaking import TODAY, real

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TERMS = Terms(TODAY)


@pytest.fixture
def enclosure() -> Iterator[Enclosure]:
    made = Enclosure("auto")
    yield made
    made.close()


def test_one_process_verifies_one_cell_after_another(enclosure: Enclosure, tmp_path: Path) -> None:
    before = fenced.network()
    for name in ("one/curl/curl", "one/php/curl", "one/curl/curl"):
        cell = real(tmp_path, name)
        verdict = enclosure.verify([cell], TERMS)[0]
        assert (verdict.status, verdict.reason) == ("passed", "")
        assert verdict.cell is cell
    assert enclosure.fence == fence.run("auto", fenced.itself)[0]
    assert fenced.network() == before


def test_a_fault_of_ours_is_told_and_ends_nothing(enclosure: Enclosure, tmp_path: Path) -> None:
    cell = real(tmp_path)
    with pytest.raises(
        CallsheetError, match=r"^the verifier failed: TypeError: (?s:.*)\nTraceback "
    ):
        enclosure.verify([cell], cast("Terms", None))
    assert enclosure.verify([cell], TERMS)[0].status == "passed"


def test_a_process_that_was_ended_says_so(enclosure: Enclosure, tmp_path: Path) -> None:
    os.kill(enclosure.process, signal.SIGKILL)
    with pytest.raises(CallsheetError, match="that runs snippets ended with status -9"):
        enclosure.verify([real(tmp_path)], TERMS)


def test_what_a_process_complained_of_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [])
    with pytest.raises(CallsheetError, match=r"ended with status 1; (?s:.*)No module named"):
        Enclosure("auto")


def test_it_can_be_closed_twice() -> None:
    made = Enclosure("off")
    assert made.fence.note == "the network is not fenced: --fence off"
    made.close()
    made.close()
