"""Go's literals and program, as gofmt leaves them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callsheet.errors import Unsupported
from callsheet.languages.go import LANGUAGE
from callsheet.layout import lay
from callsheet.results import Result
from callsheet.spec.bodies import steps_of
from callsheet.spec.scalars import from_json
from callsheet.values import Env, Text, joined
from support import request_of, spec_of

if TYPE_CHECKING:
    from pathlib import Path

    from callsheet.languages._go_results import Decoding

WRITER = LANGUAGE.literals
KEY = Env("KEY")


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("", '""'),
        ("it's ${x} #{y} %s", '"it\'s ${x} #{y} %s"'),
        ('say "hi"', '`say "hi"`'),
        ("C:\\new \\u0022", "`C:\\new \\u0022`"),
        ("`", '"`"'),
        ('`"\\', '"`\\"\\\\"'),
        ('"\n', '"\\"\\n"'),
        ('"\t', '"\\"\\t"'),
        ('"ends in a blank ', '"\\"ends in a blank "'),
        ("a\n\r\t", '"a\\n\\r\\t"'),
        ("\x00\x1b\x7f", '"\\u0000\\u001b\\u007f"'),
        ('"\x85\xa0\xad', '"\\"\\u0085\\u00a0\\u00ad"'),
        ("\u2028\u202e\ufeff", '"\\u2028\\u202e\\ufeff"'),
        ("\U000e0041", '"\\U000e0041"'),
        ("中文😀é", '"中文😀é"'),
    ],
)
def test_strings(text: str, literal: str) -> None:
    assert WRITER.string(text) == literal


@pytest.mark.parametrize("text", ["\ud800", 'x"\udfff', "a\n\ud800"])
def test_a_lone_surrogate_is_refused(text: str) -> None:
    with pytest.raises(Unsupported, match="lone surrogate"):
        WRITER.block(text) and WRITER.string(text)


@pytest.mark.parametrize(
    ("text", "among", "alone"),
    [
        (joined(KEY), "key", "key"),
        (joined("Bearer ", KEY), '"Bearer "+key', '"Bearer " + key'),
        (joined(KEY, Env("MY_ID")), "key+myID", "key + myID"),
        (joined("a=", Env("Q", "url")), '"a="+url.QueryEscape(q)', '"a=" + url.QueryEscape(q)'),
        (
            joined("https://h/", Env("A", "url"), "?b=", Env("B", "url")),
            '"https://h/"+url.PathEscape(a)+"?b="+url.QueryEscape(b)',
            '"https://h/" + url.PathEscape(a) + "?b=" + url.QueryEscape(b)',
        ),
    ],
)
def test_texts_with_variables_among_arguments_and_alone(text: Text, among: str, alone: str) -> None:
    assert WRITER.text(text) == among
    assert WRITER.block_of(text) == alone


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("one line", '"one line"'),
        ("one\n", '"one\\n"'),
        ("a\n\tb\n", "`a\n\tb\n`"),
        ("a\n\n${b}", "`a\n\n${b}`"),
        ("a`\nb", '"a`\\n" +\n\t\t"b"'),
        ("a\r\nb\n", '"a\\r\\n" +\n\t\t"b\\n"'),
        ("a \nb", '"a \\n" +\n\t\t"b"'),
        ("\ufeffa\n\nb", '"\\ufeffa\\n" +\n\t\t"\\n" +\n\t\t"b"'),
    ],
)
def test_text_bodies(text: str, literal: str) -> None:
    assert lay(WRITER.block(text), WRITER.style, indent="\t") == literal


@pytest.mark.parametrize(
    ("json", "literal"),
    [
        ("null", "`null`"),
        ("1e400", "`1e400`"),
        ('{"a": 1.10}', '`{"a": 1.10}`'),
        ('{"`": "`\\u0000\\r"}', '`{"\\u0060": "\\u0060\\u0000\\r"}`'),
        ('"\\ud800\\ufeff\\u00a0"', '`"\\ud800\\ufeff\\u00a0"`'),
        ('"\\udb40\\udc41"', '`"\\udb40\\udc41"`'),
        ('"\\u0022 \\\\u0022 中"', '`"\\" \\\\u0022 中"`'),
    ],
)
def test_json_texts(json: str, literal: str) -> None:
    assert lay(WRITER.wire(from_json(json)), WRITER.style) == literal


def test_a_comment_cannot_end_early() -> None:
    assert WRITER.comment("a\nb\u2028c\td") == "// a b c d"


def result(path: str, kind: str = "text", *, optional: bool = False) -> Result:
    steps = steps_of(path) or ()
    return Result(steps, (*(False,) * (len(steps) - 1), optional), kind)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "kind", "at", "shape"),
    [
        ("id", "text", "v.ID", 'struct {\n\tID string `json:"id"`\n}'),
        ("[1]", "text", "v[1]", "[]string"),
        ("[0][2]", "number", "v[0][2]", "[][]json.Number"),
        (
            "a[0].b_c",
            "json",
            "v.A[0].BC",
            'struct {\n\tA []struct {\n\t\tBC json.RawMessage `json:"b_c"`\n\t} `json:"a"`\n}',
        ),
        ('["-"]', "text", "v.X", 'struct {\n\tX string `json:"-,"`\n}'),
        ('["2fa"]', "text", "v.X2fa", 'struct {\n\tX2fa string `json:"2fa"`\n}'),
        ('["名前"]', "text", "v.X名前", 'struct {\n\tX名前 string `json:"名前"`\n}'),
        ('["@a b"]', "text", "v.AB", 'struct {\n\tAB string `json:"@a b"`\n}'),
        ("imageUrl", "text", "v.ImageURL", 'struct {\n\tImageURL string `json:"imageUrl"`\n}'),
    ],
)
def test_results(path: str, kind: str, at: str, shape: str) -> None:
    assert WRITER.at("v", result(path, kind)) == at
    assert lay(WRITER.shape(result(path, kind)), WRITER.style) == shape


@pytest.mark.parametrize(
    ("it", "guard"),
    [
        (result("a.b"), ""),
        (result("a[0].b"), "len(v.A) > 0"),
        (result("a[0].b[2]"), "len(v.A) > 0 && len(v.A[0].B) > 2"),
        (result("a", "json"), ""),
        (result("a", "json", optional=True), 'string(v.A) != "null"'),
        (result("a", "number", optional=True), ""),
    ],
)
def test_an_event_is_printed_where_it_holds_the_value(it: Result, guard: str) -> None:
    assert WRITER.guard("v", it) == guard


@pytest.mark.parametrize(
    ("response", "prints", "way", "kind"),
    [
        ("{json: {a: x, b: 1}}", "a", "struct", "text"),
        ("{json: {a: [1, null]}}", "a[0]", "struct", "number"),
        ("{json: {a: [x, {b: y}]}}", "a[1].b", "mixed", "text"),
        ("{json: {a: [x, 1]}}", "a[1]", "mixed", "json"),
        ("{sse: [{a: x}, {a: {b: y}}]}", "a.b", "mixed", "text"),
        ("{json: {'a,b': x}}", '["a,b"]', "any", "text"),
        ("{json: {'': 1}}", '[""]', "any", "number"),
        ("{json: {'😀': {}}}", '["😀"]', "any", "json"),
        ("{json: {id: x, ID: y}}", "id", "any", "text"),
        ("{json: {a: {id: x}, b: {ID: y}}}", "a.id", "struct", "text"),
    ],
)
def test_how_a_response_is_decoded(
    tmp_path: Path, response: str, prints: str, way: str, kind: str
) -> None:
    spec = spec_of(tmp_path, f"{{response: {response}, prints: '{prints}'}}")
    decode = WRITER.filters["decoding"]
    decoded: Decoding = decode(request_of(spec))  # type: ignore[assignment]
    assert (decoded.way, decoded.result.kind) == (way, kind)


@pytest.mark.parametrize(
    ("name", "local"),
    [
        ("API_KEY", "apiKey"),
        ("MY_API_URL", "myAPIURL"),
        ("TOKEN", "token"),
        ("KEY_2", "key_2"),
        ("KEY2", "key2"),
        ("BODY", "env_BODY"),
        ("RANGE", "env_RANGE"),
        ("HTTP", "env_HTTP"),
        ("my_key", "env_my_key"),
        ("_A__B", "env__A__B"),
    ],
)
def test_the_local_of_a_variable(name: str, local: str) -> None:
    assert WRITER.env(Env(name)) == local
