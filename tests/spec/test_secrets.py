"""A text that looks like a live secret gets a warning, which does not show it."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from random import Random
from string import ascii_letters, ascii_uppercase, digits
from time import perf_counter

import pytest
from click.testing import CliRunner

from callsheet.cli import main
from callsheet.errors import show
from callsheet.spec.read import load
from callsheet.spec.secrets import SHAPES, warnings

ROOT = Path(__file__).parents[2]
SPEC = """\
callsheet: 1
title: Shop
server: https://api.shop.example
pages: "*.md"
endpoints:
  items:
    request: POST /items
    examples:
      add-item: {{body: {{json: {{a: {}}}}}}}
"""
#: How a value of the spec above begins: its line and column.
AT = (9, 36)


def letters(count: int, alphabet: str = ascii_letters + digits, seed: int = 7) -> str:
    """Characters as a provider draws them; made here, so that this file holds no secret."""
    drawn = Random(seed)
    return "A7" + "".join(drawn.choice(alphabet) for _ in range(count - 2))


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


JWT = f"{encoded({'alg': 'HS256'})}.{encoded({'sub': 'u-81', 'iss': 'shop'})}.{letters(43)}"
#: What it is → a text that is like it.
LIVE = [
    ("an OpenAI key", f"sk-{letters(48)}"),
    ("an OpenAI key", f"sk-proj-{letters(60)}_{letters(20)}"),
    ("an Anthropic key", f"sk-ant-api03-{letters(80)}-AA"),
    ("a Stripe key", f"sk_live_{letters(24)}"),
    ("a Stripe key", f"rk_live_{letters(99)}"),
    ("an AWS access key", f"AKIA{letters(16, ascii_uppercase + digits)}"),
    ("an AWS access key", f"ASIA{letters(16, ascii_uppercase + digits)}"),
    ("a GitHub token", f"ghp_{letters(36)}"),
    ("a GitHub token", f"gho_{letters(36)}"),
    ("a GitHub token", f"ghs_{letters(36)}"),
    ("a GitHub token", f"github_pat_{letters(22)}_{letters(59)}"),
    ("a GitLab token", f"glpat-{letters(20)}"),
    ("a Slack token", f"xoxb-{letters(12, digits)}-{letters(24)}"),
    ("a Slack token", f"xoxp-{letters(40)}"),
    ("a Google API key", f"AIza{letters(35)}"),
    ("an npm token", f"npm_{letters(36)}"),
    ("a Hugging Face token", f"hf_{letters(34)}"),
    ("a JSON Web Token", JWT),
    (
        "a private key",
        f"-----BEGIN PRIVATE KEY-----\\n{letters(64)}\\n-----END PRIVATE KEY-----\\n",
    ),
    ("a private key", f"-----BEGIN RSA PRIVATE KEY-----\\n{letters(64)}"),
]
MADE_UP = [
    *(
        "sk-test",
        "sk-...",
        "sk-…",
        "sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "sk-your-api-key-goes-here-12345",
    ),
    *("sk_test_51H8aV2eZvKYlo2C0aBcDeFgHi", "sk_live_xxxxxxxxxxxxxxxxxxxxxxxx", "sk_live_YOUR_KEY"),
    *("YOUR_KEY", "<your key>", "${SHOP_KEY}", "AKIAIOSFODNN7EXAMPLE", "AKIAXXXXXXXXXXXXXXXX"),
    *("ghp_0000000000000000000000000000000000000", f"ghp_{'a' * 36}", "xoxb-your-token-goes-here"),
    *("sk-loading-indicator-2-wrapper-element", "risk-assessment-of-the-2nd-quarter-2026"),
    *(f"dummy-sk-{letters(30)}", "npm_config_update_notifier", "glpat-", "AIza", "eyJ", "Bearer"),
    *("https://shop.example/a:b@c", "https://user:password@shop.example", "https://a:${PASS}@b"),
    *("mailto://a@b", "-----BEGIN PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----\\n...\\n"),
    *(
        "-----BEGIN PUBLIC KEY-----\\n" + letters(64),
        letters(64),
        "550e8400-e29b-41d4-a716-446655440000",
    ),
    f"{encoded({'a': 1})}.{encoded({'sub': '1234567890', 'name': 'John Doe'})}.{letters(43)}",
]


def spec(folder: Path, value: str, page: str = "# Shop\n", text: str = "") -> Path:
    (folder / "shop.yaml").write_text(text or SPEC.format(value))
    (folder / "shop.en.md").write_text(page)
    return folder / "shop.yaml"


@pytest.mark.parametrize(("what", "text"), LIVE, ids=[text[:12] for _, text in LIVE])
def test_a_secret_is_met_where_it_stands_and_not_shown(
    what: str, text: str, tmp_path: Path
) -> None:
    path = spec(tmp_path, f'"{text}"')
    (found,) = load(path).warnings
    assert (found.file, found.line, found.column) == (str(path), *AT)
    assert found.code == "CS601"
    assert found.length == len(text.partition("-----END")[0])
    assert found.message == f"this looks like {what}: `{text[:4]}…`"
    assert "!env NAME" in found.help
    said = show(found, level="warning")
    assert text[:4] in said
    assert text[12:32] not in said.replace("-----BEGIN", "")


@pytest.mark.parametrize("text", MADE_UP)
def test_what_is_made_up_is_no_secret(text: str, tmp_path: Path) -> None:
    assert load(spec(tmp_path, f'"{text}"')).warnings == ()


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (f"headers: {{Authorization: Bearer {letters(32)}}}", "a bearer token"),
        (f'headers: {{"authorization": "bearer {letters(32)}"}}', "a bearer token"),
        (f"headers: {{Authorization: Token {letters(32)}}}", "a bearer token"),
        ("headers: {Authorization: Basic YW5uOmh1bnRlcjI=}", "a user's name and password"),
        (f"headers: {{X-Key: sk_live_{letters(24)}}}", "a Stripe key"),
        (f"query: {{api_key: AIza{letters(35)}}}", "a Google API key"),
        (f"cookies: {{session: {JWT}}}", "a JSON Web Token"),
        (f"body: {{form: {{token: ghp_{letters(36)}}}}}", "a GitHub token"),
        (f"response: {{json: {{token: npm_{letters(36)}}}}}", "an npm token"),
        ("body: {json: {db: 'postgres://ann:hunter2@db.shop.example/x'}}", "a password in a URL"),
        (f"description: x # glpat-{letters(20)}", "a GitLab token"),
    ],
)
def test_it_is_met_anywhere_in_a_spec(line: str, what: str, tmp_path: Path) -> None:
    text = SPEC.format("1").replace("    examples:", f"    {line}\n    examples:")
    if line.startswith(("body", "response")):
        text = SPEC.format("1").replace("{body: {json: {a: 1}}}", f"\n        {line}")
    (found,) = load(spec(tmp_path, "", text=text)).warnings
    assert found.message.startswith(f"this looks like {what}: `")
    assert found.source.strip().startswith(line[:7])


@pytest.mark.parametrize(
    "line",
    [
        "headers: {Authorization: Bearer YOUR_ACCESS_TOKEN_GOES_HERE}",
        "headers: {Authorization: 'Bearer <token>'}",
        "headers: {Authorization: Basic dXNlcjpwYXNz}",
        "headers: {Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==}",
        "headers: {Authorization: Basic !env SHOP_KEY}",
        "headers: {Authorization: !env SHOP_KEY}",
    ],
)
def test_an_authorization_that_is_made_up_is_none(line: str, tmp_path: Path) -> None:
    text = SPEC.format("1").replace("    examples:", f"    {line}\n    examples:")
    assert warnings([spec(tmp_path, "", text=text)]) == ()


def test_included_files_and_pages_are_published_too(tmp_path: Path) -> None:
    (tmp_path / "item.json").write_text(f'{{"a": 1,\n "b": "ghp_{letters(36)}"}}')
    page = f"# Shop\n\nUse `sk_live_{letters(24)}`.\n"
    found = load(spec(tmp_path, "!include item.json", page)).warnings
    places = [(Path(one.file).name, one.line, one.column) for one in found]
    assert places == [("item.json", 2, 8), ("shop.en.md", 3, 6)]


def test_two_secrets_of_a_line_are_both_hidden(tmp_path: Path) -> None:
    first, second = f"ghp_{letters(36)}", f"sk_live_{letters(24, seed=2)}"
    found = load(spec(tmp_path, f"[{first}, {second}]")).warnings
    assert [one.column for one in found] == [AT[1], AT[1] + len(first) + 2]
    assert all(first not in one.source and second not in one.source for one in found)


def test_build_check_and_verify_warn_and_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CALLSHEET_CACHE", str(tmp_path / ".cache"))
    secret = f"ghp_{letters(36)}"
    spec(tmp_path, secret)
    for words in (
        ["build", "shop.yaml", "-o", "out"],
        ["check", "shop.yaml", "-o", "out"],
        ["verify", "shop.yaml", "--level", "parsed", "--language", "curl"],
    ):
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 0, done.output
        assert "shop.yaml:9:35: warning[CS601]: this looks like a GitHub token" in done.output
        assert secret not in done.output


def test_the_specs_of_this_project_hold_no_secret() -> None:
    files = [*ROOT.glob("spec/**/*.*"), *ROOT.glob("tests/**/*.yaml"), *ROOT.glob("tests/**/*.md")]
    assert len(files) > 100
    assert warnings(files) == ()


def test_every_shape_is_tested_and_has_its_mark() -> None:
    named = {what for what, _ in LIVE}
    others = {"a bearer token", "a user's name and password", "a password in a URL"}
    assert {shape.name for shape in SHAPES} == named | others
    for what, text in LIVE:
        shapes = [shape for shape in SHAPES if shape.name == what]
        assert any(mark in text for shape in shapes for mark in shape.marks)
        assert any(re.search(shape.pattern, text) for shape in shapes)


@pytest.mark.parametrize(
    "text",
    [
        *("eyJ" * 100_000, "sk-" * 100_000, "xoxb-" * 60_000, "a" * 300_000, "://a:" * 60_000),
        *("authorization: bearer " * 15_000, "-----BEGIN PRIVATE KEY-----" + "a: " * 100_000),
    ],
    ids=lambda text: text[:12],
)
def test_no_text_takes_long(text: str, tmp_path: Path) -> None:
    (tmp_path / "long.md").write_text(text)
    start = perf_counter()
    warnings([tmp_path / "long.md"])
    assert perf_counter() - start < 2
