"""The command line as a user types it: what it prints, writes and answers."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from callsheet.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
SPEC = """\
callsheet: 1
title: Shop
server: https://api.shop.example
auth:
  key: {scheme: bearer, env: SHOP_KEY}
pages: pages/*.md
endpoints:
  items:
    request: GET /items
    auth: key
    examples:
      list-items:
        response: {json: {items: [{name: lamp}]}}
        prints: items[0].name
"""
PAGE = '# Shop\n\n{{ tabs("list-items") }}\n'


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs a command in a fresh folder that holds a spec and a page."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CALLSHEET_CACHE", str(tmp_path / ".cache"))
    (tmp_path / "spec/pages").mkdir(parents=True)
    (tmp_path / "spec/shop.yaml").write_text(SPEC)
    (tmp_path / "spec/pages/shop.en.md").write_text(PAGE)
    return lambda *words: CliRunner().invoke(main, words)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def test_build_writes_snippets_index_and_pages(run: Callable[..., Result], tmp_path: Path) -> None:
    done = run("build")
    assert done.exit_code == 0, done.output
    files = tree(tmp_path / "output/shop")
    assert "snippets/list-items/python.requests.py" in files
    assert {"shop.en.md", "shop.en.html", "snippets.json"} <= set(files)
    entries = json.loads(files["snippets.json"])["snippets"]
    assert {entry["file"] for entry in entries} == {f for f in files if f.startswith("snippets/")}
    python = next(entry for entry in entries if entry["language"] == "python")
    assert python["env"] == ["SHOP_KEY"]
    assert python["packages"][0]["name"] == "requests"
    assert python["runtime"] == "3.10"


def test_a_second_build_writes_nothing(run: Callable[..., Result], tmp_path: Path) -> None:
    run("build")
    times = {p: p.stat().st_mtime_ns for p in (tmp_path / "output").rglob("*")}
    assert "0 written, 0 removed" in run("build").output
    assert times == {p: p.stat().st_mtime_ns for p in (tmp_path / "output").rglob("*")}


def test_check_is_quiet_when_current_and_shows_drift(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    assert run("check").exit_code == 1
    assert not (tmp_path / "output").exists(), "check never writes"
    run("build")
    assert run("check").exit_code == 0
    snippet = tmp_path / "output/shop/snippets/list-items/ruby.net-http.rb"
    snippet.write_text("puts 1\n")
    done = run("check")
    assert done.exit_code == 1
    assert "-puts 1" in done.output
    assert snippet.read_text() == "puts 1\n"


def test_an_edited_snippet_is_made_again(run: Callable[..., Result], tmp_path: Path) -> None:
    run("build")
    snippet = tmp_path / "output/shop/snippets/list-items/curl.curl.sh"
    before = snippet.read_bytes()
    snippet.write_text("edited")
    assert "1 written" in run("build").output
    assert snippet.read_bytes() == before


def test_what_left_the_spec_leaves_the_folder(run: Callable[..., Result], tmp_path: Path) -> None:
    run("build")
    own = tmp_path / "output/shop/snippets/list-items/notes.txt"
    own.write_text("mine")
    spec = tmp_path / "spec/shop.yaml"
    spec.write_text(SPEC.replace("list-items:", "list-all:"))
    (tmp_path / "spec/pages/shop.en.md").write_text(PAGE.replace("list-items", "list-all"))
    assert run("build").exit_code == 0
    files = tree(tmp_path / "output/shop")
    assert "snippets/list-all/python.requests.py" in files
    left = [path for path in files if path.startswith("snippets/list-items/")]
    assert left == ["snippets/list-items/notes.txt"], "a stranger's file stays"


def test_a_new_page_of_a_pattern_is_built(run: Callable[..., Result], tmp_path: Path) -> None:
    run("build")
    (tmp_path / "spec/pages/more.en.md").write_text("# More\n")
    run("build")
    assert (tmp_path / "output/shop/more.en.md").is_file()


def test_a_hand_written_file_is_never_overwritten(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    mine = tmp_path / "output/shop/shop.en.md"
    mine.parent.mkdir(parents=True)
    mine.write_text("my notes")
    done = run("build")
    assert done.exit_code == 2
    assert "shop.en.md is in the way" in done.output
    assert tree(tmp_path / "output") == {"shop/shop.en.md": b"my notes"}


def test_the_server_is_printed_as_given(run: Callable[..., Result], tmp_path: Path) -> None:
    run("build", "--server", "__DOCS_API_ORIGIN__", "-o", "out")
    snippets = [text.decode() for path, text in tree(tmp_path / "out/snippets").items()]
    assert len(snippets) >= 8
    assert all("__DOCS_API_ORIGIN__/items" in text for text in snippets)
    assert not any("shop.example" in text for text in snippets)


@pytest.mark.parametrize(
    ("words", "files"),
    [
        (("--language", "python"), ["python.requests.py"]),
        (("--client", "node/fetch"), ["node.fetch.mjs"]),
        (("--language", "curl", "--language", "php"), ["curl.curl.sh", "php.curl.php"]),
    ],
)
def test_build_takes_a_selection(
    run: Callable[..., Result], tmp_path: Path, words: tuple[str, ...], files: list[str]
) -> None:
    assert run("build", "-o", "out", *words).exit_code == 0
    assert sorted(tree(tmp_path / "out/snippets/list-items")) == files


def test_one_format_alone(run: Callable[..., Result], tmp_path: Path) -> None:
    run("build", "-o", "out", "--format", "markdown")
    assert [p.name for p in (tmp_path / "out").glob("shop.*")] == ["shop.en.md"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("build", "--language", "pyton"), "did you mean `python`?"),
        (("build", "--client", "python/request"), "did you mean `requests`?"),
        (("build", "--client", "requests"), "as in `python/requests`"),
        (("build", "--format", "markdwon"), "did you mean `markdown`?"),
        (("show", "list-item"), "did you mean `list-items`?"),
        (("build", "nowhere.yaml"), "nowhere.yaml: error[CS001]: there is no such file"),
        (("build", "--server", "htp://x"), "not an http or https URL"),
        (("build", "-o", "spec/shop.yaml"), "spec/shop.yaml is a file"),
        (("build", "-o", "spec/shop.yaml/x"), "cannot be written: Not a directory"),
        (("buidl",), "Did you mean"),
    ],
)
def test_a_wrong_word_is_named_with_the_way_out(
    run: Callable[..., Result], words: tuple[str, ...], message: str
) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert message in done.output
    assert "Traceback" not in done.output


def test_show_prints_one_snippet_byte_for_byte(run: Callable[..., Result], tmp_path: Path) -> None:
    run("build")
    expected = tmp_path / "output/shop/snippets/list-items/python.requests.py"
    shown = run("show", "list-items", "--language", "python")
    assert shown.stdout_bytes == expected.read_bytes()
    named = run("show", "spec/shop.yaml", "list-items", "-l", "python", "-c", "requests")
    assert named.stdout_bytes == expected.read_bytes()


def test_languages_lists_every_client(run: Callable[..., Result]) -> None:
    lines = run("languages").output
    for word in ("cURL", "requests", "openai", "fetch", "net-http", "http-client", "C#"):
        assert word in lines


def test_init_writes_a_spec_that_builds_and_refuses_to_overwrite(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    made = run("init", "new")
    assert made.exit_code == 0
    assert made.stderr.endswith("now run `callsheet build` in new\n")
    built = run("build", "new/spec/bookshop.yaml", "-o", "new/out")
    assert built.exit_code == 0, built.output
    assert "warning" not in built.output
    (tmp_path / "new/spec/bookshop.yaml").write_text("mine")
    again = run("init", "new")
    assert again.exit_code == 2
    assert (tmp_path / "new/spec/bookshop.yaml").read_text() == "mine"


def test_schema_is_draft_7(run: Callable[..., Result]) -> None:
    schema = json.loads(run("schema").output)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"


def test_version_and_help(run: Callable[..., Result]) -> None:
    assert re.fullmatch(r"callsheet, version \d+\.\d+\.\d+\n", run("--version").output)
    assert run("-h").exit_code == 0


@pytest.mark.parametrize(
    ("words", "environment", "coloured"),
    [
        ((), {}, False),
        (("--color", "always"), {}, True),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_follows_the_option_then_the_environment(
    run: Callable[..., Result],
    words: tuple[str, ...],
    environment: dict[str, str],
    coloured: bool,  # noqa: FBT001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in run(*words, "check").output) is coloured
    assert ("\x1b[" in run("check", *words).output) is coloured


def test_every_command_has_help_and_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text()
    for name, command in main.commands.items():
        assert command.help
        assert f"callsheet {name}" in readme


def test_an_interrupted_build_can_be_made_again(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("build")
    written: list[str] = []
    replace = os.replace

    def fail_at_the_third(source: str, target: str) -> None:
        written.append(target)
        if len(written) == 3:
            raise OSError(28, "No space left on device", target)
        replace(source, target)

    (tmp_path / "spec/shop.yaml").write_text(SPEC.replace("list-items:", "list-all:"))
    (tmp_path / "spec/pages/shop.en.md").write_text(PAGE.replace("list-items", "list-all"))
    monkeypatch.setattr(os, "replace", fail_at_the_third)
    done = run("build")
    assert done.exit_code == 2
    assert "cannot be written: No space left on device" in done.output
    assert not list((tmp_path / "output").rglob("*.part"))
    monkeypatch.setattr(os, "replace", replace)
    (tmp_path / "spec/shop.yaml").write_text(SPEC.replace("list-items:", "list-all:") + "# x\n")
    assert run("build").exit_code == 0
    assert run("check").exit_code == 0
    assert not (tmp_path / "output/shop/snippets/list-items").exists()
