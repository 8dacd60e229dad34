"""Node.js's literals and program, as Prettier writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callsheet.languages.node import LANGUAGE
from callsheet.layout import lay
from callsheet.spec.scalars import from_json
from callsheet.values import Env, Text, joined
from support import printed, spec_of

if TYPE_CHECKING:
    from pathlib import Path

WRITER = LANGUAGE.literals
KEY = Env("KEY")


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("", '""'),
        ("it's", '"it\'s"'),
        ('say "hi"', "'say \"hi\"'"),
        ("a\\n\n\r\t\b\f", '"a\\\\n\\n\\r\\t\\b\\f"'),
        ("\x00" + "1", '"\\x001"'),
        ("\u2028\u2029\u202e\ufeff", '"\\u2028\\u2029\\u202e\\ufeff"'),
        ("\ud800", '"\\ud800"'),
        ("`${x}`", '"`${x}`"'),
        ("中文😀", '"中文😀"'),
    ],
)
def test_strings(text: str, literal: str) -> None:
    assert WRITER.string(text) == literal


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        (joined(KEY), "process.env.KEY"),
        (joined("Bearer ", KEY), "`Bearer ${process.env.KEY}`"),
        (joined("`${", KEY), "`\\`\\${${process.env.KEY}`"),
        (joined("$", KEY), "`$${process.env.KEY}`"),
        (joined("?q=", Env("Q", "url")), "`?q=${encodeURIComponent(process.env.Q)}`"),
    ],
)
def test_texts_with_variables(text: Text, literal: str) -> None:
    assert WRITER.text(text) == literal


@pytest.mark.parametrize(
    ("json", "literal"),
    [
        ("null", "null"),
        ("{}", "{}"),
        ('{"a": 1, "b-c": "x", "class": true}', '{ a: 1, "b-c": "x", class: true }'),
        ('{"__proto__": 1, "a": 2}', '{ ["__proto__"]: 1, a: 2 }'),
        ("[1, 2]", "[1, 2]"),
        ('[{"a": 1, "b": 2}, {"a": 3, "b": 4}]', "[\n  { a: 1, b: 2 },\n  { a: 3, b: 4 },\n]"),
        ("9007199254740991", "9007199254740991"),
    ],
)
def test_values(json: str, literal: str) -> None:
    assert lay(WRITER.value(from_json(json)), WRITER.style) == literal


@pytest.mark.parametrize(
    "json",
    [
        *("9007199254740992", "-0", "1.0", "1.10", "1e2", "12345678901234567890", "1e400"),
        '{"1": "a", "a": 1}',
    ],
)
def test_what_javascript_would_change_is_not_native(json: str) -> None:
    assert WRITER.lacks(from_json(f"[{json}]"))


def test_a_long_url_moves_below_its_call(tmp_path: Path) -> None:
    short = printed(spec_of(tmp_path, "{}", request="GET /x"), "node")
    assert 'const response = await fetch("https://api.shop.example/v2/x");' in short
    long = printed(spec_of(tmp_path, "{}", request=f"GET /{'x' * 60}"), "node")
    assert 'const response = await fetch(\n  "https://api.shop.example/v2/xxx' in long


@pytest.mark.parametrize(
    ("example", "check"),
    [
        ("{auth: key}", "if (!process.env.SHOP_KEY) {"),
        ("{auth: basic}", 'for (const name of ["SHOP_USER", "SHOP_PASSWORD"]) {'),
    ],
)
def test_an_unset_variable_is_named(tmp_path: Path, example: str, check: str) -> None:
    assert check in printed(spec_of(tmp_path, example), "node")
