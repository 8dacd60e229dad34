"""`callsheet inject` and `callsheet check` as a user types them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from callsheet.cli import main
from inject.made import SPEC, filled, marked

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result

    Run = Callable[..., Result]

WISH = "create-order langs=curl"
LISTED = """\
[tool.callsheet]
spec = "spec/shop.yaml"
inject = ["*.md", {files = "docs/**/*.md", format = "mkdocs"}]
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in a fresh project."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec/shop.yaml").write_bytes(SPEC.read_bytes())
    return lambda *words: CliRunner().invoke(main, words)


def written(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def test_a_file_is_filled_and_then_current(run: Run) -> None:
    page = written("a.md", f"# A\r\n{marked(WISH, eol=chr(13) + chr(10))}")
    done = run("inject", "a.md")
    assert (done.exit_code, done.output) == (0, "a.md: 1 block, written\n")
    assert page.read_bytes().decode() == filled(f"# A\r\n{marked(WISH, eol=chr(13) + chr(10))}")
    assert run("inject", "a.md").output == "a.md: 1 block, current\n"


def test_check_shows_what_would_change_and_writes_nothing(run: Run) -> None:
    page = written("a.md", marked(WISH))
    done = run("inject", "--check", "a.md")
    assert done.exit_code == 1
    assert "+```bash\n" in done.output
    assert "a.md is out of date; run `callsheet inject`" in done.output
    assert page.read_text() == marked(WISH)
    run("inject", "a.md")
    done = run("inject", "--check", "a.md")
    assert (done.exit_code, done.output) == (0, "")


def test_a_block_that_was_edited_by_hand_is_written_over_by_force_alone(run: Run) -> None:
    page = written("a.md", filled(marked(WISH)).replace("--fail-with-body", "--fail"))
    other = written("b.md", marked(WISH))
    before = page.read_text()
    done = run("inject", "a.md", "b.md")
    assert done.exit_code == 2
    assert "a.md:1:1: error[CS505]: this block was edited by hand" in done.output
    assert "1 | <!-- callsheet:begin create-order langs=curl -->" in done.output
    assert (page.read_text(), other.read_text()) == (before, marked(WISH))
    checked = run("inject", "--check", "a.md")
    assert checked.exit_code == 1
    assert "-curl --fail 'https" in checked.output
    assert "CS505" in checked.output
    assert run("inject", "--force", "a.md").exit_code == 0
    assert page.read_text() == filled(marked(WISH))


def test_a_bad_marker_leaves_every_file_as_it_is(run: Run) -> None:
    page = written("a.md", marked(WISH))
    written("b.md", f"# B\n{marked('creat-order')}")
    for words in (["inject", "a.md", "b.md"], ["inject", "--check", "a.md", "b.md"]):
        done = run(*words)
        assert done.exit_code == 2
        assert "b.md:2:22: error[CS504]: unknown example `creat-order`" in done.output
    assert page.read_text() == marked(WISH)


def test_without_a_file_the_project_says_which_and_in_what_format(run: Run) -> None:
    written("pyproject.toml", LISTED)
    readme = written("README.md", marked("create-order langs=curl,go"))
    page = written("docs/deep/a.md", marked("create-order langs=curl,go"))
    written("docs/node_modules/b.md", marked("not-ours"))
    done = run("inject")
    assert done.exit_code == 0, done.output
    assert "<summary>Go" in readme.read_text()
    assert '=== "Go"' in page.read_text()
    assert run("inject", "docs/deep/a.md").output == f"{page}: 1 block, current\n"


def test_the_format_may_be_named(run: Run) -> None:
    page = written("a.md", marked("create-order langs=curl,go"))
    assert run("inject", "--format", "mkdocs", "a.md").exit_code == 0
    assert '=== "Go"' in page.read_text()


def test_check_reports_stale_blocks_of_the_pages_that_the_project_lists(run: Run) -> None:
    written("pyproject.toml", LISTED)
    written("README.md", "# Shop\n")
    page = written("docs/a.md", marked(WISH))
    run("build")
    done = run("check")
    assert done.exit_code == 1
    assert "docs/a.md is out of date; run `callsheet inject`" in done.output
    run("inject")
    done = run("check")
    assert (done.exit_code, done.output) == (0, "")
    page.write_text(page.read_text().replace("--fail-with-body", "--fail"))
    done = run("check")
    assert done.exit_code == 1
    assert "CS505" in done.output


def test_a_check_of_one_language_does_not_take_the_blocks_for_stale(run: Run) -> None:
    written("pyproject.toml", LISTED)
    written("README.md", filled(marked("create-order")))
    written("docs/a.md", "# A\n")
    run("build", "--language", "go")
    assert run("check", "--language", "go").exit_code == 0


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("", "no FILE is named, and `[tool.callsheet] inject` lists none"),
        ("inject = ['doc/*.md']", "lists `doc/*.md`, and there is no such file"),
        ("inject = ['/x/*.md']", "lists `/x/*.md`; a pattern is relative to "),
        ("inject = ['docs/**.md']", "lists `docs/**.md`; a pattern is relative to "),
        ("inject = '.'", "lists `.`; a pattern is relative to "),
        ("inject = [7]", 'lists patterns, or tables as in `{files = "docs/**/*.md"'),
        ("inject = [{file = 'a.md'}]", "lists patterns, or tables"),
        ("inject = [{files = ['a.md', 7]}]", "lists patterns, or tables"),
    ],
)
def test_a_setting_that_names_no_pages_says_so(run: Run, setting: str, message: str) -> None:
    written("pyproject.toml", f"[tool.callsheet]\nspec = 'spec/shop.yaml'\n{setting}\n")
    done = run("inject")
    assert done.exit_code == 2
    assert message in done.output


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.md", None, "none.md: error[CS001]: there is no such file"),
        ("a.md", b"\xff\xfe", "a.md:1:1: error[CS002]"),
        ("a.txt", b"", "a.txt: its comments are not known; blocks go into"),
    ],
)
def test_a_file_that_cannot_be_filled_says_why(
    run: Run, name: str, content: bytes | None, message: str
) -> None:
    if content is not None:
        Path(name).write_bytes(content)
    done = run("inject", name)
    assert done.exit_code == 2
    assert message in done.output


def test_a_file_without_markers_is_told_how_to_write_them(run: Run) -> None:
    written("a.mdx", "# A\n")
    done = run("inject", "a.mdx")
    assert done.exit_code == 0
    assert "between `{/* callsheet:begin EXAMPLE */}` and `{/* callsheet:end */}`" in done.output


def test_markers_in_code_alone_are_none(run: Run) -> None:
    written("a.md", f"```{{note}}\n{marked(WISH)}```\n")
    assert "a.md: no markers outside of code; a block stands" in run("inject", "a.md").output


def test_permissions_and_links_are_kept(run: Run) -> None:
    page = written("real/a.md", marked(WISH))
    page.chmod(0o640)
    Path("a.md").symlink_to("real/a.md")
    assert run("inject", "a.md").exit_code == 0
    assert Path("a.md").is_symlink()
    assert page.stat().st_mode & 0o777 == 0o640
    assert page.read_text() == filled(marked(WISH))
    assert [path.name for path in page.parent.iterdir()] == ["a.md"]


def test_a_link_to_itself_is_no_file(run: Run) -> None:
    Path("a.md").symlink_to("a.md")
    done = run("inject", "a.md")
    assert done.exit_code == 2
    assert done.output.startswith("a.md: error[CS00")


@pytest.mark.parametrize("names", [("a.md", "b.md"), ("b.md", "a.md")])
def test_where_one_file_cannot_be_written_none_is(run: Run, names: tuple[str, str]) -> None:
    page, other = written("a.md", marked(WISH)), written("b.md", marked(WISH))
    other.chmod(0o444)
    done = run("inject", *names)
    assert done.exit_code == 2
    assert "b.md cannot be written: it is read-only" in done.output
    assert page.read_text() == other.read_text() == marked(WISH)
    assert {path.name for path in Path().iterdir()} == {"a.md", "b.md", "spec"}


def test_a_file_keeps_its_owner_and_may_have_a_long_name(run: Run) -> None:
    page = written("a" * 250 + ".md", marked(WISH))
    before = page.stat()
    assert run("inject", page.name).exit_code == 0
    after = page.stat()
    assert (after.st_uid, after.st_gid) == (before.st_uid, before.st_gid)


def test_a_spec_and_a_server_may_be_named(run: Run) -> None:
    Path("spec/shop.yaml").rename("mine.yaml")
    page = written("a.md", marked(WISH))
    done = run("inject", "--spec", "mine.yaml", "--server", "http://localhost:1", "a.md")
    assert done.exit_code == 0, done.output
    assert "'http://localhost:1/orders'" in page.read_text()


def test_examples_of_several_specs_stand_on_one_page(run: Run) -> None:
    text = Path("spec/shop.yaml").read_text()
    Path("spec/mall.yaml").write_text(text.replace("create-order:", "open-mall:"))
    page = written("a.md", marked(WISH) + marked("open-mall langs=curl"))
    assert run("inject", "a.md").exit_code == 0
    assert page.read_text().count("```bash") == 2
    written("a.md", marked("refuse-order"))
    assert "this could be of `mall` and `shop`" in run("inject", "a.md").output


def test_warnings_of_the_spec_are_shown(run: Run) -> None:
    spec = Path("spec/shop.yaml")
    spec.write_text(
        spec.read_text().replace("item: lamp, count: 2", "key: sk-live-4f9a8b7c6d5e4f3a2b1c")
    )
    written("a.md", marked(WISH))
    done = run("inject", "a.md")
    assert done.exit_code == 0
    assert "warning[" in done.output
