"""PHP's bodies, tokens and signatures, by its cURL and by Guzzle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callsheet.errors import Unsupported
from support import printed, spec_of

if TYPE_CHECKING:
    from pathlib import Path

PHOTO = "{name: p, file: files/a.xml, type: image/png, filename: 'a \"b\".png'}"


@pytest.mark.parametrize(
    ("parts", "client", "code"),
    [
        ("{name: a, text: '@b'}", "curl", "'a' => '@b',"),
        ("{name: '0', text: ''}", "curl", "'0' => '',"),
        ("{name: a, text: b, filename: c}", "curl", "new CURLStringFile('b', 'c', 'text/plain'),"),
        ("{name: a, json: {}, filename: c}", "curl", "('{}', 'c', 'application/json'),"),
        ("{name: f, file: a.xml}", "curl", "'f' => new CURLFile('a.xml'),"),
        ("{name: f, file: files/a.xml}", "curl", "('files/a.xml', posted_filename: 'a.xml'),"),
        (PHOTO, "curl", "new CURLFile('files/a.xml', 'image/png', 'a \"b\".png'),"),
        ("{name: a, text: '@b'}", "guzzle", "['name' => 'a', 'contents' => '@b'],"),
        ("{name: 'a\"b', text: c}", "guzzle", "['name' => 'a%22b', 'contents' => 'c'],"),
        ("{name: a, json: {}}", "guzzle", "'headers' => ['Content-Type' => 'application/json'],"),
        ("{name: a, text: b, filename: c.md}", "guzzle", "['Content-Type' => 'text/plain'],"),
        (
            "{name: f, file: a.xml}",
            "guzzle",
            "=> GuzzleHttp\\Psr7\\Utils::tryFopen('a.xml', 'r'),",
        ),
        ("{name: f, file: a.xml}", "guzzle", "['Content-Type' => 'application/octet-stream'],"),
        (PHOTO, "guzzle", "'filename' => 'a %22b%22.png',"),
        (
            "{name: f, file: a.xml, filename: b/c}",
            "guzzle",
            "'Content-Disposition' => 'form-data; name=\"f\"; filename=\"b/c\"',",
        ),
        ("{name: a, json: {b: !env TAG}}", "guzzle", "['b' => getenv('TAG')],"),
    ],
)
def test_parts(tmp_path: Path, parts: str, client: str, code: str) -> None:
    for name in ("a.xml", "files/a.xml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    spec = spec_of(tmp_path, f"{{body: {{multipart: [{parts}]}}}}")
    assert code in printed(spec, f"php/{client}")


@pytest.mark.parametrize(
    ("example", "client", "reason"),
    [
        ("{body: {multipart: [{name: a, json: {}}]}}", "curl", "together with a file's name"),
        ("{body: {multipart: [{name: a, text: b}, {name: a, text: c}]}}", "curl", "of a name"),
        ("{body: {multipart: [{name: a, text: b}], type: multipart/mixed}}", "curl", "alone"),
        ("{body: {multipart: [{name: a, text: b}], type: multipart/mixed}}", "guzzle", "alone"),
        ("{body: {json: 0}, response: {sse: [x]}}", "guzzle", "the body `0`"),
        ("{response: {json: {a: [0.12345678901234567891]}}, prints: a}", "curl", "would round"),
        ('{response: {json: {"\\0a": 1, b: [1]}}, prints: b}', "curl", "begins with U\\+0000"),
    ],
)
def test_what_php_cannot_say(tmp_path: Path, example: str, client: str, reason: str) -> None:
    with pytest.raises(Unsupported, match=reason):
        printed(spec_of(tmp_path, example), f"php/{client}")


@pytest.mark.parametrize(
    ("example", "code"),
    [
        ("{body: {json: {a: 1}}}", "    'json' => ['a' => 1],\n"),
        ("{body: {json: null}}", "    'body' => json_encode(null),\n"),
        ("{body: {json: 1.0}}", "    'body' => json_encode(1.0, JSON_PRESERVE_ZERO_FRACTION),\n"),
        ("{body: {json: 1.10}}", "    'body' => '1.10',\n"),
        ("{body: {form: {a: b c}}}", "    'form_params' => ['a' => 'b c'],\n"),
        ("{body: {form: [{a: b}, {a: c}]}}", "    'body' => 'a=b&a=c',\n"),
        ("{headers: {X-T: [one, two]}}", "    'headers' => ['X-T' => ['one', 'two']],\n"),
        ("{response: {status: 302}}", "    'allow_redirects' => false,\n"),
        ("{auth: basic}", "    'auth' => [getenv('SHOP_USER'), getenv('SHOP_PASSWORD')],\n"),
    ],
)
def test_guzzle_options(tmp_path: Path, example: str, code: str) -> None:
    assert code in printed(spec_of(tmp_path, example), "php/guzzle")


def test_a_variable_in_json_text_is_encoded_on_its_own(tmp_path: Path) -> None:
    text = printed(spec_of(tmp_path, "{body: {json: {a: !env TAG, b: 1.10}}}"), "php")
    words = """'{"a":' . json_encode(getenv('TAG'), JSON_THROW_ON_ERROR) . ',"b":1.10}'"""
    assert f"    CURLOPT_POSTFIELDS => {words},\n" in text


def test_a_big_number_is_printed_as_it_came(tmp_path: Path) -> None:
    example = "{response: {json: {a: 12345678901234567890}}, prints: a}"
    text = printed(spec_of(tmp_path, example), "php")
    assert "flags: JSON_THROW_ON_ERROR | JSON_BIGINT_AS_STRING);\n" in text
    assert text.endswith("echo $result->a, PHP_EOL;\n")


HEAD = """\
  oauth: {scheme: oauth2-client-credentials, token_url: 'https://a.example/t', client_id_env: ID,
    client_secret_env: SECRET}
  hmac: {scheme: hmac-sha256, name: X-S, env: KEY, string: '{method} {body}', encoding: base64}
"""


@pytest.mark.parametrize("client", ["curl", "guzzle"])
def test_a_token_is_fetched_first(tmp_path: Path, client: str) -> None:
    text = printed(spec_of(tmp_path, "{auth: oauth}", head=HEAD), f"php/{client}")
    first, _, then = text.partition("['access_token'];\n")
    assert "'https://a.example/t'" in first
    assert first.count("exit(1);") == 2
    assert "Bearer ' . $token" in then


@pytest.mark.parametrize("client", ["curl", "guzzle"])
def test_what_is_signed_is_what_is_sent(tmp_path: Path, client: str) -> None:
    spec = spec_of(tmp_path, "{auth: hmac, body: {json: {a: {}}}}", head=HEAD)
    text = printed(spec, f"php/{client}")
    assert "$body = json_encode(['a' => new stdClass()]);\n" in text
    assert "$digest = hash_hmac('sha256', 'POST ' . $body, getenv('KEY'), true);\n" in text
    assert " => $body,\n" in text
