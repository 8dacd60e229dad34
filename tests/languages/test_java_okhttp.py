"""OkHttp's programs, as google-java-format lays them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callsheet import clients
from callsheet.errors import Unsupported
from support import printed, spec_of

if TYPE_CHECKING:
    from pathlib import Path

AUTH = """\
  token: {scheme: oauth2-client-credentials, token_url: "https://auth.shop.example/t",
          client_id_env: SHOP_ID, client_secret_env: SHOP_SECRET}
  hex: {scheme: hmac-sha256, name: X-S, env: SHOP_KEY, string: "{method}\\n{body}"}
"""


@pytest.mark.parametrize(
    ("request_line", "example", "line"),
    [
        ("GET /a", "{}", 'new Request.Builder().url("https://api.shop.example/v2/a").build();'),
        ("HEAD /a", "{}", ".head()"),
        ("POST /a", "{}", ".post(RequestBody.EMPTY)"),
        ("PATCH /a", "{}", ".patch(RequestBody.EMPTY)"),
        ("DELETE /a", "{}", ".delete()"),
        ("PURGE /a", "{}", '.method("PURGE", null)'),
        ("REPORT /a", "{}", '.method("REPORT", RequestBody.EMPTY)'),
        ("PUT /a", "{body: {text: x}}", ".encodeUtf8(body), MediaType.get("),
        ("PUT /a", "{body: {form: {a: 'b c'}}}", 'new FormBody.Builder().add("a", "b c").build();'),
        ("PUT /a", "{auth: hex, body: {form: {a: 'b c'}}}", 'String body = "a=b%20c";'),
        ("PUT /a", "{body: {file: shop.yaml}}", 'RequestBody.create(new File("shop.yaml"), Media'),
        ("PUT /a", "{auth: hex, body: {file: shop.yaml}}", "mac.doFinal(content.readByteArray())"),
        ("PUT /a", "{auth: token}", "String token = fetchToken(client, shopId, shopSecret);"),
        ("GET /a", "{auth: basic}", "Credentials.basic(shopUser, shopPassword, StandardCharsets"),
        ("GET /a", "{headers: {X-A: b}}", '.header("X-A", "b")'),
        ("GET /a", "{headers: {X-A: [b, c]}}", '.addHeader("X-A", "c")'),
        ("GET /a", "{response: {status: 302}}", ".followRedirects(false)"),
        ("GET /a", "{response: {status: 302}}", "if (response.code() >= 400) {"),
        ("GET /a", "{response: {status: 204}}", "if (!response.isSuccessful()) {"),
        ("GET /a", "{response: {file: shop.yaml}}", 'Files.write(Path.of("shop.yaml"), response.'),
        ("GET /a", "{response: {sse: [END]}}", '          .takeWhile(data -> !data.equals("END"))'),
    ],
)
def test_the_call(tmp_path: Path, request_line: str, example: str, line: str) -> None:
    spec = spec_of(tmp_path, example, request=request_line, head=AUTH)
    assert line in printed(spec, "java/okhttp")


@pytest.mark.parametrize(
    ("part", "lines"),
    [
        ("{name: a, text: !env Q}", '.addFormDataPart("a", q)'),
        (
            "{name: a, file: shop.yaml}",
            '.addFormDataPart("a", "shop.yaml", RequestBody.create(new File("shop.yaml"), null))',
        ),
        (
            "{name: a, text: b, type: text/csv}",
            """\
.addFormDataPart(
                "a",
                null,
                RequestBody.create(ByteString.encodeUtf8("b"), MediaType.get("text/csv")))""",
        ),
    ],
)
def test_the_parts_of_a_multipart_body(tmp_path: Path, part: str, lines: str) -> None:
    first = f"{{name: first, text: {'x' * 40}}}"
    spec = spec_of(tmp_path, f"{{body: {{multipart: [{first}, {part}]}}}}")
    text = printed(spec, "java/okhttp")
    assert "        new MultipartBody.Builder()\n            .setType(MultipartBody.FORM)\n" in text
    assert f"            {lines}\n            .build();\n" in text


@pytest.mark.parametrize(
    ("request_line", "example", "reason"),
    [
        ("GET /a", "{body: {text: x}}", "no body with GET"),
        ("HEAD /a", "{body: {text: x}}", "no body with HEAD"),
        ("GET /a/../b", "{}", "resolves"),
        ("GET /a%zz", "{}", "escapes nothing"),
        ("GET /a", '{response: {text: "\\ufeffx"}}', "byte order mark"),
        ("POST /a", "{headers: {Content-Type: x y}, body: {text: x}}", "media type"),
        ("GET /a/%2e%2E/b", "{}", "for a dot"),
        ("GET /a/.%2e", "{}", "for a dot"),
        ("GET /a/%2e.", "{}", "for a dot"),
        (
            "POST /a",
            "{body: {multipart: [{name: a, text: b}], type: multipart/mixed; boundary=x}}",
            "boundary",
        ),
    ],
)
def test_what_okhttp_cannot_send_is_refused(
    tmp_path: Path, request_line: str, example: str, reason: str
) -> None:
    spec = spec_of(tmp_path, example, request=request_line)
    with pytest.raises(Unsupported, match=reason):
        printed(spec, "java/okhttp")


def test_the_page_names_its_coordinates_and_the_class_path() -> None:
    client = clients.of_language("java")["okhttp"]
    assert client.install == 'implementation("com.squareup.okhttp3:okhttp-jvm:5.5.1")'
    assert client.run == 'java -cp "lib/*" Main.java'
