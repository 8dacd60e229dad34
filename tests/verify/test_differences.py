"""A finding shows where two texts part, however long they are."""

from __future__ import annotations

import pytest

from callsheet.verify.differences import differ
from callsheet.verify.jsonbody import json_differences

LONG = "x" * 5000


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"{LONG}A{LONG}", f"{LONG}B{LONG}"),
        (f"A{LONG}", f"B{LONG}"),
        (LONG, f"{LONG}B"),
        (f"{LONG}A", LONG),
    ],
)
def test_two_long_texts_are_shown_where_they_part(one: str, other: str) -> None:
    (found,) = differ("body", one, other)
    assert found.expected != found.actual
    assert len(found.expected) < 400
    assert ("A" in found.expected) == ("A" in one)
    assert ("B" in found.actual) == ("B" in other)


def test_so_is_a_string_inside_json() -> None:
    body = f'{{"text": "{LONG}B"}}'.encode()
    (found,) = json_differences({"text": f"{LONG}A"}, body)
    assert found.what == "body at text"
    assert "A'" in found.expected
    assert "B'" in found.actual


def test_what_is_equal_is_no_difference() -> None:
    assert differ("body", LONG, LONG) == []
