"""Java's literals and program, as google-java-format lays them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callsheet.errors import Unsupported
from callsheet.languages.java import JavaLiterals
from callsheet.layout import Pair, lay
from callsheet.spec.scalars import from_json
from callsheet.values import Env, Text, joined
from support import printed, spec_of

if TYPE_CHECKING:
    from pathlib import Path

    from callsheet.layout import Doc

WRITER = JavaLiterals()
KEY = Env("KEY")
#: 80 columns of words.
WORDS = "eight of" + " eight ch" * 8


def body(doc: Doc) -> str:
    """A document as the template places a body."""
    return lay(Pair("String body = ", doc, hang=True), WRITER.style, indent="    ", suffix=1)


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("", '""'),
        ("it's ${x} #{y} %s", '"it\'s ${x} #{y} %s"'),
        ('say "hi"', '"say \\"hi\\""'),
        ("\\u0022 \\\xa0", '"\\\\u0022 \\\\\\u00a0"'),
        ("a\n\r\t\b\f", '"a\\n\\r\\t\\b\\f"'),
        ("\x00" + "1\x1b\x7f", '"\\u00001\\u001b\\u007f"'),
        ("\x85\xad\u2028\u202e\ufeff", '"\\u0085\\u00ad\\u2028\\u202e\\ufeff"'),
        ("\U000e0041", '"\\udb40\\udc41"'),
        ("中文😀é", '"中文😀é"'),
    ],
)
def test_strings(text: str, literal: str) -> None:
    assert WRITER.string(text) == literal


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x\ud800", "lone surrogate"),
        ('"\udfff', "lone surrogate"),
        ('"' * 65536, "65,535 bytes"),
        ("中" * 21846, "65,535 bytes"),
        ("😀" * 10923, "65,535 bytes"),
        ("\0" * 32768, "65,535 bytes"),
    ],
)
def test_texts_that_java_cannot_hold_are_refused(text: str, reason: str) -> None:
    with pytest.raises(Unsupported, match=reason):
        WRITER.block(text)


def test_the_longest_text_is_written() -> None:
    assert WRITER.string("😀" * 10922)


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        (joined(KEY), "key"),
        (joined("Bearer ", KEY), '"Bearer " + key'),
        (joined("a=", Env("Q", "url")), '"a=" + URLEncoder.encode(q, StandardCharsets.UTF_8)'),
        (
            joined("https://h/", Env("A", "url"), "?b=", Env("B", "url")),
            """\
"https://h/"
    + URLEncoder.encode(a, StandardCharsets.UTF_8).replace("+", "%20")
    + "?b="
    + URLEncoder.encode(b, StandardCharsets.UTF_8)""",
        ),
    ],
)
def test_texts_with_variables(text: Text, literal: str) -> None:
    assert lay(WRITER.expression(text), WRITER.style) == literal


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", '""'),
        ("plain", '"plain"'),
        ("\nfirst line empty", '"\\nfirst line empty"'),
        ('a "separator" \u2028', '"a \\"separator\\" \\u2028"'),
        ('say "hi"', '|"""|say "hi"\\|"""'),
        ("a\nb\n", '|"""|a|b|"""'),
        ("a\n\n  b", '|"""|a||  b\\|"""'),
        ("back\\slash", '|"""|back\\\\slash\\|"""'),
        ("\\u0022", '|"""|\\\\u0022\\|"""'),
        ('"""', '|"""|""\\"\\|"""'),
        ('""""', '|"""|""\\""\\|"""'),
        ('""""""\n', '|"""|""\\"""\\"|"""'),
        ("a \n b\t\n", '|"""|a\\s| b\\t|"""'),
        (" \n\n", '|"""|\\s||"""'),
        ("a\r\nb ", '|"""|a\\r|b\\s\\|"""'),
        ("a\u3000\nb", '|"""|a\\u3000\\n\\|b\\|"""'),
        ("a\x00\nb", '|"""|a\\u0000|b\\|"""'),
        (f'"{WORDS}"', f'|"""|"{WORDS}"\\|"""'),
        (f'"{WORDS} and more"', f'|"""|"{WORDS} and \\|more"\\|"""'),
        (f'"{"x" * 100}"', f'|"""|"{"x" * 87}\\|{"x" * 13}"\\|"""'),
        (f"{'x' * 87}\\{'y' * 9}", f'|"""|{"x" * 87}\\|\\\\{"y" * 9}\\|"""'),
    ],
)
def test_text_bodies(text: str, lines: str) -> None:
    literal = lines.removeprefix("|").replace("|", "\n        ").replace("\n        \n", "\n\n")
    break_ = "\n        " if lines.startswith("|") else " "
    assert body(WRITER.block(text)) == f"String body ={break_}{literal}"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        (f"{WORDS} nine", [f"{WORDS} nine"]),
        (f"{WORDS} nine tens", [f"{WORDS} nine", " tens"]),
        (f"{WORDS} ab\nx y and z", [f"{WORDS} ab\\n", "x y and z"]),
        ("x" * 120, ["x" * 120]),
        ("名" * 89, ["名" * 89]),
        ("名" * 50 + " " + "名" * 50, ["名" * 50, " " + "名" * 50]),
    ],
)
def test_a_long_string_is_split_where_the_formatter_splits_it(text: str, pieces: list[str]) -> None:
    literal = '"\n            + "'.join(pieces)
    assert body(WRITER.expression_of(text)) == f'String body =\n        "{literal}"'


@pytest.mark.parametrize(
    ("json", "literal"),
    [
        ("1e400", 'String body = "1e400"'),
        ("{}", 'String body = "{}"'),
        (
            '{"a": 1.10, "b": "\\ud800\\u2028"}',
            '''\
String body =
        """
        {"a": 1.10, "b": "\\\\ud800\\\\u2028"}\\
        """''',
        ),
    ],
)
def test_json_texts(json: str, literal: str) -> None:
    assert body(WRITER.wire(from_json(json))) == literal


def test_a_comment_cannot_end_early() -> None:
    assert WRITER.comment("a\nb\\u000ac\u2028d") == "// a b u000ac d"


@pytest.mark.parametrize(
    ("name", "local"),
    [
        ("MY_API_URL", "myApiUrl"),
        ("TOKEN", "token"),
        ("CLASS", "env_CLASS"),
        ("BODY", "env_BODY"),
        ("my_key", "env_my_key"),
    ],
)
def test_the_local_of_a_variable(name: str, local: str) -> None:
    assert WRITER.env(Env(name)) == local


CORE = ("net.URI", "net.http.HttpClient", "net.http.HttpRequest", "net.http.HttpResponse")
ENCODED = (CORE[0], "net.URLEncoder", *CORE[1:], "nio.charset.StandardCharsets")


@pytest.mark.parametrize(
    ("example", "imports"),
    [
        ("{auth: key, body: {json: {}}}", CORE),
        ("{query: {q: !env Q}}", ENCODED),
        ("{body: {form: {q: !env Q}}}", ENCODED),
        ("{body: {form: {q: x}}}", CORE),
        ("{auth: basic}", (*CORE, "nio.charset.StandardCharsets", "util.Base64")),
        ("{response: {sse: [x]}}", (*CORE, "util.stream.Collectors", "util.stream.Stream")),
    ],
)
def test_exactly_what_is_used_is_imported(
    tmp_path: Path, example: str, imports: tuple[str, ...]
) -> None:
    lines = "".join(f"import java.{name};\n" for name in imports)
    assert printed(spec_of(tmp_path, example), "java").startswith(f"{lines}\nclass Main {{\n")


def test_a_short_request_stands_on_one_line(tmp_path: Path) -> None:
    text = printed(spec_of(tmp_path, "{}", request="GET /a"), "java")
    uri = 'uri(URI.create("https://api.shop.example/v2/a"))'
    assert f"\n        HttpRequest.newBuilder().{uri}.build();\n" in text


def test_a_long_request_has_a_line_for_each_call(tmp_path: Path) -> None:
    example = f"{{auth: key, headers: {{X-A: {'b' * 90}}}}}"
    text = printed(spec_of(tmp_path, example, request=f"GET /{'a' * 70}"), "java")
    assert (
        f"""
    HttpRequest request =
        HttpRequest.newBuilder()
            .uri(
                URI.create(
                    "https://api.shop.example/v2/{"a" * 70}"))
            .header("Authorization", "Bearer " + shopKey)
            .header(
                "X-A",
                "{"b" * 90}")
            .build();
"""
        in text
    )
