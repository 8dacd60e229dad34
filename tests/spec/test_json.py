"""JSON texts of a spec: what is taken, and what is wrong with the others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callsheet.errors import SpecError
from callsheet.spec.scalars import from_json
from callsheet.wire import compact

from .test_scalars import read

if TYPE_CHECKING:
    from pathlib import Path


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=30))
def test_json_is_read_as_python_reads_it(text: str) -> None:
    """Whatever Python's own parser takes is taken, but for what JSON itself does not say."""
    try:
        expected = json.loads(text, parse_constant=_refused, object_pairs_hook=_unique)
    except ValueError:
        with pytest.raises(ValueError):  # noqa: PT011  the message is the golden files' part
            from_json(text)
    else:
        assert json.loads(compact(from_json(text))) == expected


def _refused(word: str) -> None:
    raise ValueError(f"JSON has no {word}")


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)


@pytest.mark.parametrize("text", ["NaN", "[Infinity]", '{"a": 1, "a": 2}', "[" * 201 + "]" * 201])
def test_what_python_takes_beyond_json_is_refused(text: str) -> None:
    assert json.loads(text) is not None
    with pytest.raises(ValueError):  # noqa: PT011
        from_json(text)


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("", ["a JSON value is missing"]),
        ("[1, 2", ["the JSON ends before it is complete"]),
        ("[1 2]", ["`,` or a closing bracket is expected before `2`"]),
        ('{"a" 1}', ["`:` is expected before `1`"]),
        ("{a: 1}", ["a key in double quotes is expected before `a`"]),
        ("[1,]", ["JSON has no comma after the last item"]),
        ('{"a": 1,}', ["JSON has no comma after the last item"]),
        ("['a']", ["JSON strings take double quotes"]),
        ("[nul]", ["`nul` is not a JSON value"]),
        ("[1] 2", ["the JSON value has ended before this"]),
        ("[.5]", ["`.5` is not a JSON number"]),
        ("+1", ["`+1` is not a JSON number"]),
        ("1 // one", ["the JSON value has ended before this"]),
        ("[1, # one\n2]", ["JSON has no comments"]),
        ('"a\nb"', ["a string goes over the end of its line"]),
        ('"a\tb"', ["the character U+0009 cannot stand in a string"]),
        (r'"\q"', [r"`\q` is not an escape of JSON"]),
        (r'"\u12"', [r"`\u12` is not an escape of JSON"]),
        ('"a', ["this quote is never closed"]),
        (
            '{"a": NaN, "b": {"c": 1, "c": 2}, "a": [1,]}',
            [
                "JSON has no `NaN`",
                "the key `c` stands twice in this object",
                "the key `a` stands twice in this object",
                "JSON has no comma after the last item",
            ],
        ),
    ],
    ids=lambda value: str(value)[:20],
)
def test_all_faults_of_a_json_text_are_told(text: str, messages: list[str]) -> None:
    with pytest.raises(ValueError) as raised:  # noqa: PT011
        from_json(text)
    assert str(raised.value).split("; ") == messages


def test_a_json_fault_points_into_the_yaml_file(tmp_path: Path) -> None:
    with pytest.raises(SpecError) as raised:
        read(tmp_path, '!json |\n\n            {"a": 1,\n\n             "b": tru}\n')
    (fault,) = raised.value.diagnostics
    assert fault.source[fault.column - 1 :][: fault.length] == "tru"
    assert fault.line == 14
