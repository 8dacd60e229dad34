"""The parsed level: clean snippets are clean, broken ones are told at the place of the break."""

from __future__ import annotations

import importlib.machinery
import random
import string
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from callsheet import clients, languages
from callsheet.options import Options
from callsheet.sheet import sheet
from callsheet.spec.read import load
from callsheet.verify import parse
from callsheet.verify.parse import SyntaxFault, Unparsed, faults
from support import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from callsheet.render import Snippet

SPECS = ("spec/clawdrouter.yaml", "tests/specs/shapes.yaml")


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALLSHEET_CACHE", str(tmp_path / "cache"))


def snippets(language: str) -> list[Snippet]:
    """Every snippet of both specs through every client of a language."""
    names = tuple(f"{language}/{key}" for key in clients.of_language(language))
    specs = [load(ROOT / path, catalog=clients.catalog()) for path in SPECS]
    groups = [sheet(spec, Options(clients=names)).snippets.values() for spec in specs]
    return [snippet for group in groups for made in group for snippet in made]


@pytest.mark.parametrize("key", languages.keys())
def test_every_snippet_parses(key: str) -> None:
    made = snippets(key)
    assert len(made) >= 40
    language = languages.get(key)
    assert {snippet.file: faults(language, snippet.text) for snippet in made} == {
        snippet.file: () for snippet in made
    }


@pytest.mark.parametrize("key", languages.keys())
def test_a_lost_bracket_is_found_in_every_snippet(key: str) -> None:
    language = languages.get(key)
    brackets = "'\"" if key == "curl" else ")]}"
    checked = 0
    for snippet in snippets(key):
        at = max(snippet.text.rfind(bracket) for bracket in brackets)
        if at >= 0:
            checked += 1
            assert faults(language, snippet.text[:at] + snippet.text[at + 1 :]), snippet.file
    assert checked >= 30


BROKEN = [
    ("python", "x = foo(1, 2\ny = 3\n", 2, 1, "`y` is unexpected"),
    ("python", "def f(:\n  pass\n", 1, 7, "`)` is missing"),
    ("python", "é = f('你好' é)\n", 1, 12, "`é` is unexpected"),
    ("python", "x = {\n    'a': 1,\n", 3, 1, "the program ends too early"),
    ("python", "f(a=1, b)\n", 1, 9, "positional argument follows keyword argument"),
    ("node", "f({\n  method: 'POST'\n  body: 1,\n});\n", 3, 3, "`body` is unexpected"),
    ("go", "package main\n\nfunc main() {\n\tf(1;\n}\n", 4, 5, "`)` is missing"),
    ("java", "class A {\n  void m() {\n    foo(1;\n  }\n}\n", 3, 10, "`)` is missing"),
    ("php", "<?php\n$x = [1, 2\necho $x;\n", 3, 1, "`echo` is unexpected"),
    ("ruby", "x = {a: 1\nputs x\n", 2, 1, "`puts` is unexpected"),
    ("csharp", "var x = new { a = 1;\nf(x);\n", 1, 20, "`}` is missing"),
    ("curl", "if true; then\n  curl x\n", 3, 1, "`fi` is missing"),
]


@pytest.mark.parametrize(("key", "text", "line", "column", "message"), BROKEN)
def test_a_fault_is_told_where_it_is(
    key: str, text: str, line: int, column: int, message: str
) -> None:
    source = text.split("\n")[line - 1]
    first = faults(languages.get(key), text)[0]
    assert first == SyntaxFault(line, column, message, source)


def test_python_refuses_what_python_refuses() -> None:
    """300 snippets that lost a punctuation character, held against the compiler."""
    language = languages.get("python")
    texts = [snippet.text for snippet in snippets("python")]
    chance = random.Random(7)
    missed, refused = 0, 0
    for _ in range(300):
        text = chance.choice(texts)
        at = chance.choice([i for i, char in enumerate(text) if char in string.punctuation])
        broken = text[:at] + text[at + 1 :]
        found = bool(faults(language, broken))
        refused += is_refused(broken)
        missed += is_refused(broken) and not found
        assert is_refused(broken) or not found, broken
    assert refused > 150
    assert not missed


def is_refused(text: str) -> bool:
    with warnings.catch_warnings(action="ignore"):
        try:
            compile(text, "example.py", "exec")
        except SyntaxError:
            return True
    return False


def test_the_head_of_a_file_based_csharp_program_is_tolerated_and_nothing_else() -> None:
    csharp = languages.get("csharp")
    head = "#!/usr/bin/env dotnet\n// a\n#:package OpenAI@2.15.0\n\n#:property PublishAot=false\n"
    assert faults(csharp, f"{head}using OpenAI;\n") == ()
    assert faults(csharp, f"using OpenAI;\n{head}")
    assert faults(csharp, "#:package OpenAI@2.15.0\nvar x = ;\n")[0].line == 2


@pytest.mark.parametrize("text", ["", "\n", "\0", "\ud800", "x" * 100_000, "(" * 5_000, "\r\n" * 9])
@pytest.mark.parametrize("key", languages.keys())
def test_no_text_breaks_the_parser(key: str, text: str) -> None:
    for fault in faults(languages.get(key), text):
        assert 1 <= fault.column <= len(fault.source) + 1


def test_what_was_parsed_is_not_parsed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    python = languages.get("python")
    before = [faults(python, text) for text in ("x = 1\n", "x = (\n")]
    monkeypatch.setattr(parse, "findings", None)
    assert [faults(python, text) for text in ("x = 1\n", "x = (\n")] == before
    assert before[0] == ()
    assert before[1]
    with pytest.raises(TypeError):
        faults(languages.get("ruby"), "x = 1\n")  # the same text in another language


def test_a_language_without_a_grammar_is_not_parsed() -> None:
    with pytest.raises(Unparsed, match="names no tree-sitter grammar"):
        faults(replace(languages.get("python"), grammar=""), "x")


@pytest.mark.parametrize(
    ("key", "way"),
    [("python", "`pip install 'callsheet[verify]'`"), ("own", "[verify]' tree-sitter-nothing`")],
)
def test_a_missing_parser_is_named_with_the_way_to_install_it(key: str, way: str) -> None:
    language = replace(languages.get("python"), key=key, grammar="tree_sitter_nothing")
    with pytest.raises(Unparsed) as error:
        faults(language, "x")
    assert str(error.value).endswith(f"{way})")


@pytest.mark.parametrize("grammar", ["string", "tree_sitter_php", "json:dumps", "string:digits"])
def test_a_grammar_that_is_none_is_named(grammar: str) -> None:
    language = replace(languages.get("python"), grammar=grammar)
    with pytest.raises(Unparsed, match=f"its grammar `{grammar}` cannot be used"):
        faults(language, "x")


def test_a_grammar_that_is_a_single_module_counts_as_a_file() -> None:
    spec = importlib.machinery.ModuleSpec("one", None, origin=__file__)
    assert [path.name for path in parse._files(spec)] == ["test_parse.py"]  # noqa: SLF001
