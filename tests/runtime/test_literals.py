"""Round trips: a literal is evaluated by the language itself, and what comes back is compared."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from callsheet import languages
from callsheet.errors import Unsupported
from callsheet.spec.scalars import from_json
from runtime.probes import block_literal, bytes_of, json_literal, text_literal

if TYPE_CHECKING:
    from callsheet.languages._base import Language

LANGUAGES = languages.every()

#: Texts that some language or client of the field gets wrong.
TEXTS = [
    "",
    " ",
    "plain",
    "it's",
    'say "hi"',
    "'\"`",
    "\\",
    "ends in \\",
    "C:\\dir\\new\\table\\0",
    "\\u0022 \\x41 \\101 \\N{BULLET}",
    "$HOME ${HOME} $(id) `id`",
    "{$x} ${x} $x[0] $$",
    "#{1+1} #$0 #@x",
    "%s %d %% {0} {} {{x}}",
    "!important !! !$",
    "@file",
    "-n",
    "--help",
    "~ * ? [a] {a,b}",
    "a\nb",
    "a\r\nb\rc",
    "\n",
    "\n\n  two\n    four\n",
    "trailing blanks  \n\t\n x \t",
    "\ta\tb",
    "<<'EOF'\nEOF\n",
    "JSON\nTEXT\nEOT\n",
    '"""',
    '""""""',
    "'''",
    "``` ` ``",
    "*/ // /* -- # <!-- ?> <?php",
    "</script><script>alert(1)</script>",
    "&amp; &lt; <>&'\"",
    "\x01\x02\x07\x08\x0b\x0c\x1b\x1f\x7f",
    "\x80\x85\x9f\xa0\xad",
    "\u2028\u2029",
    "\ufeffbom",
    "\u202eabc\u202c \u2066x\u2069 \u200b\u200d\u200e",
    "中文，日本語、한국어",
    "é e\u0301 ﬁ ß İ ı",
    "😀 👩‍👩‍👧 🇩🇪 𝔘",
    "\ufffd\ufffe\uffff\U0010ffff",
    "a" * 5000,
    "\\n\n\\\n\\\\n",
    "null true 1.0 NaN",
    "=cmd|' /C calc'!A0",
    "a;b&&c||d>e<f",
]
#: JSON texts whose values a language may be unable to carry natively.
VALUES = [
    *("null", "true", "false", "0", "-1", "1.5", '""', "[]", "{}", "[[]]", "[{}]", '{"a": {}}'),
    *("1.0", "1.10", "-0", "0.1", "1e2", "1E+2", "1e-7", "1e400", "1e-400", "0.30000000000000004"),
    *("9007199254740991", "9007199254740993", "9223372036854775808", "-9223372036854775809"),
    *("12345678901234567890123", "3.141592653589793238462643383279", "100000000000000000000.5"),
    *('"\\ud800"', '"\\udc00\\ud800 x"', '{"\\ud83d": 1}', '"\\ud83d\\ude00"', '"\\u0000"'),
    *('{"": 1}', '{" ": {"": []}}', '{"0": "a"}', '{"0": "a", "1": "b"}', '{"1": "a", "01": 2}'),
    *('{"__proto__": {"x": 1}}', '{"constructor": null, "toString": 1}', '{"a-b": 1, "a b": 2}'),
    *('{"class": 1, "def": 2, "nil": 3}', '{"a\\"b": "c\\\\d", "e\'f": "#{g}", "$h": "${i}"}'),
    *('{"b": 1, "a": 2, "c": {"z": 1, "y": 2}}', '{"é": "ü", "中": "文", "😀": "x"}'),
    *(
        "[1, [2, [3, [4, [5, [6, [7, [8]]]]]]]]",
        "[null, true, false]",
        '{"@type": "x", "$id": "y"}',
    ),
    "[" * 64 + "]" * 64,
    '{"a":' * 64 + "null" + "}" * 64,
    json.dumps(TEXTS),
    json.dumps({text: text for text in TEXTS if len(text) < 1000}),
]

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


def by_key(language: Language) -> str:
    return language.key


@pytest.mark.parametrize("language", LANGUAGES, ids=by_key)
def test_hostile_texts_come_back(language: Language) -> None:
    written: list[tuple[str, str]] = []
    for text in TEXTS:
        written += [(text, text_literal(language, text)), (text, block_literal(language, text))]
    found = bytes_of(language, [statement for _, statement in written])
    wrong = [
        (text, statement, actual)
        for (text, statement), actual in zip(written, found, strict=True)
        if actual != text.encode()
    ]
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES, ids=by_key)
def test_hostile_values_come_back_with_their_lexemes(language: Language) -> None:
    statements = [json_literal(language, from_json(text)) for text in VALUES]
    found = bytes_of(language, statements)
    wrong = [
        (text, statement, actual)
        for text, statement, actual in zip(VALUES, statements, found, strict=True)
        if from_json(actual.decode("utf-8", "surrogatepass")) != from_json(text)
    ]
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES, ids=by_key)
@settings(
    max_examples=2,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(values=st.lists(json_values, min_size=60, max_size=60))
def test_any_value_comes_back(language: Language, values: list[object]) -> None:
    texts = [json.dumps(value) for value in values]
    found = bytes_of(language, [json_literal(language, from_json(text)) for text in texts])
    for text, actual in zip(texts, found, strict=True):
        assert from_json(actual.decode("utf-8", "surrogatepass")) == from_json(text)


@pytest.mark.parametrize("language", LANGUAGES, ids=by_key)
@settings(
    max_examples=2,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(texts=st.lists(st.text(), min_size=60, max_size=60))
def test_any_text_comes_back_or_is_refused(language: Language, texts: list[str]) -> None:
    written: list[tuple[str, str]] = []
    for text in texts:
        for write in (text_literal, block_literal):
            try:
                written.append((text, write(language, text)))
            except Unsupported:
                assert language.key == "curl"
                assert "\0" in text
    found = bytes_of(language, [statement for _, statement in written])
    assert found == [text.encode() for text, _ in written]
