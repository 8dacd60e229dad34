"""`callsheet check` parses every snippet; a fault is told with the template line that made it."""

from __future__ import annotations

import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from callsheet.cli import main
from callsheet.errors import CODES
from callsheet.verify import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[1]
SPEC = """\
callsheet: 1
title: Shop
server: https://api.shop.example
endpoints:
  items:
    request: GET /items
    examples:
      list-items: {response: {json: {items: [{name: lamp}]}}, prints: "items[0].name"}
      read-items: {query: {page: 2}}
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs a command in a folder with a spec."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CALLSHEET_CACHE", str(tmp_path / ".cache"))
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec/shop.yaml").write_text(SPEC)
    return lambda *words: CliRunner().invoke(main, words)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A template folder whose Ruby template has a bracket too much."""
    folder = tmp_path / "mine" / "ruby"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "templates/ruby/net-http.rb.jinja", folder)
    template = folder / "net-http.rb.jinja"
    lines = template.read_text().split("\n")
    at = next(index for index, line in enumerate(lines) if line.startswith("response ="))
    lines[at] = "response = )" + lines[at].removeprefix("response =")
    template.write_text("\n".join(lines))
    return template


@pytest.fixture
def _no_parsers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No tree-sitter is installed."""
    for name in [name for name in sys.modules if name.startswith("tree_sitter")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(
        f"{parse.__name__}.find_spec",
        lambda name: None if name.startswith("tree_sitter") else find_spec(name),
    )
    parse._obstacle.cache_clear()  # noqa: SLF001
    yield
    parse._obstacle.cache_clear()  # noqa: SLF001


def test_clean_snippets_pass(run: Callable[..., Result]) -> None:
    run("build")
    done = run("check")
    assert (done.exit_code, done.output) == (0, "")


def test_a_snippet_that_does_not_parse_is_shown_with_its_template(
    run: Callable[..., Result], broken: Path
) -> None:
    number = 1 + broken.read_text().split("\n").index(
        next(line for line in broken.read_text().split("\n") if line.startswith("response = )"))
    )
    words = ("--templates", "mine", "--language", "ruby")
    assert run("build", *words).exit_code == 0
    done = run("check", *words)
    assert done.exit_code == 1
    snippet = Path("output/shop/snippets/list-items/ruby.net-http.rb")
    lines = snippet.read_text().split("\n")
    line = 1 + next(index for index, text in enumerate(lines) if text.startswith("response = )"))
    margin = " " * len(str(line))
    assert done.stderr.startswith(
        f"{snippet}:{line}:12: error[CS402]: `)` is unexpected\n"
        f"{margin} |\n"
        f"{line} | {lines[line - 1]}\n"
        f"{margin} |            ^\n"
        f"{margin} |\n"
        f"{margin} = help: its template is `mine/ruby/net-http.rb.jinja:{number}`\n"
    )
    assert done.stderr.endswith("2 faults in 2 files\n")
    assert "CS402" in CODES


def test_drift_and_faults_are_both_told(run: Callable[..., Result], broken: Path) -> None:
    assert broken.is_file()
    done = run("check", "--templates", "mine", "--language", "ruby")
    assert done.exit_code == 1
    assert "out of date" in done.stderr
    assert "CS402" in done.stderr


@pytest.mark.usefixtures("_no_parsers")
def test_without_parsers_check_says_so_in_a_line_and_does_not_fail(
    run: Callable[..., Result],
) -> None:
    run("build")
    done = run("check")
    assert done.exit_code == 0
    assert done.stderr == (
        "the syntax of cURL, Python, Node.js, Go, Java, PHP, Ruby, C# was not checked: "
        "its parser is not installed (`pip install 'callsheet[verify]'`)\n"
    )


def test_an_own_language_without_a_grammar_is_told(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    folder = tmp_path / "plain" / "plain"
    folder.mkdir(parents=True)
    source = (ROOT / "generator/callsheet/languages/ruby.py").read_text()
    source = source.replace('key="ruby"', 'key="plain"').replace('title="Ruby"', 'title="Plain"')
    (folder / "language.py").write_text(source.replace('grammar="tree_sitter_ruby"', 'grammar=""'))
    (folder / "net-http.txt.jinja").write_text("{#-\ntitle: x\nruntime: '1'\n-#}\n)\n")
    run("build", "--templates", "plain")
    done = run("check", "--templates", "plain")
    assert done.exit_code == 0
    assert done.stderr == ("the syntax of Plain was not checked: it names no tree-sitter grammar\n")
