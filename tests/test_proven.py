"""What pages say of the last verification: per snippet, by its very text, or nothing."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from callsheet import proven
from callsheet.cli import main
from callsheet.errors import UsageError
from callsheet.options import Options
from callsheet.sheet import sheet
from callsheet.spec.read import load
from pages.made import pages_of
from shop import set_up, verify

if TYPE_CHECKING:
    from pathlib import Path

PAGE = '# Buy\n\n{{ tabs("it") }}\n'
ONE = Options(languages=("python",), formats=("html",))


def text_of(folder: Path) -> str:
    """The Python snippet of the example."""
    pages_of(folder, {"buy.en.md": PAGE})
    return sheet(load(folder / "shop.yaml"), ONE).snippets["it"][0].text


def cell(text: str, status: str = "passed", level: str = "matched") -> dict[str, Any]:
    digest = sha256(text.encode()).hexdigest()
    versions = {"python3": "3.11.2", "requests": "2.34.2"}
    return {"sha256": digest, "status": status, "level": level, "versions": versions}


def report(path: Path, *cells: dict[str, Any], run: str = "2026-11-24T23:59:59Z") -> Path:
    path.write_text(json.dumps({"callsheet": 1, "run": run, "cells": cells}))
    return path


def built(folder: Path, *reports: Path, locale: str = "en", form: str = "html") -> str:
    """The page as it is built with reports."""
    options = Options(languages=("python",), formats=(form,), verified=reports)
    made = pages_of(folder, {f"buy.{locale}.md": PAGE}, options=options)
    return next(text for name, text in made.items() if f".{locale}." in name)


def test_a_snippet_says_when_and_with_what_it_was_verified(tmp_path: Path) -> None:
    file = report(tmp_path / "verified.json", cell(text_of(tmp_path)))
    html = built(tmp_path, file)
    assert ">Verified 2026-11-24 with Python 3.11.2, requests 2.34.2</span>" in html
    assert "recorded" not in html
    assert built(tmp_path, file) == html
    assert ">2026-11-24 已用 Python 3.11.2, requests 2.34.2 验证</span>" in built(
        tmp_path, file, locale="zh"
    )
    assert (
        "Run `python example.py` · Verified 2026-11-24 with Python 3.11.2, requests 2.34.2\n"
        in built(tmp_path, file, form="markdown")
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"sha256": sha256(b"another text").hexdigest()},
        {"status": "failed"},
        {"status": "unavailable"},
        {"level": "compiled"},
    ],
)
def test_one_that_was_changed_or_did_not_pass_is_not_verified(
    tmp_path: Path, changed: dict[str, str]
) -> None:
    file = report(tmp_path / "verified.json", {**cell(text_of(tmp_path)), **changed})
    assert ">Not verified</span>" in built(tmp_path, file)
    assert " · Not verified\n" in built(tmp_path, file, form="markdown")


def test_without_a_report_the_page_says_once_that_nothing_was_run(tmp_path: Path) -> None:
    html = built(tmp_path)
    assert html.count("No run of these examples is recorded.") == 1
    assert "erified" not in html.partition("<main")[2]
    assert "erified" not in built(tmp_path, form="markdown")
    options = Options(formats=("html",))
    plain = pages_of(tmp_path, {"plain.en.md": "# Prose alone"}, options=options)
    assert "recorded" not in plain["plain.en.html"]


@pytest.mark.parametrize("order", [1, -1])
def test_of_several_reports_the_latest_run_counts(tmp_path: Path, order: int) -> None:
    text = text_of(tmp_path)
    files = [
        report(tmp_path / "a.json", cell(text), run="2026-11-01T00:00:00Z"),
        report(tmp_path / "b.json", cell(text), run="2026-11-03T00:00:00Z"),
        report(tmp_path / "c.json", cell("another"), run="2026-11-04T00:00:00Z"),
    ]
    assert ">Verified 2026-11-03 with" in built(tmp_path, *files[::order])
    files.append(report(tmp_path / "d.json", cell(text, "failed"), run="2026-11-05T00:00:00Z"))
    assert ">Not verified<" in built(tmp_path, *files[::order])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, r"r\.json cannot be read: No such file or directory; `callsheet verify --report"),
        ("{\n oops}", r"r\.json:2:2: this is no JSON: .*; `callsheet verify --report"),
        ("[]", r"r\.json is no report of a verification \(TypeError"),
        ('{"callsheet": 2}', r"r\.json: the report has another layout"),
        ('{"callsheet": 1, "run": 7, "cells": []}', "text is expected, not 7"),
        ("[" * 100_000, r"r\.json is no report"),
        (
            '{"callsheet": 1, "run": "", "cells": [{"status": "failed", "versions": {}}]}',
            r"r\.json is no report of a verification \(KeyError: 'sha256'\)",
        ),
    ],
)
def test_a_file_that_is_no_report_is_refused(
    tmp_path: Path, text: str | None, message: str
) -> None:
    if text is not None:
        (tmp_path / "r.json").write_text(text)
    with pytest.raises(UsageError, match=message):
        proven.read([tmp_path / "r.json"])


def test_a_verification_is_cited_by_the_next_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = set_up(tmp_path, monkeypatch)
    spec = (home / "shop.yaml").read_text() + "pages: buy.en.md\n"
    (home / "shop.yaml").write_text(spec)
    (home / "buy.en.md").write_text('{{ tabs("add-item") }}\n')
    settings = '[tool.callsheet]\nspec = "shop.yaml"\nverified = "verified.json"\n'
    (home / "pyproject.toml").write_text(settings)
    page = home / "output/shop/buy.en.md"

    assert "cannot be read" in CliRunner().invoke(main, ["build"]).output
    done = verify("--language", "curl", "--report", "verified.json")
    assert done.returncode == 0, done.stderr
    assert CliRunner().invoke(main, ["build"]).exit_code == 0
    found = re.findall(r"(Verified \d{4}-\d\d-\d\d with [\w .]+|Not verified)\n", page.read_text())
    assert found[0].partition(" with ")[2].startswith("cURL ")
    assert found[1:] == ["Not verified"] * 7
    assert CliRunner().invoke(main, ["check"]).exit_code == 0

    (home / "shop.yaml").write_text(spec.replace("1.10", "1.20"))
    CliRunner().invoke(main, ["build"])
    assert "Verified 20" not in page.read_text()
    (home / "shop.yaml").write_text(spec)
    other = report(home / "other.json")
    CliRunner().invoke(main, ["build", "--verified", str(other)])
    assert "Verified 20" not in page.read_text(), "the command line wins"
    report(other, *json.loads((home / "verified.json").read_text())["cells"], run="2020-02-02")
    CliRunner().invoke(main, ["build", "--verified", str(other)])
    assert "Verified 2020-02-02 with" in page.read_text(), "a report that changed counts"
