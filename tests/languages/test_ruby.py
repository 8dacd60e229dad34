"""Ruby's literals and program, as RuboCop lays them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callsheet.errors import Unsupported
from callsheet.languages.ruby import LANGUAGE
from callsheet.layout import lay
from callsheet.results import Result
from callsheet.spec.scalars import from_json
from callsheet.values import Env, Text, joined
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
        ("", '""'),
        ("it's", '"it\'s"'),
        ('say "hi"', "'say \"hi\"'"),
        ('say "hi" \\', "'say \"hi\" \\\\'"),
        ("#{1+1} #$0 #@x #@@y", '"\\#{1+1} \\#$0 \\#@x \\#@@y"'),
        ('"#{x}"', '"\\"\\#{x}\\""'),
        ("# ## {#} #1 $x", '"# ## {#} #1 $x"'),
        ("##{x}", '"#\\#{x}"'),
        ("a\\n\n\r\t", '"a\\\\n\\n\\r\\t"'),
        ('"\n', '"\\"\\n"'),
        ("\x00" + "1\x1b\x7f", '"\\x001\\x1b\\x7f"'),
        ("\x85\xa0\u2028\u202e\ufeff", '"\\u0085\\u00a0\\u2028\\u202e\\ufeff"'),
        ("\U000e0001", '"\\u{e0001}"'),
        ("中文😀 é", '"中文😀 é"'),
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
        (joined(KEY), 'ENV.fetch("KEY")'),
        (joined("Bearer ", KEY), "\"Bearer #{ENV.fetch('KEY')}\""),
        (joined('#{"', KEY, "#"), '"\\#{\\"#{ENV.fetch(\'KEY\')}#"'),
        (joined("/a/", Env("ID", "url")), "\"/a/#{ERB::Util.url_encode(ENV.fetch('ID'))}\""),
    ],
)
def test_texts_with_variables(text: Text, literal: str) -> None:
    assert WRITER.text(text) == literal


@pytest.mark.parametrize(
    ("json", "literal"),
    [
        ("null", "nil"),
        ("[]", "[]"),
        ("{}", "{}"),
        ('{"a": 1, "b": {"c": [true, "x"]}}', '{ a: 1, b: { c: [true, "x"] } }'),
        ('{"": 1, "a b": 2, "if": 3, "a?": 4}', '{ "": 1, "a b": 2, if: 3, a?: 4 }'),
        ('{"#{1}": 1, "a\\"b": 2, "0": 3}', '{ "\\#{1}": 1, "a\\"b": 2, "0": 3 }'),
        ('{"名": 1}', "{ 名: 1 }"),
        ("[1.0, 0.1, 12345678901234567890]", "[1.0, 0.1, 12345678901234567890]"),
    ],
)
def test_values(json: str, literal: str) -> None:
    assert laid(json) == literal


def test_a_long_hash_gives_each_pair_a_line_and_ends_without_a_comma() -> None:
    text = "x" * 70
    assert (
        laid(f'{{"a": "{text}", "b": {{"c": []}}}}') == f'{{\n  a: "{text}",\n  b: {{ c: [] }}\n}}'
    )


@pytest.mark.parametrize(
    "json",
    ["-0", "1.10", "1e2", "1e400", '"\\ud800"', '{"\\udc00": 1}', "[" * 101 + "]" * 101],
)
def test_what_ruby_would_change_is_not_native(json: str) -> None:
    assert WRITER.lacks(from_json(json))


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("one line", '"one line"'),
        ("one line\n", '"one line\\n"'),
        ("#{x}\n  \\n\n\n'\n", "<<~'TEXT'\n  #{x}\n    \\n\n\n  '\nTEXT"),
        ("a\nb", "<<~'TEXT'.chomp\n  a\n  b\nTEXT"),
        ("a\nTEXT\nTEXT_ \n", '"a\\nTEXT\\nTEXT_ \\n"'),
        ("a\n  TEXT\nTEXT_\n", "<<~'TEXT__'\n  a\n    TEXT\n  TEXT_\nTEXT__"),
        ("  a\n    b\n", '"  a\\n    b\\n"'),
        ("a\r\nb", '"a\\r\\nb"'),
        ("a\n\tb", '"a\\n\\tb"'),
        ("\n\n", '"\\n\\n"'),
    ],
)
def test_texts_of_several_lines(text: str, literal: str) -> None:
    assert lay(WRITER.block(text), WRITER.style) == literal


def test_a_heredoc_shares_its_last_line_with_nothing() -> None:
    assert lay(WRITER.block("a\nb"), WRITER.style, suffix=1) == '"a\\nb"'


def test_json_text_stands_in_a_heredoc() -> None:
    json = from_json('{"a": 1.10, "b": "%s"}' % ("x" * 70))
    written = lay(WRITER.wire(json), WRITER.style)
    assert written.startswith("<<~'JSON'.chomp\n  {\n    \"a\": 1.10,\n")
    assert written.endswith("\n  }\nJSON")


@pytest.mark.parametrize(
    ("steps", "code"),
    [(("a",), 'x["a"]'), (("a", 0, "b#{c}"), 'x.dig("a", 0, "b\\#{c}")'), ((0,), "x[0]")],
)
def test_a_path_is_dug(steps: tuple[str | int, ...], code: str) -> None:
    assert WRITER.at("x", Result(steps, (False,) * len(steps), "text")) == code


@pytest.mark.parametrize(
    ("request_line", "example", "lines"),
    [
        ("GET /x", "{}", ["request = Net::HTTP::Get.new(uri)"]),
        (
            "PURGE /x",
            "{body: {text: it}}",
            ['request = Net::HTTPGenericRequest.new("PURGE", true, true, uri)'],
        ),
        (
            "M-SEARCH /x",
            "{}",
            ['request = Net::HTTPGenericRequest.new("M-SEARCH", false, true, uri)'],
        ),
        (
            "DELETE /x",
            "{headers: {x-a: ''}, body: {json: {t: 1.0, e: !env TAG}}}",
            [
                "request = Net::HTTP::Delete.new(uri)",
                'request["Content-Type"] = "application/json"',
                'request["x-a"] = ""',
                'request.body = { t: 1.0, e: ENV.fetch("TAG") }.to_json',
            ],
        ),
        (
            "GET /x",
            "{auth: basic}",
            ['request.basic_auth(ENV.fetch("SHOP_USER"), ENV.fetch("SHOP_PASSWORD"))'],
        ),
        ("POST /x", "{body: {form: {a: b c}}}", ['request.body = "a=b%20c"']),
    ],
)
def test_requests(tmp_path: Path, request_line: str, example: str, lines: list[str]) -> None:
    text = printed(spec_of(tmp_path, example, request=request_line), "ruby")
    assert [line for line in text.splitlines() if line in lines] == lines


@pytest.mark.parametrize(
    ("example", "names"),
    [
        ("{response: {text: hi}}", ["net/http"]),
        ("{body: {json: {a: 1}}}", ["json", "net/http"]),
        ("{body: {json: !json '1.10'}}", ["net/http"]),
        ("{response: {json: {a: 1}}, prints: a}", ["json", "net/http"]),
        ("{query: {a: !env A}}", ["erb", "net/http"]),
        ("{body: {form: {a: !env A}}}", ["erb", "net/http"]),
        ("{body: {text: !env A}}", ["net/http"]),
    ],
)
def test_what_is_used_is_required(tmp_path: Path, example: str, names: list[str]) -> None:
    text = printed(spec_of(tmp_path, example), "ruby")
    required = [line for line in text.splitlines() if line.startswith("require")]
    assert required == [f'require "{name}"' for name in names]


SUCCESS = 'abort "HTTP #{response.code}: #{response.body}" unless response.is_a?(Net::HTTPSuccess)'


@pytest.mark.parametrize(
    ("example", "end"),
    [
        ("{response: {status: 204}}", f"{SUCCESS}\n"),
        ("{response: {status: 304}}", " if response.code.to_i >= 400\n"),
        ("{response: {text: hi}}", f"{SUCCESS}\n\nputs response.body\n"),
        ("{response: {json: {a: hi}}, prints: a}", '\nputs JSON.parse(response.body)["a"]\n'),
        (
            "{response: {json: {a: 1}}, prints: a}",
            '\nputs JSON.parse(response.body)["a"].to_json\n',
        ),
        ("{response: {sse: [{a: hi}]}, prints: a}", "end\nputs\n"),
        ("{response: {sse: [hi]}}", "      puts data if data\n    end\n  end\nend\n"),
    ],
)
def test_what_is_printed(tmp_path: Path, example: str, end: str) -> None:
    assert printed(spec_of(tmp_path, example), "ruby").endswith(end)


@pytest.mark.parametrize(
    ("example", "code"),
    [
        ("{sse: [{a: [{b: hi}]}]}, prints: 'a[0].b'", 'print JSON.parse(data).dig("a", 0, "b")\n'),
        ("{sse: [{a: hi}, '[END]']}, prints: a", 'next if data.nil? || data == "[END]"\n'),
        ("{sse: [{a: hi}]}, prints: a", "next if data.nil?\n"),
    ],
)
def test_a_stream_prints_each_piece_at_once(tmp_path: Path, example: str, code: str) -> None:
    text = printed(spec_of(tmp_path, f"{{response: {example}}}"), "ruby")
    assert f"  {SUCCESS}\n\n  response.read_body do |bytes|\n" in text
    assert text.index("$stdout.sync = true\n") < text.index(code)


def test_a_long_path_is_dug_a_step_a_line(tmp_path: Path) -> None:
    name = "n" * 40
    example = f"{{response: {{json: {{{name}: [{{b: hi}}]}}}}, prints: '{name}[0].b'}}"
    assert printed(spec_of(tmp_path, example), "ruby").endswith(
        f'puts JSON.parse(response.body).dig(\n  "{name}",\n  0,\n  "b"\n)\n'
    )


def test_a_url_that_ruby_refuses_is_unsupported(tmp_path: Path) -> None:
    with pytest.raises(Unsupported, match="Ruby refuses"):
        printed(spec_of(tmp_path, "{}", request="GET /100%"), "ruby")


def test_repeated_headers_are_unsupported(tmp_path: Path) -> None:
    with pytest.raises(Unsupported, match="joins"):
        printed(spec_of(tmp_path, "{headers: {X-T: [one, two]}}"), "ruby")
