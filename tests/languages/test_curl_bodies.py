"""cURL's parts, files, tokens and signatures."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from callsheet.errors import Unsupported
from support import printed, spec_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("part", "option"),
    [
        ("{name: a, text: '@b;c'}", "--form-string 'a=@b;c'"),
        ("{name: a, text: !env TAG}", '--form-string "a=${TAG:?}"'),
        ("{name: a, text: b, type: c/d}", "--form 'a=b;type=c/d'"),
        ("{name: a, text: 'b; \"c\\', type: c/d}", '--form \'a="b; \\"c\\\\";type=c/d\''),
        ("{name: a, text: '@b', type: c/d}", "--form 'a=\"@b\";type=c/d'"),
        ("{name: a, text: b, filename: c.png}", "--form 'a=b;filename=c.png;type=text/plain'"),
        ("{name: a, json: [1.10]}", "--form 'a=[1.10];type=application/json'"),
        ("{name: f, file: 'a, b.xml'}", "--form 'f=@\"a, b.xml\";type=application/octet-stream'"),
        ("{name: f, file: a.bin, type: c/d}", "--form 'f=@a.bin;type=c/d'"),
        ("{name: f, file: a.bin, filename: 'x;y'}", "--form 'f=@a.bin;filename=\"x;y\"'"),
    ],
)
def test_parts(tmp_path: Path, part: str, option: str) -> None:
    for name in ("a.bin", "a, b.xml"):
        (tmp_path / name).touch()
    text = printed(spec_of(tmp_path, f"{{body: {{multipart: [{part}]}}}}"), "curl")
    assert text == f"curl --fail-with-body 'https://api.shop.example/v2/items' \\\n  {option}\n"


@pytest.mark.parametrize(
    ("part", "start", "option"),
    [
        ('{name: a, text: "b\\0"}', "printf 'b\\000' | curl ", "--form 'a=<-'"),
        (
            "{name: a, text: !env TAG, type: c/d}",
            "printf '%s' \"${TAG:?}\" | curl ",
            "--form 'a=<-;type=c/d'",
        ),
        (
            "{name: a, text: !env TAG, filename: b}",
            "printf '%s' \"${TAG:?}\" | curl ",
            "--form 'a=@-;filename=b;type=text/plain'",
        ),
    ],
)
def test_a_part_that_no_argument_holds_is_piped(
    tmp_path: Path, part: str, start: str, option: str
) -> None:
    text = printed(spec_of(tmp_path, f"{{body: {{multipart: [{part}]}}}}"), "curl")
    assert text.startswith(start)
    assert text.endswith(f"  {option}\n")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("{multipart: [{name: 'a=b', text: c}]}", "the first `=`"),
        ("{multipart: [{name: a, text: c, type: 'd/e; filename=f'}]}", "cut the part's type"),
        ('{multipart: [{name: a, text: "b\\0"}, {name: c, text: "d\\0"}]}', "more than one part"),
        ("{multipart: [{name: a, text: b}], type: multipart/mixed}", "alone"),
    ],
)
def test_parts_that_curl_cannot_say(tmp_path: Path, body: str, reason: str) -> None:
    with pytest.raises(Unsupported, match=reason):
        printed(spec_of(tmp_path, f"{{body: {body}}}"), "curl")


def test_a_long_text_is_piped(tmp_path: Path) -> None:
    text = printed(spec_of(tmp_path, f"{{body: {{json: {'x' * 2**17}}}}}"), "curl")
    assert text.startswith("printf '\"xxx")
    assert text.endswith("  --data-binary @-\n")


def test_files_are_read_and_written(tmp_path: Path) -> None:
    (tmp_path / "-a").touch()
    example = "{body: {file: -a, type: b/c}, response: {file: -a}}"
    assert printed(spec_of(tmp_path, example), "curl") == (
        "curl --fail-with-body 'https://api.shop.example/v2/items' \\\n"
        "  --header 'Content-Type: b/c' \\\n"
        "  --data-binary '@./-a' \\\n"
        "  --output 'answer--a' || { cat 'answer--a' >&2; false; }\n"
    )


AUTHS = """\
  oauth: {scheme: oauth2-client-credentials, token_url: 'https://a.example/t', client_id_env: ID,
    client_secret_env: SECRET}
  hex: {scheme: hmac-sha256, name: X-S, env: KEY, string: "{method}\\n50%{header:X-T}{body}"}
  base64: {scheme: hmac-sha256, name: X-S, env: KEY, string: '{body}', encoding: base64}
"""


def test_a_token_is_fetched_first(tmp_path: Path) -> None:
    text = printed(spec_of(tmp_path, "{auth: oauth}", request="GET /x", head=AUTHS), "curl")
    assert text == (
        "answer=$(curl --fail-with-body --no-progress-meter 'https://a.example/t' \\\n"
        '  --user "${ID:?}:${SECRET:?}" \\\n'
        "  --data-urlencode 'grant_type=client_credentials')\n"
        "token=$(printf '%s\\n' \"$answer\" |\n"
        '  sed -n \'s/\\\\//g; s/.*"access_token" *: *"\\([^"]*\\)".*/\\1/p\')\n'
        "\n"
        "curl --fail-with-body 'https://api.shop.example/v2/x' \\\n"
        '  --header "Authorization: Bearer ${token:?$answer}"\n'
    )


@pytest.mark.parametrize(
    "answer",
    [
        '{"access_token":"a/b+c==","expires_in":3600}',
        '{"token_type": "bearer", "access_token" : "a\\/b+c=="}',
        '{\n  "access_token": "a/b+c==",\n  "scope": ""\n}',
    ],
)
def test_a_token_is_read_from_any_layout(tmp_path: Path, answer: str) -> None:
    text = printed(spec_of(tmp_path, "{auth: oauth}", head=AUTHS), "curl")
    reading = text[text.index("token=") : text.index("\n\ncurl")]
    script = f'answer=$1\n{reading}\nprintf %s "$token"'
    done = subprocess.run(["sh", "-c", script, "sh", answer], capture_output=True, check=True)
    assert done.stdout == b"a/b+c=="


@pytest.mark.parametrize(
    ("example", "lines"),
    [
        (
            '{auth: hex, headers: {X-T: !env T}, body: {text: "it\'s"}}',
            [
                'body="it\'s"',
                'signature=$(printf \'POST\\n50%%%s%s\' "${T:?}" "$body" |',
                "  openssl dgst -sha256 -hmac \"${KEY:?}\" | sed 's/.* //')",
                '  --header "X-S: ${signature:?}" \\',
                '  --data-raw "$body"',
            ],
        ),
        (
            "{auth: base64, body: {file: a.bin}}",
            [
                "signature=$({ printf ''; cat 'a.bin'; } |",
                '  openssl dgst -sha256 -hmac "${KEY:?}" -binary | openssl base64)',
                '  --header "X-S: ${signature:?}" \\',
                "  --data-binary '@a.bin'",
            ],
        ),
        ("{auth: base64}", ["signature=$(printf '' |"]),
    ],
)
def test_what_is_signed_is_what_is_sent(tmp_path: Path, example: str, lines: list[str]) -> None:
    (tmp_path / "a.bin").touch()
    text = printed(spec_of(tmp_path, example, head=AUTHS), "curl")
    assert [line for line in text.splitlines() if line in lines] == lines
