"""Go's program: its imports, the call, its parts, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callsheet.errors import Unsupported
from support import printed, spec_of

if TYPE_CHECKING:
    from pathlib import Path

CORE = ("io", "log", "net/http")
AUTH = """\
  token: {scheme: oauth2-client-credentials, token_url: "https://auth.shop.example/t",
          client_id_env: SHOP_ID, client_secret_env: SHOP_SECRET, scope: 'a "b"'}
  hex: {scheme: hmac-sha256, name: X-S, env: SHOP_KEY, string: "{method}\\n{body}"}
  base64: {scheme: hmac-sha256, name: X-S, env: SHOP_KEY, string: "{path}", encoding: base64}
"""


@pytest.mark.parametrize(
    ("example", "imports"),
    [
        ("{}", CORE),
        ("{auth: key}", (*CORE, "os")),
        ("{body: {text: x}}", (*CORE, "strings")),
        ("{body: {form: {q: !env Q}}}", (*CORE, "net/url", "os", "strings")),
        ("{query: {q: !env Q}}", (*CORE, "net/url", "os")),
        ("{headers: {X-Q: !env Q}}", (*CORE, "os")),
        ("{response: {text: x}}", (*CORE, "os")),
        ("{response: {json: {a: x}}, prints: a}", ("encoding/json", "fmt", *CORE)),
        (
            "{response: {json: {a: [x, {}]}}, prints: 'a[0]'}",
            ("encoding/json", "errors", "fmt", *CORE),
        ),
        ("{response: {json: {'': {}}}, prints: '[\"\"]'}", ("encoding/json", *CORE, "os")),
        ("{response: {json: {'': x}}, prints: '[\"\"]'}", ("encoding/json", "fmt", *CORE)),
        ("{response: {sse: [x]}}", ("bufio", "fmt", *CORE, "strings")),
        ("{body: {file: shop.yaml}}", ("bytes", *CORE, "os")),
        ("{response: {file: shop.yaml}}", (*CORE, "os")),
        (
            "{body: {multipart: [{name: a, text: b}]}}",
            ("bytes", "io", "log", "mime/multipart", "net/http"),
        ),
        (
            "{body: {multipart: [{name: a, file: shop.yaml}]}}",
            ("bytes", "io", "log", "mime/multipart", "net/http", "os"),
        ),
        (
            "{body: {multipart: [{name: a, json: 1}]}}",
            ("bytes", "io", "log", "mime/multipart", "net/http", "net/textproto"),
        ),
        ("{body: {json: !env Q}}", ("encoding/json", *CORE, "os", "strings")),
        ("{auth: token}", ("encoding/json", *CORE, "net/url", "os", "strings")),
        ("{auth: hex}", ("crypto/hmac", "crypto/sha256", "encoding/hex", *CORE, "os")),
        ("{auth: base64}", ("crypto/hmac", "crypto/sha256", "encoding/base64", *CORE, "os")),
        (
            "{response: {sse: [{a: x}]}, prints: a}",
            ("bufio", "encoding/json", "fmt", *CORE, "strings"),
        ),
    ],
)
def test_exactly_what_is_used_is_imported(
    tmp_path: Path, example: str, imports: tuple[str, ...]
) -> None:
    lines = "".join(f'\t"{name}"\n' for name in imports)
    text = printed(spec_of(tmp_path, example, head=AUTH), "go")
    assert text.startswith(f"package main\n\nimport (\n{lines})\n\nfunc main() {{\n")


@pytest.mark.parametrize(
    ("request_line", "example", "line"),
    [
        ("GET /items", "{}", 'resp, err := http.Get("https://api.shop.example/v2/items")'),
        (
            "GET /items",
            "{headers: {X-A: b}}",
            'req, err := http.NewRequest("GET", "https://api.shop.example/v2/items", nil)',
        ),
        ("PURGE /a", "{}", 'http.NewRequest("PURGE", "https://api.shop.example/v2/a", nil)'),
        ("GET /a", "{body: {text: x}}", '"GET", "https://api.shop.example/v2/a", body)'),
        ("GET /a", "{headers: {X-A: b}}", 'req.Header.Set("X-A", "b")'),
        ("GET /a", "{headers: {X-A: [b, c]}}", 'req.Header.Add("X-A", "b")'),
        ("GET /a", "{headers: {Host: b.example}}", 'req.Host = "b.example"'),
        ("GET /a", "{auth: basic}", "req.SetBasicAuth(shopUser, shopPassword)"),
        ("GET /a", "{auth: key}", 'log.Fatal("SHOP_KEY is not set")'),
        ("GET /a", "{response: {sse: [{a: x}, END]}, prints: a}", 'if data == "END" {'),
        ("GET /a", '{response: {sse: ["{\\n}", {a: x}]}, prints: a}', 'strings.Join(lines, "\\n")'),
        ("GET /a", "{response: {status: 302}}", "return http.ErrUseLastResponse"),
        ("GET /a", "{response: {file: shop.yaml}}", 'os.WriteFile("shop.yaml", data, 0o644)'),
        ("PUT /a", "{body: {file: shop.yaml}}", '"https://api.shop.example/v2/a", bytes.New'),
        ("PUT /a", "{body: {json: [!env Q, '%']}}", 'Reader(`[` + quoted(q) + `, "%"]`)'),
        ("PUT /a", "{body: {json: !env Q}}", "strings.NewReader(quoted(q))"),
        ("PUT /a", "{auth: token}", "token := fetchToken(shopID, shopSecret)"),
        (
            "PUT /a",
            "{auth: token}",
            'url.Values{"grant_type": {"client_credentials"}, "scope": {`a "b"`}}',
        ),
        ("PUT /a", "{auth: hex, body: {text: x}}", 'io.WriteString(mac, "PUT\\n"+body)'),
        ("PUT /a", "{auth: hex, body: {file: shop.yaml}}", "mac.Write(body)"),
        ("PUT /a", "{auth: base64}", "base64.StdEncoding.EncodeToString(mac.Sum(nil))"),
    ],
)
def test_the_call(tmp_path: Path, request_line: str, example: str, line: str) -> None:
    assert line in printed(spec_of(tmp_path, example, request=request_line, head=AUTH), "go")


@pytest.mark.parametrize(
    ("request_line", "example", "reason"),
    [
        ("GET /a%zz", "{}", "escapes nothing"),
        ("GET /a", "{auth: token, headers: {X-A: !env TOKEN}}", r"`token` holds \$TOKEN"),
        (
            "POST /a",
            "{body: {multipart: [{name: a, text: b}], type: multipart/mixed; boundary=x}}",
            "boundary",
        ),
        ("GET /a", "{response: {sse: [{'a,b': x}]}, prints: '[\"a,b\"]'}", "no `json` tag"),
        ("GET /a", "{headers: {User-Agent: ''}}", "one User-Agent"),
        ("GET /a", "{headers: {User-Agent: [a, b]}}", "one User-Agent"),
    ],
)
def test_what_go_cannot_send_is_refused(
    tmp_path: Path, request_line: str, example: str, reason: str
) -> None:
    spec = spec_of(tmp_path, example, request=request_line, head=AUTH)
    with pytest.raises(Unsupported, match=reason):
        printed(spec, "go")


@pytest.mark.parametrize(
    ("part", "lines"),
    [
        ("{name: a, text: b}", ['form.WriteField("a", "b")']),
        ("{name: a, text: !env Q}", ['form.WriteField("a", q)']),
        (
            "{name: a, file: shop.yaml}",
            ['part, _ := form.CreateFormFile("a", "shop.yaml")', "part.Write(file)"],
        ),
        (
            "{name: 'a\"b', file: shop.yaml, type: image/png, filename: 'é \"`'}",
            [
                "part, _ := form.CreatePart(textproto.MIMEHeader{",
                '\t"Content-Disposition": {"form-data; name=\\"a%22b\\"; filename=\\"é %22`\\""},',
                '\t"Content-Type":        {"image/png"},',
                "})",
                "part.Write(file)",
            ],
        ),
        (
            "{name: a, json: [!env Q]}",
            [
                "part, _ := form.CreatePart(textproto.MIMEHeader{",
                '\t"Content-Disposition": {`form-data; name="a"`},',
                '\t"Content-Type":        {"application/json"},',
                "})",
                "io.WriteString(part, `[`+quoted(q)+`]`)",
            ],
        ),
    ],
)
def test_the_parts_of_a_multipart_body(tmp_path: Path, part: str, lines: list[str]) -> None:
    text = printed(spec_of(tmp_path, f"{{body: {{multipart: [{part}]}}}}"), "go")
    assert "".join(f"\t{line}\n" for line in lines) + "\tform.Close()\n" in text
