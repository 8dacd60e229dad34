"""What a spec names leaves no folder, a page runs nothing, and the environment stays outside."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from callsheet import resources
from callsheet.cli import main
from callsheet.errors import SpecError
from callsheet.options import Options
from callsheet.sheet import sheet
from callsheet.spec.read import load
from support import HEAD, SPECS

if TYPE_CHECKING:
    from collections.abc import Callable

    from callsheet.errors import Diagnostic

EXAMPLE = "endpoints: {items: {request: POST /items, auth: key, examples: {it: {}}}}\n"
PAGE = '# Shop\n\n{{ tabs("it") }}\n'


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs a command in a fresh folder."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setenv("CALLSHEET_CACHE", str(tmp_path / ".cache"))
    return lambda *words: CliRunner().invoke(main, words)


def paged(pattern: str) -> str:
    return f'{HEAD}pages: "{pattern}"\n{EXAMPLE}'


def fault(path: Path) -> Diagnostic:
    with pytest.raises(SpecError) as raised:
        load(path)
    (found,) = raised.value.diagnostics
    return found


def written(folder: Path, text: str, name: str = "shop.yaml") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text)
    return folder / name


# --- Paths ------------------------------------------------------------------------------------


@pytest.mark.parametrize("pattern", ["pages/*.md", "pages/a.md"])
def test_a_page_that_is_a_link_out_of_the_folder_is_refused(pattern: str, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("# Secret")
    spec = written(tmp_path / "spec", paged(pattern))
    (spec.parent / "pages").mkdir()
    (spec.parent / "pages/a.md").symlink_to(tmp_path / "secret.md")
    found = fault(spec)
    assert (found.code, found.line) == ("CS105", 8)
    assert found.message == "`pages/a.md` is a link out of the spec's folder"


def test_a_folder_of_pages_that_is_a_link_out_is_refused(tmp_path: Path) -> None:
    (tmp_path / "others").mkdir()
    (tmp_path / "others/a.md").write_text("# Secret")
    spec = written(tmp_path / "spec", paged("pages/*.md"))
    (spec.parent / "pages").symlink_to(tmp_path / "others")
    assert fault(spec).message == "`pages/a.md` is a link out of the spec's folder"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a\nb.md", "`a\\nb.md` cannot name a file on every system"),
        ("a\\b.md", "`a\\b.md` cannot name a file on every system"),
        ("a\u202eb.md", "`a\\u202eb.md` cannot name a file on every system"),
        ("a:b.md", "`a:b.md` cannot name a file on every system"),
        ("<script>.md", "`<script>.md` cannot name a file on every system"),
        ("NUL.en.md", "`NUL.en.md` names a device on Windows"),
        (f"{'x' * 210}.md", f"`{'x' * 60}…` is longer than 200 bytes"),
    ],
)
def test_a_page_is_named_so_that_every_system_takes_it(
    name: str, message: str, tmp_path: Path
) -> None:
    spec = written(tmp_path / "spec", paged("pages/*.md"))
    (spec.parent / "pages").mkdir()
    (spec.parent / "pages" / name).write_text(PAGE)
    found = fault(spec)
    assert (found.code, found.line, found.column) == ("CS105", 8, 8)
    assert found.message == message
    assert found.help


@pytest.mark.parametrize(
    "names", [("pages/a.md", "a.md"), ("A.en.md", "a.en.md"), ("a.md", "a.txt")]
)
def test_two_pages_of_one_name_are_refused(names: tuple[str, str], tmp_path: Path) -> None:
    spec = written(tmp_path / "spec", paged("*").replace('"*"', json.dumps(names)))
    (spec.parent / "pages").mkdir()
    for name in names:
        (spec.parent / name).write_text(PAGE)
    found = fault(spec)
    assert (found.code, found.line) == ("CS302", 8)
    assert found.message.endswith("would be one page")


def test_a_spec_that_is_a_link_is_built_beside_the_link(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    written(tmp_path / "elsewhere", HEAD + EXAMPLE)
    Path("shop.yaml").symlink_to(tmp_path / "elsewhere/shop.yaml")
    done = run("build", "shop.yaml", "-o", "out")
    assert done.exit_code == 0, done.output
    assert "0 written" in run("build", "shop.yaml", "-o", "out").output


def test_an_id_of_the_longest_name_is_built_and_found_unchanged(run: Callable[..., Result]) -> None:
    written(Path(), HEAD + EXAMPLE.replace("it:", f"{'x' * 200}:"))
    assert run("build", "shop.yaml", "-o", "out").exit_code == 0
    assert "0 written" in run("build", "shop.yaml", "-o", "out").output


@pytest.mark.parametrize("folder", ["x" * 300, "./" + "y" * 300])
def test_an_output_folder_that_cannot_be_is_refused(
    folder: str, run: Callable[..., Result]
) -> None:
    written(Path(), HEAD + EXAMPLE)
    done = run("build", "shop.yaml", "-o", folder)
    assert done.exit_code == 2
    assert "cannot be a folder: file name too long" in done.output
    assert "Traceback" not in done.output


def test_a_link_in_the_output_folder_leads_nowhere(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    written(Path(), HEAD + EXAMPLE)
    (tmp_path / "outside").mkdir()
    Path("out").mkdir()
    Path("out/snippets").symlink_to(tmp_path / "outside")
    done = run("build", "shop.yaml", "-o", "out")
    assert done.exit_code == 2
    assert "leads out of out; remove the link" in done.output
    assert not list((tmp_path / "outside").iterdir())


# --- Secrets of the environment ---------------------------------------------------------------


def test_no_value_of_the_environment_reaches_a_file(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    canary = "sk-canary-3f1c9a7e5b2d"
    paths = [SPECS.parents[1] / "spec/clawdrouter.yaml", *sorted(SPECS.glob("hostile/*.yaml"))]
    assert len(paths) > 5
    for number, path in enumerate(paths):
        for name in {
            name for group in sheet(load(path), Options()).requests.values() for name in group.env
        }:
            monkeypatch.setenv(name, canary)
        done = run("build", str(path), "-o", f"out{number}")
        assert done.exit_code == 0, done.output
        assert canary not in done.output
    for form in (path.name for path in resources.templates().glob("pages/*") if path.is_dir()):
        done = run("build", str(paths[0]), "-o", form, "--format", form)
        assert done.exit_code == 0, done.output
    assert canary in os.environ.values()
    files = [file for file in Path().rglob("*") if file.is_file()]
    assert len(files) > 1000
    assert [file for file in files if canary.encode() in file.read_bytes()] == []


@pytest.mark.parametrize(
    "call",
    [
        "''.__class__.__mro__",
        "tabs.__func__.__globals__",
        "tabs.__self__.sheet.spec",
        "self.__init__.__globals__",
        "lipsum.__globals__['os'].environ",
        "cycler.__init__.__globals__.os.popen('touch ran')",
        "(1).__class__.__base__.__subclasses__()",
        "'{0.__class__.__mro__}'.format(1)",
        "server.__class__.__init__.__globals__",
        "1 / 0",
    ],
)
def test_a_page_reaches_nothing_but_its_own_calls(
    call: str, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOP_KEY", "canary")
    written(Path(), paged("page.md"))
    Path("page.md").write_text(f"# Shop\n\n{{{{ {call} }}}}\n")
    done = run("build", "shop.yaml", "-o", "out")
    assert done.exit_code == 2, Path("out/page.md").read_text()
    assert re.search(r"page\.md:3:[14]: error\[CS502\]", done.output)
    assert not Path("ran").exists()
