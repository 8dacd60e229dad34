"""Python's literals and program, as `ruff format` writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from callsheet.errors import Unsupported
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
            "import os\nimport sys\n\nimport requests\n",
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


@pytest.mark.parametrize(
    ("client", "example", "text"),
    [
        ("requests", "{body: {json: null}}", 'data=b"null",'),
        ("requests", "{body: {form: {a: [x, y], b: z}}}", 'data={"a": ["x", "y"], "b": "z"},'),
        ("requests", "{body: {json: {a: !env A, b: 1.10}}}", "+ ', \"b\": 1.10}'"),
        ("requests", "{response: {text: é, type: text/plain}}", 'response.encoding = "utf-8"\n'),
        ("requests", "{response: {status: 302}}", "allow_redirects=False,"),
        ("httpx", "{body: {text: x}}", 'content=b"x",'),
        ("httpx", "{headers: {A: [b, c]}}", 'headers=[("A", "b"), ("A", "c")],'),
        ("httpx", "{body: {json: !json '[\"\\ud800\"]'}}", "content=b'[\"\\\\ud800\"]',"),
        ("httpx", "{response: {sse: [a]}}", 'with httpx.stream(\n    "POST",'),
        ("requests", '{body: {text: "\\x85"}}', 'data="\\x85".encode(),'),
        ("requests", '{body: {text: "\\\\x85"}}', 'data=b"\\\\x85",'),
        (
            "requests",
            "{response: {json: !json '{\"n\": 1e400}'}, prints: n}",
            'print(response.json(parse_float=str)["n"])',
        ),
        (
            "httpx",
            "{body: {multipart: [{name: f, file: shop.yaml}]}}",
            'Path("shop.yaml").read_bytes(), "application/octet-stream")',
        ),
        (
            "httpx",
            "{body: {multipart: [{name: a, text: b, filename: notes}]}}",
            '("notes", "b", "text/plain")',
        ),
        ("urllib", "{body: {json: {a: 1}}}", "data=json.dumps(payload).encode(),"),
        ("urllib", "{body: {form: {a: [x, y]}}}", "data=urlencode(payload, doseq=True).encode(),"),
        ("urllib", "{auth: basic}", 'headers={"Authorization": f"Basic {credentials}"},'),
        ("urllib", "{response: {json: {a: x}}, prints: a}", 'print(json.load(response)["a"])'),
    ],
)
def test_clients(tmp_path: Path, client: str, example: str, text: str) -> None:
    assert text in printed(spec_of(tmp_path, example), f"python/{client}")


@pytest.mark.parametrize(
    ("client", "request_line", "reason"),
    [
        ("requests", "GET /a/../b", "takes `.` and `..` out"),
        ("requests", "GET /%7Ea", "undoes percent escapes"),
        ("requests", "GET /a%2fb", "in capitals"),
        ("requests", "GET /100%", "escapes a `%`"),
        ("httpx", "GET /a/./b", "takes `.` and `..` out"),
    ],
)
def test_paths_that_are_sent_otherwise(
    tmp_path: Path, client: str, request_line: str, reason: str
) -> None:
    with pytest.raises(Unsupported, match=re.escape(reason)):
        printed(spec_of(tmp_path, "{}", request=request_line), f"python/{client}")


def test_an_event_of_several_lines_is_joined(tmp_path: Path) -> None:
    spec = spec_of(tmp_path, '{response: {sse: ["{\\n\\"a\\": \\"x\\"}"]}, prints: a}')
    text = printed(spec, "python")
    assert 'event = json.loads(b"\\n".join(data))' in text


def test_numbers_inside_a_list_that_would_be_rounded_are_not_printed(tmp_path: Path) -> None:
    spec = spec_of(tmp_path, "{response: {json: !json '{\"a\": [1e400]}'}, prints: a}")
    with pytest.raises(Unsupported, match="1e400"):
        printed(spec, "python")
