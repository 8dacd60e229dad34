"""cURL's words and options, exact in sh, bash and zsh."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callsheet.errors import Unsupported
from callsheet.languages.curl import LANGUAGE
from callsheet.spec.read import load
from callsheet.spec.scalars import from_json
from callsheet.values import Env, Json, Text, joined
from support import printed, spec_of

if TYPE_CHECKING:
    from pathlib import Path

WRITER = LANGUAGE.literals
KEY = Env("KEY")
HEAD = '  query: {scheme: query, name: "key!", env: SHOP_KEY}\n'


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "''"),
        ('$HOME `id` $(id) \\ ! "', "'$HOME `id` $(id) \\ ! \"'"),
        ("it's", '"it\'s"'),
        ("it's $5", "'it'\\''s $5'"),
        ("it's!", "'it'\\''s!'"),
        ("a\nb\n", "'a\nb\n'"),
        ("a\tb", "\"$(printf 'a\\tb')\""),
        ("50%\r\n'\\x", "\"$(printf '50%%\\r\\n'\\''\\\\x')\""),
        ("-\x1b7", "\"$(printf '\\055\\0337')\""),
        ("\u202ex", "\"$(printf '\\342\\200\\256x')\""),
        ("中文😀", "'中文😀'"),
    ],
)
def test_strings(text: str, word: str) -> None:
    assert WRITER.string(text) == word


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a\0b", "U\\+0000"),
        ("a\r\n", "last line end"),
        ("\ud800", "lone surrogate"),
        ("x" * 2**17, "128 KiB"),
    ],
)
def test_what_no_argument_can_hold(text: str, reason: str) -> None:
    with pytest.raises(Unsupported, match=reason):
        WRITER.string(text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (joined(KEY), '"${KEY:?}"'),
        (joined("Bearer ", KEY), '"Bearer ${KEY:?}"'),
        (joined("it's ", KEY), '"it\'s ${KEY:?}"'),
        (joined("$1 ", KEY, "!"), "'$1 '\"${KEY:?}\"'!'"),
        (joined("a\t", KEY), '"$(printf \'a\\t\')""${KEY:?}"'),
    ],
)
def test_texts_with_variables(text: Text, word: str) -> None:
    assert WRITER.text(text) == word


@pytest.mark.parametrize(
    ("json", "word"),
    [
        (from_json('{"n": 1.10, "e": 1e400}'), '\'{"n": 1.10, "e": 1e400}\''),
        (["it's", "\0\ud800\u200d\xa0"], "'[\"it'\\''s\", \"\\u0000\\ud800\\u200d\\u00a0\"]'"),
        ("x", "'\"x\"'"),
    ],
)
def test_json_is_its_exact_text(json: Json, word: str) -> None:
    assert WRITER.wire(json) == word


@pytest.mark.parametrize(
    ("request_line", "example", "command"),
    [
        ("GET /x", "{}", "curl --fail-with-body 'https://api.shop.example/v2/x'"),
        ("GET /x", "{body: {text: hi}}", "--request GET 'https"),
        ("POST /x", "{}", "--request POST 'https"),
        ("POST /x", "{body: {text: hi}}", "curl --fail-with-body 'https"),
        ("DELETE /x", "{}", "--request DELETE 'https"),
        ("M-SEARCH /x", "{}", "--request 'M-SEARCH' 'https"),
        ("HEAD /x", "{}", "--head 'https"),
        ("GET /a/../b", "{}", "--path-as-is 'https"),
        ("GET /a/%2e/b", "{}", "--path-as-is 'https"),
        ("GET /a../b", "{}", "curl --fail-with-body 'https"),
        ("GET /x", "{response: {sse: [x]}}", "--no-buffer 'https"),
        ("GET /x", "{auth: basic}", '--user "${SHOP_USER:?}:${SHOP_PASSWORD:?}"'),
        ("GET /x", '{headers: {X-Empty: ""}}', "--header 'X-Empty;'"),
        ("GET /x", "{headers: {Content-Type: a/b}}", "--header 'Content-Type: a/b'"),
        ("POST /x", '{body: {text: "@file"}}', "--data-raw '@file'"),
        (
            "POST /x",
            '{body: {text: "a\\r\\n"}}',
            (
                "printf 'a\\r\\n' | curl --fail-with-body 'https://api.shop.example/v2/x' \\\n"
                "  --header 'Content-Type: text/plain; charset=utf-8' \\\n"
                "  --data-binary @-\n"
            ),
        ),
        ("POST /x", "{body: {text: !env TEXT}}", '--data-raw "${TEXT:?}"'),
    ],
)
def test_commands(tmp_path: Path, request_line: str, example: str, command: str) -> None:
    assert command in printed(spec_of(tmp_path, example, request=request_line), "curl")


def test_brackets_in_a_url_are_no_pattern(tmp_path: Path) -> None:
    path = spec_of(tmp_path, "{}", request="GET /x").path
    path.write_text(path.read_text().replace("api.shop.example", "[::1]:8080"))
    command = "curl --fail-with-body --globoff 'https://[::1]:8080/v2/x'\n"
    assert printed(load(path), "curl") == command


def test_a_form_is_encoded_by_curl(tmp_path: Path) -> None:
    fields = '[{q: "a b&c"}, {"a=b": !env KEY}, {crlf: "\\r\\n"}, {"": x}]'
    text = printed(spec_of(tmp_path, f"{{body: {{form: {fields}}}}}"), "curl")
    assert text == (
        "curl --fail-with-body 'https://api.shop.example/v2/items' \\\n"
        "  --data-urlencode 'q=a b&c' \\\n"
        '  --data-urlencode "a%3Db=${KEY:?}" \\\n'
        "  --data-raw 'crlf=%0D%0A' \\\n"
        "  --data-raw '=x'\n"
    )


def test_the_query_is_appended_from_its_first_variable_on(tmp_path: Path) -> None:
    example = "{auth: query, query: [{page: 2}, {id: !env ID}, {q: a b}]}"
    text = printed(spec_of(tmp_path, example, request="DELETE /x", head=HEAD), "curl")
    assert text == (
        "curl --fail-with-body --get --request DELETE 'https://api.shop.example/v2/x?page=2' \\\n"
        '  --data-urlencode "id=${ID:?}" \\\n'
        "  --data-urlencode 'q=a b' \\\n"
        '  --data-urlencode "key%21=${SHOP_KEY:?}"\n'
    )


@pytest.mark.parametrize(
    ("request_line", "example", "reason"),
    [
        ("POST /x", "{auth: query, body: {json: 1}}", "only where there is no body"),
        ("GET /{id}", "{path: {id: !env ID}}", "values of the query alone"),
        ("POST /x", "{body: {json: [!env ID]}}", "inside JSON text"),
        ("HEAD /x", "{body: {json: 1}}", "with HEAD"),
    ],
)
def test_what_a_shell_cannot_say(
    tmp_path: Path, request_line: str, example: str, reason: str
) -> None:
    with pytest.raises(Unsupported, match=reason):
        printed(spec_of(tmp_path, example, request=request_line, head=HEAD), "curl")


def test_a_whole_command(tmp_path: Path) -> None:
    example = "{auth: key, body: {json: {a: it's, long: " + "x" * 80 + "}}}"
    assert printed(spec_of(tmp_path, example), "curl") == (
        "curl --fail-with-body 'https://api.shop.example/v2/items' \\\n"
        "  --header 'Content-Type: application/json' \\\n"
        '  --header "Authorization: Bearer ${SHOP_KEY:?}" \\\n'
        "  --data-raw '{\n"
        '  "a": "it\'\\\'\'s",\n'
        f'  "long": "{"x" * 80}"\n'
        "}'\n"
    )
