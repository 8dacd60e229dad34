"""What Node.js's programs send and keep, and what they say they cannot."""

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
  signed: {scheme: hmac-sha256, name: X-S, env: SHOP_SECRET,
           string: "{method}\\n{header:X-T}{body}"}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.bin").write_bytes(b"a")
    return tmp_path


@pytest.mark.parametrize(
    ("client", "example", "code"),
    [
        (
            "fetch",
            "{body: {multipart: [{name: a, text: '`${x}`'}, {name: f, file: a.bin, type: b/c}]}}",
            (
                'form.append("a", "`${x}`");\n'
                'form.append("f", new Blob([await readFile("a.bin")], { type: "b/c" }), "a.bin");\n'
            ),
        ),
        (
            "fetch",
            "{body: {multipart: [{name: a, json: {b: 1}}]}}",
            (
                '  "Content-Type: application/json\\r\\n\\r\\n",\n  JSON.stringify({ b: 1 }),\n'
                "  `\\r\\n--${boundary}--\\r\\n`,\n]);\n"
            ),
        ),
        (
            "fetch",
            '{body: {multipart: [{name: a, text: "b\\nc"}]}}',
            'form-data; name="a"\\r\\n\\r\\n\',\n  "b\\nc",\n',
        ),
        ("axios", "{body: {multipart: [{name: a, text: b}]}}", "  data: form,\n"),
        (
            "axios",
            "{body: {multipart: [{name: a, text: b, type: c/d}]}}",
            "  data: Buffer.from(await form.arrayBuffer()),\n",
        ),
        ("fetch", "{body: {file: a.bin}}", '  body: await readFile("a.bin"),\n'),
        ("axios", "{body: {file: a.bin}}", '  data: await readFile("a.bin"),\n'),
        ("fetch", "{response: {file: a.bin}}", 'await writeFile("a.bin", response.body);\n'),
        ("axios", "{response: {file: a.bin}}", 'await writeFile("a.bin", response.data);\n'),
        (
            "fetch",
            "{auth: oauth}",
            "\nconst { access_token: token } = await tokenResponse.json();\n",
        ),
        ("axios", "{auth: oauth}", "\nconst token = tokenResponse.data.access_token;\n"),
        (
            "fetch",
            "{auth: signed, headers: {X-T: !env T}, body: {json: {a: 1}}}",
            (
                "const body = JSON.stringify({ a: 1 });\n"
                'const hmac = createHmac("sha256", process.env.SHOP_SECRET);\n'
                "hmac.update(`POST\\n${process.env.T}`);\nhmac.update(body);\n"
                'const signature = hmac.digest("hex");\n'
            ),
        ),
        (
            "fetch",
            "{body: {json: {a: 1.10, b: !env B}}}",
            '  body: `{"a": 1.10, "b": ${JSON.stringify(process.env.B)}}`,\n',
        ),
        ("axios", "{body: {json: {a: 1}}}", "  data: { a: 1 },\n"),
        ("axios", '{body: {json: "5"}}', '  data: JSON.stringify("5"),\n'),
        (
            "axios",
            "{body: {json: {constructor: 1}}}",
            "data: JSON.stringify({ constructor: 1 }),\n",
        ),
        (
            "axios",
            "{body: {text: '{}', type: application/json}}",
            '  data: Buffer.from("{}"),\n',
        ),
        ("axios", "{headers: {X-T: [a, b]}}", '    "X-T": ["a", "b"],\n'),
        (
            "fetch",
            "{response: {status: 302}}",
            '  redirect: "manual",\n});\nif (response.status >=',
        ),
        ("axios", "{response: {status: 302}}", "  maxRedirects: 0,\n"),
        (
            "fetch",
            '{response: {sse: [{data: "{\\n}"}, {a: b}]}, prints: a}',
            '      .map((line) => line.replace(/^data: ?/, ""))\n      .join("\\n");\n',
        ),
    ],
)
def test_what_is_sent_and_kept(folder: Path, client: str, example: str, code: str) -> None:
    assert code in printed(spec_of(folder, example, head=AUTH), f"node/{client}")


@pytest.mark.parametrize(
    ("client", "request_line", "example", "reason"),
    [
        ("fetch", "TRACE /x", "{}", "refuses the method TRACE"),
        ("fetch", "GET /x", "{body: {text: x}}", "no body with GET"),
        ("fetch", "GET /x", "{headers: {A: [b, c]}}", "joins"),
        ("fetch", "GET /x", "{headers: {Host: a.example}}", "from the URL"),
        ("fetch", "GET /x", "{headers: {Expect: 100-continue}}", "refuses the header `expect`"),
        ("fetch", "GET /x", "{response: {status: 407}}", "no answer of status 407"),
        ("fetch", "GET /a/../b", "{}", "out of a URL"),
        ("axios", "GET /%2e/b", "{}", "out of a URL"),
        ("axios", "GET /x", "{headers: {constructor: a}}", "leaves out"),
        ("fetch", "GET /x", "{headers: {__proto__: a}}", "leaves out"),
        ("axios", "GET /x", "{headers: {Host: a.example}}", "certificate"),
        ("axios", "GET /x", "{response: {json: {a: 9007199254740993}}, prints: a}", "rounds"),
        ("axios", "GET /x", '{response: {text: "\\ufeffa"}}', "byte order mark"),
    ],
)
def test_what_javascript_cannot_do(
    tmp_path: Path, client: str, request_line: str, example: str, reason: str
) -> None:
    with pytest.raises(Unsupported, match=reason):
        printed(spec_of(tmp_path, example, request=request_line), f"node/{client}")
