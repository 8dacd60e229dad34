"""Scalars: YAML 1.2's core schema as tables, and JSON that comes back as it was written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callsheet.spec.read import load
from callsheet.spec.scalars import from_json, plain
from callsheet.values import Env, Json, Number
from callsheet.wire import compact

if TYPE_CHECKING:
    from pathlib import Path

#: Plain text → its JSON text. https://yaml.org/spec/1.2.2/#103-core-schema
CORE = {
    # null
    "": "null",
    "~": "null",
    "null": "null",
    "Null": "null",
    "NULL": "null",
    "nULL": '"nULL"',
    "none": '"none"',
    # booleans
    "true": "true",
    "True": "true",
    "TRUE": "true",
    "false": "false",
    "False": "false",
    "FALSE": "false",
    "tRUE": '"tRUE"',
    "yes": '"yes"',
    "NO": '"NO"',
    "no": '"no"',
    "on": '"on"',
    "off": '"off"',
    "y": '"y"',
    "n": '"n"',
    # whole numbers
    "0": "0",
    "-0": "-0",
    "+0": "0",
    "00": "0",
    "7": "7",
    "012": "12",
    "-012": "-12",
    "+1": "1",
    "12345678901234567890": "12345678901234567890",
    "1_000": '"1_000"',
    "1,000": '"1,000"',
    # other bases
    "0x1F": "31",
    "0x0": "0",
    "0o17": "15",
    "0o8": '"0o8"',
    "0x": '"0x"',
    "0X1F": '"0X1F"',
    "0b1": '"0b1"',
    "-0x1F": '"-0x1F"',
    "+0o17": '"+0o17"',
    # fractions and exponents
    "1.10": "1.10",
    "0.0": "0.0",
    ".5": "0.5",
    "-.5": "-0.5",
    "+.5": "0.5",
    "5.": "5.0",
    "012.50": "12.50",
    "1e3": "1e3",
    "1E+3": "1E+3",
    "1e-03": "1e-03",
    "1.e3": "1.0e3",
    "1e400": "1e400",
    "-1.5e-400": "-1.5e-400",
    ".": '"."',
    "-": '"-"',
    "+": '"+"',
    ".e3": '".e3"',
    "1e": '"1e"',
    "e3": '"e3"',
    "1.2.3": '"1.2.3"',
    "--1": '"--1"',
    # what YAML 1.1 read as something else
    "1:30": '"1:30"',
    "12:30:45": '"12:30:45"',
    "2024-01-01": '"2024-01-01"',
    "2024-01-01T00:00:00Z": '"2024-01-01T00:00:00Z"',
    "=": '"="',
    "<<": '"<<"',
    "NaN": '"NaN"',
    "Infinity": '"Infinity"',
    "inf": '"inf"',
    "1 000": '"1 000"',
    "٣": '"٣"',
}


@pytest.mark.parametrize(("text", "value"), CORE.items(), ids=repr)
def test_a_plain_scalar_is_what_the_core_schema_says(text: str, value: str) -> None:
    assert compact(plain(text)) == value


@pytest.mark.parametrize("text", [".inf", "-.Inf", "+.INF", ".nan", ".NaN", ".NAN"])
def test_what_json_cannot_say_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="JSON has no"):
        plain(text)


def test_a_number_of_another_base_may_have_a_thousand_digits() -> None:
    assert plain("0x" + "f" * 998) == Number(str(16**998 - 1))
    with pytest.raises(ValueError, match="1,000 digits"):
        plain("0x" + "f" * 999)


def read(tmp_path: Path, value: str) -> Json:
    """The value of a body's `json:` in a spec."""
    (tmp_path / "shop.yaml").write_bytes(
        b"callsheet: 1\ntitle: Shop\nserver: https://api.shop.example\nendpoints:\n  add:\n"
        b"    request: POST /items\n    examples:\n      one:\n        body:\n          json: "
        + value.encode()
    )
    (endpoint,) = load(tmp_path / "shop.yaml").endpoints
    (example,) = endpoint.examples
    assert example.body is not None
    content: Json = example.body.content  # type: ignore[assignment]
    return content


@pytest.mark.parametrize(("text", "value"), CORE.items(), ids=repr)
def test_a_spec_reads_scalars_so(text: str, value: str, tmp_path: Path) -> None:
    if text not in {"-", "<<"}:
        assert compact(read(tmp_path, text + "\n")) == value
    assert read(tmp_path, f'"{text}"\n') == text
    assert read(tmp_path, f"'{text}'\n") == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[1.10, 1e400, -0, 12345678901234567890]", "[1.10,1e400,-0,12345678901234567890]"),
        ("{b: 1, a: 2, on: 3, 1: 4, true: 5, ~: 6}", '{"b":1,"a":2,"on":3,"1":4,"true":5,"~":6}'),
        ("|\n            a\n             b\n", '"a\\n b\\n"'),
        (">-\n            a\n            b\n", '"a b"'),
        ('"\\x41\\u4f60\\U0001F600\\/"', '"A你😀/"'),
        ("{}", "{}"),
        ("[]", "[]"),
        ("{a: , b: ~}", '{"a":null,"b":null}'),
        ("[&a {b: 1}, *a, *a ]", '[{"b":1},{"b":1},{"b":1}]'),
        ('!json "[1.0, 2]"', "[1.0,2]"),
        ('!json |\n            {"a": "\\ud83d\\ude00"}\n', '{"a":"😀"}'),
        ("!json null", "null"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_spec_reads_json_values_so(text: str, value: str, tmp_path: Path) -> None:
    assert compact(read(tmp_path, text)) == value


def test_env_stands_for_a_value_of_the_environment(tmp_path: Path) -> None:
    assert read(tmp_path, "[!env A_1, {b: !env _}]") == [Env("A_1"), {"b": Env("_")}]


LEXEME = st.from_regex(
    r"-?(0|[1-9][0-9]{0,25})(\.[0-9]{1,9})?([eE][-+]?[0-9]{1,4})?", fullmatch=True
)
#: libyaml refuses DEL and the C1 controls but for NEL, and takes keys of 1,024 characters at most.
TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x7f\ufffe\uffff\ufeff"),
    max_size=40,
).filter(lambda text: not any("\x80" <= char <= "\x9f" for char in text))
VALUES = st.recursive(
    st.none() | st.booleans() | LEXEME.map(Number) | TEXT,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXT, inner, max_size=5),
    max_leaves=20,
)


def written(value: Json) -> str:
    """JSON text with other characters than ASCII as they are, but no raw line separators."""
    if isinstance(value, Number):
        return value.lexeme
    if isinstance(value, list):
        return "[" + ", ".join(written(item) for item in value) + "]"
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f"{written(key)}: {written(item)}" for key, item in value.items()) + "}"
        )
    return json.dumps(value, ensure_ascii=False)


SLOW = settings(
    max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


@SLOW
@given(VALUES)
def test_json_text_comes_back_as_it_was_written(value: Json) -> None:
    assert from_json(written(value)) == value
    assert from_json(compact(value)) == value


@SLOW
@given(value=VALUES)
def test_json_pasted_into_a_spec_comes_back_as_it_was_written(value: Json, tmp_path: Path) -> None:
    assert read(tmp_path, f"!json |\n            {written(value)}\n") == value
    escaped = json.dumps(written(value), ensure_ascii=True)
    if "\\ud" not in escaped:
        assert read(tmp_path, f"!json {escaped}\n") == value


@SLOW
@given(value=VALUES)
def test_json_is_yaml_with_the_same_value(value: Json, tmp_path: Path) -> None:
    assert read(tmp_path, f"{written(value)}\n") == value


@SLOW
@given(value=VALUES)
def test_json_of_an_included_file_comes_back_as_it_was_written(value: Json, tmp_path: Path) -> None:
    (tmp_path / "value.json").write_bytes(written(value).encode())
    assert read(tmp_path, "!include value.json\n") == value
    (tmp_path / "value.yaml").write_bytes(written(value).encode())
    assert read(tmp_path, "!include value.yaml\n") == value
