"""C#'s literals, and how HttpClient is given each part of a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callsheet.languages.csharp import LANGUAGE
from callsheet.layout import lay
from callsheet.spec.scalars import from_json
from callsheet.values import Env, Json, Text, joined
from support import printed, spec_of

if TYPE_CHECKING:
    from pathlib import Path

WRITER = LANGUAGE.literals
KEY = Env("API_KEY")


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("", '""'),
        ("it's", '"it\'s"'),
        ('say "hi"', r'"say \"hi\""'),
        ("C:\\x", r'"C:\\x"'),
        ("a\n\r\t", r'"a\n\r\t"'),
        ("\x001\x1b1\x7f", r'"\01\u001b1\u007f"'),
        ("\u0085\u2028\u2029\u202e\ufeff\xa0", r'"\u0085\u2028\u2029\u202e\ufeff\u00a0"'),
        ("\ud800", r'"\ud800"'),
        ("\U000e0041", r'"\U000e0041"'),
        ("{x} $HOME `id` 中文😀", '"{x} $HOME `id` 中文😀"'),
    ],
)
def test_strings(text: str, literal: str) -> None:
    assert WRITER.string(text) == literal


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        (joined(KEY), "apiKey"),
        (joined("Bearer ", KEY), '$"Bearer {apiKey}"'),
        (joined('{x} "', KEY, "\n"), r'$"{{x}} \"{apiKey}\n"'),
        (joined("?q=", Env("Q", "url")), '$"?q={Uri.EscapeDataString(q)}"'),
        (joined(Env("STRING")), "env_STRING"),
        (joined(Env("RESPONSE")), "env_RESPONSE"),
        (joined(Env("apiKey")), "env_apiKey"),
    ],
)
def test_texts_with_variables(text: Text, literal: str) -> None:
    assert WRITER.text(text) == literal


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("plain", '"plain"'),
        ('say "hi" now', '"""say "hi" now"""'),
        ("C:\\n", '"""C:\\n"""'),
        ('a """" b', '"""""a """" b"""""'),
        ('"quoted"', '"""\n    "quoted"\n    """'),
        ("a\n\n  b\n", '"""\n    a\n\n      b\n\n    """'),
        ('a"""\n"', '""""\n    a"""\n    "\n    """"'),
        ("trailing \nb", r'"trailing \nb"'),
        ("a\r\nb\r\n", r'"a\r\nb\r\n"'),
        ("zero\u200bwidth", r'"zero\u200bwidth"'),
        (f"{'x' * 90}\r\nlast\n", f'"{"x" * 90}\\r\\n" +\n    "last\\n"'),
    ],
)
def test_blocks(text: str, literal: str) -> None:
    assert lay(WRITER.block(text), WRITER.style) == literal


@pytest.mark.parametrize(
    ("json", "literal"),
    [
        (from_json("{}"), '"{}"'),
        (from_json("null"), '"null"'),
        (from_json('"x"'), '"""\n    "x"\n    """'),
        (from_json('{"n": 1.10, "e": 1e400}'), '"""{"n": 1.10, "e": 1e400}"""'),
        (from_json('["\\"\\"\\""]'), '"""["\\"\\"\\""]"""'),
        (["\u2028\u200d\ud83d\U000e0041😀"], '"""["\\u2028\\u200d\\ud83d\\udb40\\udc41😀"]"""'),
        ([KEY], '$"""["{JsonEncodedText.Encode(apiKey)}"]"""'),
        ({"{{": KEY}, '$$$"""{"{{": "{{{JsonEncodedText.Encode(apiKey)}}}"}"""'),
        (KEY, '$"""\n    "{JsonEncodedText.Encode(apiKey)}"\n    """'),
    ],
)
def test_json_is_its_exact_text(json: Json, literal: str) -> None:
    assert lay(WRITER.wire(json), WRITER.style) == literal


@pytest.mark.parametrize(
    ("header", "statement"),
    [
        ('X-Empty: ""', 'request.Headers.Add("X-Empty", "");'),
        ("Accept: text/event-stream", 'request.Headers.Add("Accept", "text/event-stream");'),
        (
            'Accept: "a/b;q=0.5"',
            'request.Headers.TryAddWithoutValidation("Accept", "a/b;q=0.5");',
        ),
        ("If-Match: abc", 'request.Headers.TryAddWithoutValidation("If-Match", "abc");'),
        ("User-Agent: app/1.0", 'request.Headers.Add("User-Agent", "app/1.0");'),
        ("accept: !env TYPE", 'request.Headers.TryAddWithoutValidation("accept", type);'),
        (
            "Content-Language: de",
            (
                "request.Content = new ByteArrayContent([]);\n"
                'request.Content.Headers.TryAddWithoutValidation("Content-Language", "de");'
            ),
        ),
        (
            f"X-Long: {'x' * 80}",
            f'request.Headers.Add(\n    "X-Long", "{"x" * 80}");',
        ),
    ],
)
def test_headers_are_added_so_that_they_stay_as_written(
    tmp_path: Path, header: str, statement: str
) -> None:
    spec = spec_of(tmp_path, f"{{headers: {{{header}}}}}", request="GET /x")
    assert f"\n{statement}\n" in printed(spec, "csharp")


@pytest.mark.parametrize(
    ("body", "statement"),
    [
        ("{json: [1]}", 'new StringContent(json, mediaType: new("application/json"));'),
        ("{text: hi}", "new StringContent(text);"),
        ("{text: hi, type: text/csv}", 'new StringContent(text, mediaType: new("text/csv"));'),
        (
            "{text: hi, type: text/csv; charset=UTF-8}",
            'new StringContent(text, mediaType: new("text/csv", "UTF-8"));',
        ),
        (
            "{json: [1], type: application/json;v=2}",
            (
                "new ByteArrayContent(Encoding.UTF8.GetBytes(json));\n"
                "request.Content.Headers.TryAddWithoutValidation("
                '"Content-Type", "application/json;v=2");'
            ),
        ),
        (
            "{form: {q: a b, k: !env API_KEY}}",
            'new FormUrlEncodedContent([new("q", "a b"), new("k", apiKey)]);',
        ),
    ],
)
def test_the_media_type_is_the_declared_one(tmp_path: Path, body: str, statement: str) -> None:
    text = printed(spec_of(tmp_path, f"{{body: {body}}}"), "csharp")
    assert f"\nrequest.Content = {statement}\n" in text
    assert ("using System.Text;\n" in text) == ("Encoding." in text)


@pytest.mark.parametrize(
    ("request_line", "argument"),
    [
        ("DELETE /x", "HttpMethod.Delete, "),
        ("PROPFIND /x", 'new HttpMethod("PROPFIND"), '),
        ("POST /a//b%2Fc", '"https://api.shop.example/v2/a//b%2Fc"'),
        ("POST /a/../b", "HttpMethod.Post, uri)"),
        ("POST /%7Ea", "HttpMethod.Post, uri)"),
        ("POST /a%e4", "HttpMethod.Post, uri)"),
        ("POST /100%", "HttpMethod.Post, uri)"),
    ],
)
def test_methods_and_urls(tmp_path: Path, request_line: str, argument: str) -> None:
    text = printed(spec_of(tmp_path, "{}", request=request_line), "csharp")
    assert argument in text
    kept = "new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });"
    assert (kept in text) == ("uri)" in argument)


@pytest.mark.parametrize(
    ("response", "prints", "statement"),
    [
        ("{json: {a: [x]}}", "a[0]", 'Console.WriteLine(JsonNode.Parse(body)!["a"]![0]);'),
        (
            "{json: {a: 1.10}}",
            "a",
            'Console.WriteLine(JsonNode.Parse(body)!["a"]!.ToJsonString());',
        ),
        (
            "{json: {a: null}}",
            "a",
            'Console.WriteLine(JsonNode.Parse(body)!["a"]?.ToJsonString() ?? "null");',
        ),
        ("{text: x}", "", "Console.WriteLine(body);"),
        (
            "{file: shop.yaml}",
            "",
            'File.WriteAllBytesAsync("shop.yaml", await response.Content.ReadAsByteArrayAsync());',
        ),
        (
            '{sse: [{a: [{b: x}]}, {a: []}, "[DONE]"]}',
            "a[0].b",
            (
                'if (item.Data == "[DONE]") break;\n    var chunk = JsonNode.Parse(item.Data);\n'
                '    Console.Write(chunk?["a"]?.AsArray().FirstOrDefault()?["b"]);'
            ),
        ),
        ("{sse: [{a: x}]}", "a", 'Console.Write(chunk?["a"]);'),
        ("{sse: [x]}", "", "Console.WriteLine(item.Data);"),
    ],
)
def test_results(tmp_path: Path, response: str, prints: str, statement: str) -> None:
    chosen = f', prints: "{prints}"' if prints else ""
    text = printed(spec_of(tmp_path, f"{{response: {response}{chosen}}}"), "csharp")
    assert statement in text
    assert ("using System.Text.Json.Nodes;" in text) == bool(prints)


@pytest.mark.parametrize(
    ("status", "check"),
    [(204, "!response.IsSuccessStatusCode"), (304, "(int)response.StatusCode >= 400")],
)
def test_only_an_answer_from_400_on_fails(tmp_path: Path, status: int, check: str) -> None:
    text = printed(spec_of(tmp_path, f"{{response: {{status: {status}}}}}"), "csharp")
    assert f"if ({check})\n{{\n" in text
    assert text.endswith("    Environment.Exit(1);\n}\n")


@pytest.mark.parametrize(
    ("part", "statement"),
    [
        ("{name: a, text: hi}", '{ new StringContent("hi"), "a" },'),
        (
            "{name: a, json: {b: 1.10}}",
            '{ new StringContent("""{"b": 1.10}""", mediaType: new("application/json")), "a" },',
        ),
        (
            "{name: a b, text: hi}",
            (
                'new StringContent("hi") '
                '{ Headers = { { "Content-Disposition", "form-data; name=\\"a b\\"" } } },'
            ),
        ),
        (
            "{name: a, file: shop.yaml}",
            'new ByteArrayContent(await File.ReadAllBytesAsync("shop.yaml"))',
        ),
        (
            "{name: a, file: shop.yaml, type: image/png}",
            (
                "        Headers =\n        {\n"
                '            { "Content-Disposition", "form-data; name=\\"a\\"; '
                'filename=\\"shop.yaml\\"" },\n'
                '            { "Content-Type", "image/png" },\n        },\n'
            ),
        ),
        ("{name: é, text: hi}", "form.HeaderEncodingSelector = (_, _) => Encoding.UTF8;"),
    ],
)
def test_parts(tmp_path: Path, part: str, statement: str) -> None:
    text = printed(spec_of(tmp_path, f"{{body: {{multipart: [{part}]}}}}"), "csharp")
    assert statement in text
    assert ("using System.Text;\n" in text) == ("Encoding." in text)


def test_a_whole_program(tmp_path: Path) -> None:
    example = "{auth: basic, body: {json: {a: [1, 2]}}, response: {json: {id: x}}, prints: id}"
    assert printed(spec_of(tmp_path, example), "csharp") == PROGRAM


PROGRAM = '''\
using System.Text;
using System.Text.Json.Nodes;

var shopUser = Environment.GetEnvironmentVariable("SHOP_USER")
    ?? throw new InvalidOperationException("SHOP_USER is not set");
var shopPassword = Environment.GetEnvironmentVariable("SHOP_PASSWORD")
    ?? throw new InvalidOperationException("SHOP_PASSWORD is not set");
var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{shopUser}:{shopPassword}"));

var json = """{"a": [1, 2]}""";

using var client = new HttpClient();
using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.shop.example/v2/items");
request.Headers.Authorization = new("Basic", credentials);
request.Content = new StringContent(json, mediaType: new("application/json"));

using var response = await client.SendAsync(request);
var body = await response.Content.ReadAsStringAsync();
if (!response.IsSuccessStatusCode)
{
    Console.Error.WriteLine($"HTTP {(int)response.StatusCode}: {body}");
    Environment.Exit(1);
}

Console.WriteLine(JsonNode.Parse(body)!["id"]);
'''
