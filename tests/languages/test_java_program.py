"""Java's program: the call, a body of parts, and what is refused."""

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
          client_id_env: SHOP_ID, client_secret_env: SHOP_SECRET, scope: 'a "b"'}
  hex: {scheme: hmac-sha256, name: X-S, env: SHOP_KEY, string: "{method}\\n{body}"}
  base64: {scheme: hmac-sha256, name: X-S, env: SHOP_KEY, string: "{path}", encoding: base64}
"""


@pytest.mark.parametrize(
    ("request_line", "example", "line"),
    [
        ("POST /a", "{body: {text: x}}", ".POST(HttpRequest.BodyPublishers.ofString(body))"),
        ("PUT /a", "{}", ".PUT(HttpRequest.BodyPublishers.noBody())"),
        ("DELETE /a", "{}", ".DELETE()"),
        (
            "DELETE /a",
            "{body: {text: x}}",
            '.method("DELETE", HttpRequest.BodyPublishers.ofString(body))',
        ),
        ("PURGE /a", "{}", '.method("PURGE", HttpRequest.BodyPublishers.noBody())'),
        ("GET /a", "{headers: {X-A: [b, c]}}", '.header("X-A", "c")'),
        ("GET /a", "{auth: key}", 'throw new IllegalStateException("SHOP_KEY is not set");'),
        ("GET /a", "{auth: basic}", '(shopUser + ":" + shopPassword)'),
        ("GET /a", "{response: {text: x}}", "System.out.println(response.body());"),
        (
            "GET /a",
            "{response: {file: shop.yaml}}",
            'Files.write(Path.of("shop.yaml"), response.body());',
        ),
        ("PUT /a", "{body: {file: shop.yaml}}", '.ofFile(Path.of("shop.yaml")))'),
        ("PUT /a", "{body: {json: !env Q}}", "String body = quoted(q);"),
        ("PUT /a", "{auth: token}", "String token = fetchToken(shopId, shopSecret);"),
        ("PUT /a", "{auth: hex}", 'String signed = "PUT\\n";'),
        ("PUT /a", "{auth: hex}", 'String.format("%064x", new BigInteger(1, digest))'),
        ("PUT /a", "{auth: hex, body: {text: x}}", 'String signed = "PUT\\n" + body;'),
        ("PUT /a", "{auth: hex, body: {file: shop.yaml}}", "mac.doFinal(body)"),
        ("PUT /a", "{auth: base64}", "Base64.getEncoder().encodeToString(digest)"),
        ("GET /a", "{response: {sse: [END]}}", '.takeWhile(data -> !data.equals("END"))\n'),
    ],
)
def test_the_call(tmp_path: Path, request_line: str, example: str, line: str) -> None:
    assert line in printed(spec_of(tmp_path, example, request=request_line, head=AUTH), "java")


def test_nothing_is_printed_where_the_response_is_empty(tmp_path: Path) -> None:
    assert "System.out" not in printed(spec_of(tmp_path, "{response: {status: 204}}"), "java")


@pytest.mark.parametrize(
    ("request_line", "example", "reason"),
    [
        ("GET /a%zz", "{}", "java.net.URI"),
        ("GET /a", "{headers: {Host: b.example}}", "`Host`"),
        ("GET /a", "{headers: {connection: close}}", "`connection`"),
        ("GET /a", "{auth: token, headers: {X-A: !env TOKEN}}", r"`token` holds \$TOKEN"),
        (
            "POST /a",
            "{body: {multipart: [{name: a, text: b}], type: multipart/mixed; boundary=x}}",
            "boundary",
        ),
    ],
)
def test_what_java_cannot_send_is_refused(
    tmp_path: Path, request_line: str, example: str, reason: str
) -> None:
    spec = spec_of(tmp_path, example, request=request_line, head=AUTH)
    with pytest.raises(Unsupported, match=reason):
        printed(spec, "java")


def test_the_client_declares_that_it_shows_responses_and_events_as_they_come(
    tmp_path: Path,
) -> None:
    client = clients.of_language("java")["http-client"]
    assert (client.prints, client.streams) == ("body", "events")
    example = "{response: {sse: [{a: x}]}, prints: a}"
    text = printed(spec_of(tmp_path, example), "java")
    assert text.endswith("        .forEach(System.out::println);\n  }\n}\n")


def test_a_multipart_body_is_written_by_hand(tmp_path: Path) -> None:
    parts = """[{name: 'a"b', text: x}, {name: c, file: shop.yaml, type: image/png, filename: é},
               {name: d, json: [1]}, {name: e, text: !env Q}]"""
    text = printed(spec_of(tmp_path, f"{{body: {{multipart: {parts}}}}}"), "java")
    assert (
        """\
    parts.print("--" + boundary + "\\r\\n");
    parts.print("Content-Disposition: form-data; name=\\"a%22b\\"\\r\\n\\r\\n");
    parts.print("x");
    parts.print("\\r\\n--" + boundary + "\\r\\n");
    parts.print("Content-Disposition: form-data; name=\\"c\\"; filename=\\"é\\"\\r\\n");
    parts.print("Content-Type: image/png\\r\\n\\r\\n");
    Files.copy(Path.of("shop.yaml"), parts);
    parts.print("\\r\\n--" + boundary + "\\r\\n");
    parts.print("Content-Disposition: form-data; name=\\"d\\"\\r\\n");
    parts.print("Content-Type: application/json\\r\\n\\r\\n");
    parts.print("[1]");
    parts.print("\\r\\n--" + boundary + "\\r\\n");
    parts.print("Content-Disposition: form-data; name=\\"e\\"\\r\\n\\r\\n");
    parts.print(q);
    parts.print("\\r\\n--" + boundary + "--\\r\\n");
"""
        in text
    )
    assert '.header("Content-Type", "multipart/form-data; boundary=" + boundary)' in text


def test_variables_in_json_are_quoted_when_the_program_runs(tmp_path: Path) -> None:
    example = """{body: {json: {a: !env Q, "100%": [!env Q, '"q"']}}}"""
    text = printed(spec_of(tmp_path, example), "java")
    assert (
        '''\
    String body =
        """
        {"a": %s, "100%%": [%s, "\\\\"q\\\\""]}\\
        """
            .formatted(quoted(q), quoted(q));
'''
        in text
    )
    assert "  static String quoted(String text) {" in text
