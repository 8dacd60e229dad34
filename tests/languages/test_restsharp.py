"""How RestSharp is given each part of a call, and what it cannot send."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callsheet.errors import Unsupported
from support import printed, spec_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("example", "statement"),
    [
        ("{body: {json: [1]}}", "request.AddStringBody(json, ContentType.Json);"),
        ("{body: {json: [1]}}", "new RestClientOptions { DisableCharset = true }"),
        ("{body: {text: hi}}", "request.AddStringBody(text, ContentType.Plain);"),
        ("{body: {text: hi}}", "new RestClient();"),
        (
            "{body: {text: hi, type: text/csv;v=1}}",
            'request.AddBody(Encoding.UTF8.GetBytes(text), "text/csv;v=1");',
        ),
        ("{body: {form: {q: a b}}}", 'request.AddParameter("q", "a b");'),
        (
            "{body: {file: shop.yaml}}",
            'request.AddBody(await File.ReadAllBytesAsync("shop.yaml"), ContentType.Binary);',
        ),
        (
            "{auth: basic}",
            "request.Authenticator = new HttpBasicAuthenticator(shopUser, shopPassword);",
        ),
        ("{headers: {User-Agent: me/1}}", 'new RestClientOptions { UserAgent = "me/1" }'),
        ("{headers: {Content-Type: a/b}}", 'request.AddBody(Array.Empty<byte>(), "a/b");'),
        (
            "{body: {multipart: [{name: f, file: shop.yaml, type: a/b}, {name: a, text: b}]}}",
            'request.AddFile("f", "shop.yaml", "a/b");\nrequest.AddParameter("a", "b");',
        ),
        (
            "{body: {multipart: [{name: f, text: x, filename: n.txt}]}}",
            'request.AddFile("f", Encoding.UTF8.GetBytes("x"), "n.txt", ContentType.Plain);',
        ),
        ("{body: {multipart: [{name: a, text: b}]}}", "request.AlwaysMultipartFormData = true;"),
        ("{body: {form: {a: [b, c]}}}", 'request.AddParameter("a", "c");'),
        ("{body: {form: {a: [b, b]}}}", "request.AddStringBody(text, ContentType.FormUrlEncoded);"),
        ("{body: {form: {}}}", "request.AddStringBody(text, ContentType.FormUrlEncoded);"),
        ("{body: {form: {'': a}}}", "request.AddStringBody(text, ContentType.FormUrlEncoded);"),
    ],
)
def test_restsharp(tmp_path: Path, example: str, statement: str) -> None:
    text = printed(spec_of(tmp_path, example), "csharp/restsharp")
    assert statement in text
    assert text.startswith("#:package RestSharp@")
    assert ("using System.Text;\n" in text) == ("Encoding." in text)


@pytest.mark.parametrize(
    ("example", "reason"),
    [
        ("{body: {multipart: [{name: a, text: b}, {name: f, file: shop.yaml}]}}", "files before"),
        ("{body: {multipart: [{name: a, json: {}}]}}", "as text/plain"),
        ("{body: {multipart: [{name: é, text: b}]}}", "plain ones"),
        ("{body: {multipart: [{name: '', text: b}]}}", "plain ones"),
        ("{body: {multipart: [{name: a, text: b}, {name: a, text: b}]}}", "once that is repeated"),
        ("{headers: {Content-Language: de}}", "`content-language` where there is no body"),
        ("{headers: {Host: a.example}}", "the Host line"),
        ('{response: {text: "\\ufeffx"}}', "U\\+FEFF"),
    ],
)
def test_what_restsharp_cannot_send(tmp_path: Path, example: str, reason: str) -> None:
    with pytest.raises(Unsupported, match=reason):
        printed(spec_of(tmp_path, example), "csharp/restsharp")


def test_restsharp_knows_no_other_methods(tmp_path: Path) -> None:
    with pytest.raises(Unsupported, match="no method PURGE"):
        printed(spec_of(tmp_path, "{}", request="PURGE /x"), "csharp/restsharp")


OAUTH = """\
  oauth: {scheme: oauth2-client-credentials, token_url: "https://a.example/t", client_id_env: ID,
    client_secret_env: SECRET}
"""


def test_the_form_for_a_token_has_no_charset_though_the_body_has_one(tmp_path: Path) -> None:
    bare = "RestClient(new RestClientOptions { DisableCharset = true });"
    for body, expected in [
        ("{json: {a: 1}}", f"using var client = new {bare}"),
        ("{text: x}", f"using var tokenClient = new {bare}"),
    ]:
        spec = spec_of(tmp_path, f"{{auth: oauth, body: {body}}}", head=OAUTH)
        text = printed(spec, "csharp/restsharp")
        assert expected in text
        assert text.count(bare) == 1
