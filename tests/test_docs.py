"""What the README says, held against what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import callsheet
from callsheet import clients, languages
from callsheet.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()


def language_table() -> str:
    """The README's table of languages, from the registry."""
    rows = ["| Language | Clients | Runs on |", "| --- | --- | --- |"]
    for language in languages.every():
        found = clients.of_language(language.key)
        names = ", ".join(f"`{language.key}/{key}`" for key in found)
        plain = found[language.client]
        rows.append(
            f"| {language.title} | {names} | {language.platform} {plain.runtime} or later |"
        )
    return "\n".join(rows)


def test_the_table_of_languages_is_current() -> None:
    match = re.search(
        r"<!-- table:languages -->\n(.*?)\n<!-- /table:languages -->", README, re.DOTALL
    )
    assert match
    assert match[1] == language_table()


def test_the_table_of_docs_tools_names_every_format() -> None:
    match = re.search(r"<!-- table:formats -->\n(.*?)\n<!-- /table:formats -->", README, re.DOTALL)
    assert match
    cells = [line.split(" | ")[1] for line in match[1].splitlines()[2:]]
    named = {word for cell in cells for word in re.findall(r"`([a-z-]+)`", cell)}
    assert named == {path.parent.name for path in ROOT.glob("templates/pages/*/page.*.jinja")}


def test_the_spec_in_ten_lines_prints_what_the_readme_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = re.search(r"```yaml\n(callsheet: 1.*?)```", README, re.DOTALL)
    shown = re.search(
        r"\$ callsheet show create-order --language python\n(.*?)```", README, re.DOTALL
    )
    assert spec
    assert shown
    assert len(spec[1].splitlines()) == 10
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec/shop.yaml").write_text(spec[1])
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["show", "create-order", "--language", "python"])
    assert done.output == shown[1]


def test_every_public_name_is_documented() -> None:
    for name in callsheet.__all__:
        value = getattr(callsheet, name)
        assert isinstance(value, str) or value.__doc__


@pytest.mark.parametrize("path", sorted(ROOT.glob("*.md")), ids=lambda path: path.name)
def test_links_to_files_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text()):
        if "://" not in target:
            assert (ROOT / target).exists(), target
