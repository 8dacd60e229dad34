"""Templates: the guard, users' own, and what a failing one says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from callsheet import languages
from callsheet.cli import main
from callsheet.errors import SpecError, Unsupported
from callsheet.spec.read import load
from support import SPECS, printed, request_of, spec_of

if TYPE_CHECKING:
    from pathlib import Path

HEAD = '{#-\ntitle: own\nruntime: "3.8"\n-#}\n'


def own(folder: Path, text: str) -> tuple[Path, ...]:
    (folder / "templates/python").mkdir(parents=True)
    (folder / "templates/python/own.py.jinja").write_text(HEAD + text)
    return (folder / "templates",)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("{{ request.url }}", 5, "without a filter"),
        ("x\n{{ request.body.json }}", 6, "without a filter"),
        ("{{ request.url ~ '' }}", 5, "without a filter"),
        ("{{ request.headers[0].value | upper }}", 5, "without a filter"),
        ("{{ request.result }}", 5, "without a filter"),
        ("{% macro m() %}{{ request.url }}{% endmacro %}\n{{ m() }}", 5, "without a filter"),
        ("{{ request.nothing }}", 5, "has no attribute 'nothing'"),
        ("\n{{ nothing }}", 6, "'nothing' is undefined"),
        ("{% if %}", 5, "Expected an expression"),
        ("{{ request.url | nofilter }}", 5, "No filter named 'nofilter'"),
        ("{% include 'missing.jinja' %}", 5, "missing.jinja"),
    ],
)
def test_a_failing_template_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    example = "{auth: key, body: {json: {a: 1}}, response: {json: {a: 1}}, prints: a}"
    spec = spec_of(tmp_path, example)
    with pytest.raises(SpecError) as caught:
        printed(spec, "python/own", folders=own(tmp_path, text))
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "CS501"
    assert message in diagnostic.message
    if "include" not in text:
        assert (diagnostic.line, diagnostic.file[-12:]) == (line, "own.py.jinja")


def test_a_user_template_replaces_the_shipped_one(tmp_path: Path) -> None:
    spec = spec_of(tmp_path, "{}", request="GET /x")
    folder = tmp_path / "mine/python"
    folder.mkdir(parents=True)
    (folder / "requests.py.jinja").write_text(HEAD + "# mine: {{ request.url | lit }}\n")
    text = printed(spec, "python/requests", folders=(tmp_path / "mine",))
    assert text == '# mine: "https://api.shop.example/v2/x"\n'


def test_a_payload_that_looks_like_a_mark_or_a_template_stays_itself(tmp_path: Path) -> None:
    hostile = '{body: {json: ["{{ 7*7 }}", "{% raw %}", "\\0000\\0", "{# x #}"]}}'
    text = printed(spec_of(tmp_path, hostile), "python")
    for word in ("{{ 7*7 }}", "{% raw %}", "\\x00", "{# x #}"):
        assert word in text


def test_every_snippet_ends_in_one_line_end_and_holds_no_trailing_blank() -> None:
    spec = load(SPECS / "shapes.yaml")
    bodies = {"body-text"}  # whose own lines may end as they like
    for endpoint in spec.endpoints:
        for example in endpoint.examples:
            for language in languages.every():
                try:
                    text = printed(spec, language.key, example.id)
                except Unsupported:
                    continue
                assert text.endswith("\n")
                assert not text.endswith("\n\n")
                assert not text.startswith("\n")
                if example.id not in bodies:
                    assert not [line for line in text.split("\n") if line != line.rstrip()]


def test_what_cannot_be_sent_is_unsupported_with_a_reason(tmp_path: Path) -> None:
    spec = spec_of(tmp_path, "{body: {json: {a: 1}}}", request="GET /x")
    with pytest.raises(Unsupported, match="no body with GET"):
        printed(spec, "node/fetch")
    assert request_of(spec).features >= {"get-body", "body-json"}


LANGUAGE = """\
from callsheet.languages._base import Language, Runtime
from callsheet.literals import Literals

class LuaLiterals(Literals):
    def string(self, text):
        return '"' + text + '"'

LANGUAGE = Language(
    key="lua", title="Lua", order=90, client="socket", lexer="lua", literals=LuaLiterals(),
    runtime=Runtime("lua", ("-v",), "example.lua", "lua example.lua", "5.4", {}),
)
"""


def test_a_language_of_the_users_own_is_a_folder_of_templates(tmp_path: Path) -> None:
    spec_of(tmp_path, "{}", request="GET /x")
    folder = tmp_path / "mine/lua"
    folder.mkdir(parents=True)
    (folder / "language.py").write_text(LANGUAGE)
    (folder / "socket.lua.jinja").write_text(f"{HEAD}get({{{{ request.url | lit }}}})\n")
    words = ["build", str(tmp_path / "shop.yaml"), "-o", str(tmp_path / "out")]
    done = CliRunner().invoke(main, [*words, "--templates", str(tmp_path / "mine")])
    assert done.exit_code == 0, done.output
    text = (tmp_path / "out/snippets/it/lua.socket.lua").read_text()
    assert text == 'get("https://api.shop.example/v2/x")\n'
    assert (tmp_path / "out/snippets/it/curl.curl.sh").is_file()


@pytest.mark.parametrize(
    ("module", "message"),
    [("raise OSError('no')", "OSError: no"), ("x = 1", "defines no LANGUAGE")],
)
def test_a_failing_language_is_named(tmp_path: Path, module: str, message: str) -> None:
    spec_of(tmp_path, "{}", request="GET /x")
    (tmp_path / "mine/lua").mkdir(parents=True)
    (tmp_path / "mine/lua/language.py").write_text(module)
    words = ["build", str(tmp_path / "shop.yaml"), "-o", str(tmp_path / "out")]
    done = CliRunner().invoke(main, [*words, "--templates", str(tmp_path / "mine")])
    assert done.exit_code == 2
    assert "language.py" in done.output
    assert message in done.output


def test_what_a_users_writer_lacks_is_a_fault_of_its_template(tmp_path: Path) -> None:
    spec_of(tmp_path, "{}", request="GET /x")
    folder = tmp_path / "mine/lua"
    folder.mkdir(parents=True)
    (folder / "language.py").write_text(LANGUAGE)
    (folder / "socket.lua.jinja").write_text(f"{HEAD}{{{{ request.result | shape }}}}")
    words = ["show", str(tmp_path / "shop.yaml"), "it", "-l", "lua"]
    done = CliRunner().invoke(main, [*words, "--templates", str(tmp_path / "mine")])
    assert done.exit_code == 2
    assert "socket.lua.jinja:5:1: error[CS501]" in done.output
