"""Python's literals and program, as `ruff format` writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callsheet.languages.python import LANGUAGE
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
        ("\"'", '"\\"\'"'),
        ("a\\n\n\r\t", '"a\\\\n\\n\\r\\t"'),
        ("\x00\x1b\x7f", '"\\x00\\x1b\\x7f"'),
        ("\x85\xa0\xad", '"\\x85\\xa0\\xad"'),
        ("\u2028\u202e\ufeff", '"\\u2028\\u202e\\ufeff"'),
        ("\ud800", '"\\ud800"'),
        ("中文😀é", '"中文😀é"'),
        ("${x} #{y} {z} %s", '"${x} #{y} {z} %s"'),
    ],
)
def test_strings(text: str, literal: str) -> None:
    assert WRITER.string(text) == literal


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        (joined(KEY), 'os.environ["KEY"]'),
        (joined("Bearer ", KEY), "f\"Bearer {os.environ['KEY']}\""),
        (joined("{", KEY, "}"), "f\"{{{os.environ['KEY']}}}\""),
        (joined('"', KEY), '\'"\' + os.environ["KEY"]'),
        (joined("a?q=", Env("Q", "url")), "f\"a?q={quote(os.environ['Q'], safe='')}\""),
    ],
)
def test_texts_with_variables(text: Text, literal: str) -> None:
    assert WRITER.text(text) == literal


@pytest.mark.parametrize(
    ("json", "literal"),
    [
        ("null", "None"),
        ("[true, false]", "[True, False]"),
        ("{}", "{}"),
        ("[[], {}]", "[[], {}]"),
        ('{"a": 1, "b c": [1.5, -2]}', '{"a": 1, "b c": [1.5, -2]}'),
        ("12345678901234567890123", "12345678901234567890123"),
        ("1.0", "1.0"),
        ("0.0", "0.0"),
    ],
)
def test_values(json: str, literal: str) -> None:
    assert lay(WRITER.value(from_json(json)), WRITER.style) == literal


@pytest.mark.parametrize("lexeme", ["1.10", "1e2", "1E400", "-0", "0.1e-1", "1e-7", "1.00"])
def test_numbers_that_python_would_write_otherwise_are_not_native(lexeme: str) -> None:
    assert WRITER.lacks(from_json(f"[{lexeme}]"))


def test_a_mapping_breaks_at_88_columns_wide_characters_counted_twice() -> None:
    fits = from_json(f'{{"a": "{"x" * 79}"}}')
    assert "\n" not in lay(WRITER.value(fits), WRITER.style)
    too_wide = from_json(f'{{"a": "{"中" * 41}"}}')
    assert "\n" in lay(WRITER.value(too_wide), WRITER.style)


@pytest.mark.parametrize(
    ("example", "imports"),
    [
        (
            "{body: {form: {q: !env Q}}}",
            "import os\nimport sys\nfrom urllib.parse import quote\n\nimport requests\n",
        ),
        ("{}", "import sys\n\nimport requests\n"),
        ("{auth: key}", "import os\nimport sys\n\nimport requests\n"),
        (
            "{response: {json: {a: {}}}, prints: a}",
            "import json\nimport sys\n\nimport requests\n",
        ),
        (
            "{query: {q: !env Q}}",
            "import os\nimport sys\nfrom urllib.parse import quote\n\nimport requests\n",
        ),
    ],
)
def test_exactly_what_is_used_is_imported(tmp_path: Path, example: str, imports: str) -> None:
    assert printed(spec_of(tmp_path, example), "python").startswith(imports)
