"""PHP's literals and program, as PSR-12 lays them out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

from callsheet.errors import Unsupported
from callsheet.languages.php import LANGUAGE
from callsheet.layout import lay
from callsheet.message import Header
from callsheet.results import Result
from callsheet.spec.scalars import from_json
from callsheet.values import EMPTY, Env, Text, joined
from support import printed, spec_of

if TYPE_CHECKING:
    from pathlib import Path

WRITER = LANGUAGE.literals
KEY = Env("KEY")


def laid(json: str) -> str:
    return lay(WRITER.value(from_json(json)), WRITER.style)


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("", "''"),
        ("plain", "'plain'"),
        ("it's", '"it\'s"'),
        ("it's $5", "'it\\'s $5'"),
        ("it's {$x}", "'it\\'s {$x}'"),
        ('say "hi"', "'say \"hi\"'"),
        ("$HOME {$x} ${x}", "'$HOME {$x} ${x}'"),
        ("a\\n", "'a\\\\n'"),
        ("ends in \\", "'ends in \\\\'"),
        ("\\'", "'\\\\\\''"),
        ('$x "q" \\\n', '"\\$x \\"q\\" \\\\\\n"'),
        ("{$x}\r\t", '"{\\$x}\\r\\t"'),
        ("\x00" + "1\x1b\x7f", '"\\x001\\x1b\\x7f"'),
        ("\x85\xa0\u2028\u202e\ufeff", '"\\u{85}\\u{a0}\\u{2028}\\u{202e}\\u{feff}"'),
        ("\U000e0001", '"\\u{e0001}"'),
        ("中文😀 é", "'中文😀 é'"),
        ("?> <?php", "'?> <?php'"),
    ],
)
def test_strings(text: str, literal: str) -> None:
    assert WRITER.string(text) == literal


def test_a_lone_surrogate_is_refused() -> None:
    with pytest.raises(Unsupported, match="lone surrogate"):
        WRITER.string("x\ud800")


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        (joined(KEY), "getenv('KEY')"),
        (joined("Bearer ", KEY), "'Bearer ' . getenv('KEY')"),
        (joined("/a/", Env("ID", "url"), "/b"), "'/a/' . rawurlencode(getenv('ID')) . '/b'"),
    ],
)
def test_texts_with_variables(text: Text, literal: str) -> None:
    assert WRITER.text(text) == literal


@pytest.mark.parametrize(
    ("value", "literal"),
    [
        (joined("x"), "'X-A: x'"),
        (joined(KEY), "'X-A: ' . getenv('KEY')"),
        (EMPTY, "'X-A;'"),
    ],
)
def test_a_header_is_a_line_and_an_empty_one_is_kept(value: Text, literal: str) -> None:
    assert WRITER.header(Header(joined("X-A"), value)) == literal


@pytest.mark.parametrize(
    ("json", "literal"),
    [
        ("null", "null"),
        ("[]", "[]"),
        ("{}", "new stdClass()"),
        ("[{}, []]", "[new stdClass(), []]"),
        ('{"a": 1, "b": {"c": [true, "x"]}}', "['a' => 1, 'b' => ['c' => [true, 'x']]]"),
        ('{"0": "a"}', "(object) ['0' => 'a']"),
        (
            '{"0": {"0": {}}, "1": 2}',
            "(object) ['0' => (object) ['0' => new stdClass()], '1' => 2]",
        ),
        ('{"1": "a", "0": "b"}', "['1' => 'a', '0' => 'b']"),
        ('{"": 1, "$x": 2, "a\'b": 3}', "['' => 1, '$x' => 2, \"a'b\" => 3]"),
        ("[9223372036854775807, -9223372036854775807]",) * 2,
        ("[1.0, 0.1, -1.5]",) * 2,
    ],
)
def test_values(json: str, literal: str) -> None:
    assert laid(json) == literal


def test_a_long_array_gives_each_item_a_line() -> None:
    text = "x" * 70
    assert laid(f'{{"a": "{text}", "b": {{"c": []}}}}') == (
        f"[\n    'a' => '{text}',\n    'b' => ['c' => []],\n]"
    )


@pytest.mark.parametrize(
    "json",
    [
        *("9223372036854775808", "-9223372036854775808", "-0", "1.10", "1e2", "1e400"),
        *('"\\ud800"', '{"\\udc00": 1}'),
    ],
)
def test_what_php_would_change_is_not_native(json: str) -> None:
    assert WRITER.lacks(from_json(json))


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("one line", "'one line'"),
        ("$x\n  {$y}\n\n\\'", "<<<'TEXT'\n    $x\n      {$y}\n\n    \\'\n    TEXT"),
        ("a\n", "<<<'TEXT'\n    a\n\n    TEXT"),
        ("a\n  TEXT;\nTEXT_", "<<<'TEXT__'\n    a\n      TEXT;\n    TEXT_\n    TEXT__"),
        ("a \nb", '"a \\nb"'),
        ("a\r\nb", '"a\\r\\nb"'),
        ("a\n\tb", '"a\\n\\tb"'),
    ],
)
def test_texts_of_several_lines(text: str, literal: str) -> None:
    assert lay(WRITER.block(text), WRITER.style) == literal


def test_json_text_stands_in_a_nowdoc() -> None:
    json = from_json('{"a": 1.10, "b": "%s"}' % ("x" * 70))
    assert lay(WRITER.wire(json), WRITER.style).startswith("<<<'JSON'\n    {\n      \"a\": 1.10,\n")


def test_a_comment_cannot_end_the_program() -> None:
    assert WRITER.comment("a ?> b\nc") == "// a ? > b c"


@pytest.mark.parametrize(
    ("steps", "kind", "code"),
    [
        (("a", 0, "b c"), "text", "$x['a'][0]['b c']"),
        (("a", 0, "b c"), "json", "$x->a[0]->{'b c'}"),
        (("0", "it's"), "number", "$x->{'0'}->{\"it's\"}"),
    ],
)
def test_text_comes_from_arrays_and_json_from_objects(
    steps: tuple[str | int, ...], kind: Literal["text", "number", "json"], code: str
) -> None:
    assert WRITER.at("$x", Result(steps, (False,) * len(steps), kind)) == code


@pytest.mark.parametrize(
    ("request_line", "example", "lines"),
    [
        ("GET /x", "{}", ["curl_setopt_array($ch, [", "    CURLOPT_RETURNTRANSFER => true,"]),
        ("HEAD /x", "{}", ["    CURLOPT_NOBODY => true,"]),
        ("PROPFIND /x", "{}", ["    CURLOPT_CUSTOMREQUEST => 'PROPFIND',"]),
        (
            "POST /x",
            "{}",
            ["    CURLOPT_CUSTOMREQUEST => 'POST',", "        'Content-Length: 0',"],
        ),
        (
            "DELETE /x",
            "{body: {json: {t: 1.0}}}",
            [
                "    CURLOPT_CUSTOMREQUEST => 'DELETE',",
                "        'Content-Type: application/json',",
                "    CURLOPT_POSTFIELDS => json_encode([",
                "    ], JSON_PRESERVE_ZERO_FRACTION),",
            ],
        ),
        (
            "POST /x",
            "{body: {json: {e: !env TAG}}}",
            ["        'e' => getenv('TAG'),", "    ], JSON_THROW_ON_ERROR),"],
        ),
        (
            "GET /x",
            "{auth: basic}",
            ["    CURLOPT_USERPWD => getenv('SHOP_USER') . ':' . getenv('SHOP_PASSWORD'),"],
        ),
        ("POST /x", "{body: {form: {a: b c}}}", ["    CURLOPT_POSTFIELDS => 'a=b%20c',"]),
        (
            "POST /x",
            "{headers: {X-T: [one, two]}, body: {text: it}}",
            ["        'X-T: one',", "        'X-T: two',", "    CURLOPT_POSTFIELDS => 'it',"],
        ),
    ],
)
def test_requests(tmp_path: Path, request_line: str, example: str, lines: list[str]) -> None:
    text = printed(spec_of(tmp_path, example, request=request_line), "php")
    assert [line for line in text.splitlines() if line in lines] == lines


DECODE = "\n$result = json_decode($response{}, flags: JSON_THROW_ON_ERROR);\n"
READABLE = "JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE"


@pytest.mark.parametrize(
    ("example", "end"),
    [
        ("{response: {status: 204}}", "    exit(1);\n}\n"),
        ("{response: {text: hi}}", "}\n\necho $response, PHP_EOL;\n"),
        (
            "{response: {json: {a: hi}}, prints: a}",
            f"{DECODE.format(', true')}echo $result['a'], PHP_EOL;\n",
        ),
        (
            "{response: {json: {a: 1}}, prints: a}",
            f"{DECODE.format('')}echo json_encode($result->a), PHP_EOL;\n",
        ),
        (
            "{response: {json: {a: {}}}, prints: a}",
            f"{DECODE.format('')}echo json_encode($result->a, {READABLE}), PHP_EOL;\n",
        ),
        ("{response: {sse: [{a: hi}]}, prints: a}", "}\necho PHP_EOL;\n"),
        ("{response: {sse: [hi]}}", "    exit(1);\n}\n"),
    ],
)
def test_what_is_printed(tmp_path: Path, example: str, end: str) -> None:
    assert printed(spec_of(tmp_path, example), "php").endswith(end)


@pytest.mark.parametrize(
    ("example", "code"),
    [
        ("{sse: [{a: [{b: hi}]}]}, prints: 'a[0].b'", "echo $event['a'][0]['b'] ?? '';"),
        ("{sse: [hi]}", 'echo implode("\\n", $lines[1]), PHP_EOL;'),
    ],
)
def test_a_stream_prints_each_piece_at_once(tmp_path: Path, example: str, code: str) -> None:
    text = printed(spec_of(tmp_path, f"{{response: {example}}}"), "php")
    written = text.partition("CURLOPT_WRITEFUNCTION")[2]
    assert 0 < written.index(code) < written.index("flush();") < written.index("curl_exec")
    assert "CURLOPT_RETURNTRANSFER" not in text


@pytest.mark.parametrize(
    ("example", "check"),
    [
        ("{auth: key}", "if (getenv('SHOP_KEY') === false) {\n    fwrite(STDERR, \"SHOP_KEY is"),
        ("{auth: basic}", "foreach (['SHOP_USER', 'SHOP_PASSWORD'] as $name) {"),
    ],
)
def test_an_unset_variable_is_named(tmp_path: Path, example: str, check: str) -> None:
    assert check in printed(spec_of(tmp_path, example), "php")


def test_the_open_tag_stands_alone(tmp_path: Path) -> None:
    assert printed(spec_of(tmp_path, "{}"), "php").startswith("<?php\n\n$ch = curl_init(")


def test_a_long_path_is_followed_in_steps(tmp_path: Path) -> None:
    one, two = "a" * 50, "b" * 50
    example = f"{{response: {{json: {{{one}: {{{two}: hi}}}}}}, prints: {one}.{two}}}"
    assert printed(spec_of(tmp_path, example), "php").endswith(
        f"$result = $result['{one}'];\necho $result['{two}'], PHP_EOL;\n"
    )
