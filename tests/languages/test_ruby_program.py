"""What Ruby's programs send and keep, and what they say they cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callsheet.errors import Unsupported
from support import printed, spec_of

if TYPE_CHECKING:
    from pathlib import Path

AUTH = """\
  oauth: {scheme: oauth2-client-credentials, token_url: "https://a.example/t", client_id_env: ID,
          client_secret_env: PW}
  signed: {scheme: hmac-sha256, name: X-S, env: SHOP_SECRET, string: "{method}\\n{body}"}
  base64: {scheme: hmac-sha256, name: X-S, env: SHOP_SECRET, string: "{path}", encoding: base64}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.bin").write_bytes(b"a")
    return tmp_path


@pytest.mark.parametrize(
    ("client", "example", "code"),
    [
        (
            "net-http",
            "{body: {multipart: [{name: a, text: '#{x}'}, {name: f, file: a.bin}]}}",
            (
                'request.set_form(\n  [\n    ["a", "\\#{x}"],\n'
                '    ["f", File.open("a.bin", "rb")]\n  ],\n  "multipart/form-data"\n)\n'
            ),
        ),
        (
            "net-http",
            "{body: {multipart: [{name: f, file: a.bin, filename: b, type: c/d}]}}",
            '["f", File.open("a.bin", "rb"), { filename: "b", content_type: "c/d" }]',
        ),
        (
            "net-http",
            "{body: {multipart: [{name: j, json: {a: 1}}]}}",
            (
                '  "Content-Type: application/json\\r\\n\\r\\n",\n  { a: 1 }.to_json,\n'
                '  "\\r\\n--#{boundary}--\\r\\n"\n].join\n'
            ),
        ),
        (
            "faraday",
            "{body: {multipart: [{name: f, file: a.bin}]}}",
            '  File.binread("a.bin"),\n  "\\r\\n--#{boundary}--\\r\\n"\n].map(&:b).join\n',
        ),
        ("net-http", "{body: {file: a.bin}}", 'request.body = File.binread("a.bin")\n'),
        ("faraday", "{body: {file: a.bin}}", '  request.body = File.binread("a.bin")\n'),
        ("net-http", "{response: {file: a.bin}}", 'File.binwrite("a.bin", response.body)\n'),
        (
            "net-http",
            "{auth: oauth}",
            'token_request.set_form_data(grant_type: "client_credentials")\n',
        ),
        ("faraday", "{auth: oauth}", '  request.body = { grant_type: "client_credentials" }\n'),
        (
            "faraday",
            "{auth: signed, body: {text: x}}",
            (
                'body = "x"\nhmac = OpenSSL::HMAC.new(ENV.fetch("SHOP_SECRET"), "SHA256")\n'
                'hmac << "POST\\n"\nhmac << body\nsignature = hmac.hexdigest\n'
            ),
        ),
        ("net-http", "{auth: base64}", 'signature = [hmac.digest].pack("m0")\n'),
        (
            "net-http",
            "{body: {json: {a: 1.10, b: !env B}}}",
            'request.body = "{\\"a\\": 1.10, \\"b\\": #{ENV.fetch(\'B\').to_json}}"\n',
        ),
        (
            "net-http",
            '{response: {sse: [{data: "{\\n}"}, {a: b}]}, prints: a}',
            '      data = block.scan(/^data: ?(.*?)\\r?$/).join("\\n")\n',
        ),
        ("net-http", '{response: {sse: [{a: b}, "完"]}, prints: a}', ' || data == "完".b\n'),
        ("net-http", '{response: {json: {a: "b\\n"}}, prints: a}', '["a"], "\\n"\n'),
        ("faraday", "{query: {b: c, a: d}}", "Faraday::FlatParamsEncoder.sort_params = false\n"),
        ("faraday", "{response: {status: 302}}", "if response.status >= 400\n"),
    ],
)
def test_what_is_sent_and_kept(folder: Path, client: str, example: str, code: str) -> None:
    assert code in printed(spec_of(folder, example, head=AUTH), f"ruby/{client}")


@pytest.mark.parametrize(
    ("client", "request_line", "example", "reason"),
    [
        ("faraday", "PURGE /x", "{}", "knows no method PURGE"),
        ("faraday", "GET /x", "{query: [{a: b}, {c: d}, {a: e}]}", "repeated name"),
        ("faraday", "GET /x", "{headers: {A: [b, c]}}", "one line"),
        ("net-http", "GET /x", "{response: {json: {a: 1e400}}, prints: a}", "rounds"),
        ("net-http", "GET /x", "{headers: {X-A-: b}}", "dash at the end"),
        ("faraday", "GET /x", "{headers: {X-A-: b}}", "dash at the end"),
    ],
)
def test_what_ruby_cannot_do(
    tmp_path: Path, client: str, request_line: str, example: str, reason: str
) -> None:
    with pytest.raises(Unsupported, match=reason):
        printed(spec_of(tmp_path, example, request=request_line), f"ruby/{client}")
