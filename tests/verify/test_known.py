from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from callsheet.spec.model import KnownFailure
from callsheet.spec.read import load
from callsheet.verify.cells import Level, Outcome
from callsheet.verify.engine import verify
from callsheet.verify.known import known_failure, settled

from .cellmaking import TERMS, TODAY, cell, real, verdict

if TYPE_CHECKING:
    from pathlib import Path

    from callsheet.verify.cells import Status

FLAKY = KnownFailure("go", "", "the proxy drops it", date(2027, 1, 31))


@pytest.mark.parametrize(
    ("status", "until", "becomes", "reason"),
    [
        ("failed", date(2027, 1, 31), "expected-failure", "the proxy drops it"),
        ("failed", TODAY, "expected-failure", "the proxy drops it"),
        ("failed", date(2026, 11, 23), "failed", "is past its date, 2026-11-23; it broke"),
        ("passed", date(2027, 1, 31), "failed", "it passes, so it is no known failure"),
        ("passed", date(2026, 11, 23), "failed", "is past its date"),
        ("unavailable", date(2026, 11, 23), "unavailable", "it broke"),
        ("unsupported", date(2027, 1, 31), "unsupported", "it broke"),
    ],
)
def test_a_known_failure_is_expected_until_it_heals_or_ages(
    status: Status, until: date, becomes: Status, reason: str
) -> None:
    found = replace(verdict(cell("a/go", replace(FLAKY, until=until)), status), reason="it broke")
    after = settled(found, TODAY)
    assert after.status == becomes
    assert reason in after.reason
    fails = Outcome("shop.yaml", (after,)).failures
    assert bool(fails) == (becomes == "failed")


def test_a_pass_on_a_lower_rung_does_not_heal_it() -> None:
    found = replace(verdict(cell("a/go", FLAKY)), level=Level.PARSED, wanted=Level.PARSED)
    assert settled(found, TODAY).status == "passed"
    failed = replace(found, status="failed")
    assert settled(failed, TODAY).status == "expected-failure"


def test_what_is_not_known_stays_as_it_is() -> None:
    found = verdict(cell("a/go"), "failed")
    assert settled(found, TODAY) is found


def test_an_entry_for_the_client_goes_before_one_for_the_language() -> None:
    named = replace(FLAKY, client="net-http", reason="named")
    known = [replace(FLAKY, language="php"), FLAKY, named, replace(FLAKY, reason="later")]
    assert known_failure(known, "go", "net-http") is named
    assert known_failure(known, "go", "resty") is FLAKY
    assert known_failure(known, "ruby", "net-http") is None


def test_the_engine_settles_what_it_finds() -> None:
    known = cell("a/go", replace(FLAKY, until=date(2000, 1, 1)))
    unsupported = verify([known], TERMS)[0]
    assert unsupported.status == "unsupported"


SPEC = """\
callsheet: 1
title: Shop
server: https://api.shop.example
endpoints:
  items:
    request: GET /items
    known_failures:
      - {language: curl, reason: by the endpoint, until: 2027-01-31}
      - {language: python, client: requests, reason: by the endpoint, until: 2027-02-01}
    examples:
      one:
        known_failures: [{language: curl, reason: by the example, until: 2027-03-01}]
      two: {}
"""


def test_an_example_has_its_own_and_those_of_its_endpoint(tmp_path: Path) -> None:
    path = tmp_path / "shop.yaml"
    path.write_text(SPEC)
    one, two = load(path).endpoints[0].examples
    by_endpoint = (
        KnownFailure("curl", "", "by the endpoint", date(2027, 1, 31)),
        KnownFailure("python", "requests", "by the endpoint", date(2027, 2, 1)),
    )
    assert two.known_failures == by_endpoint
    assert one.known_failures[1:] == by_endpoint
    known = real(tmp_path, "one/curl/curl", SPEC).known
    assert known
    assert known.reason == "by the example"
