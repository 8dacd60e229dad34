"""What a spec author reads when a spec is at fault: goldens, and inputs that no file can hold."""

from __future__ import annotations

import os
import time
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from callsheet.clients import catalog
from callsheet.errors import CODES, SpecError, report
from callsheet.spec import load as loading
from callsheet.spec.read import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from callsheet.errors import Diagnostic

CASES = Path(__file__).parents[1] / "specs" / "errors"
NAMES = sorted(path.name for path in CASES.iterdir() if path.suffix != ".txt")
TOP = "callsheet: 1\ntitle: Shop\nserver: https://api.shop.example\n"


def faults(path: Path | str) -> tuple[Diagnostic, ...]:
    with pytest.raises(SpecError) as raised:
        load(path, catalog=catalog())
    return raised.value.diagnostics


def example(json: str, above: str = "") -> str:
    """A spec whose only example sends a JSON value."""
    return f"""{TOP}{above}endpoints:
  add-item:
    request: POST /items
    examples:
      one: {{body: {{json: {json}}}}}
"""


@pytest.mark.parametrize("name", NAMES)
def test_a_faulty_spec_is_reported_as_its_golden_says(
    name: str, golden: Callable[[Path, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(CASES)
    path = Path(name, "spec.yaml") if Path(name, "spec.yaml").is_file() else Path(name)
    golden(CASES / f"{Path(name).stem}.txt", report(faults(path)) + "\n")


@pytest.mark.parametrize("name", NAMES)
def test_each_fault_has_a_place_a_code_its_line_and_a_way_out(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(CASES)
    path = Path(name, "spec.yaml") if Path(name, "spec.yaml").is_file() else Path(name)
    for fault in faults(path):
        assert fault.code in CODES
        assert fault.help
        assert Path(fault.file).exists()
        assert fault.line == 0 or 1 <= fault.column <= len(fault.source) + 1


def test_at_least_sixty_kinds_of_bad_input_have_a_golden() -> None:
    assert len(NAMES) >= 60
    assert {path.stem for path in CASES.glob("*.txt")} == {Path(name).stem for name in NAMES}


def test_a_missing_file_is_said_to_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop.yaml").write_text(example("1"))
    assert report(faults("shp.yaml")) == (
        "shp.yaml: error[CS001]: there is no such file\n"
        "  = help: did you mean `shop.yaml`?\n\n"
        "1 fault in 1 file"
    )


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("no/shop.yaml", "there is no such file"),
        ("a\0b.yaml", "this file cannot be read: embedded null byte"),
        ("x" * 5000, "this file cannot be read: file name too long"),
        ("loop.yaml", "this file cannot be read: too many levels of symbolic links"),
        ("shop.yaml/x", "this file cannot be read: not a directory"),
    ],
    ids=["no-folder", "nul", "long", "loop", "below-a-file"],
)
def test_a_path_that_names_no_file_is_one_fault_of_that_path(
    path: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop.yaml").write_text(example("1"))
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    (fault,) = faults(path)
    assert (fault.file, fault.line, fault.code, fault.message) == (path, 0, "CS001", message)


def test_a_file_that_is_too_large_is_not_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "MAX_BYTES", 1000)
    (tmp_path / "shop.yaml").write_text("#" * 1001)
    (fault,) = faults(tmp_path / "shop.yaml")
    assert fault.message == "this file is larger than 0.001 MB"
    assert faults("/dev/zero")[0].message == "this file is larger than 0.001 MB"


@pytest.mark.parametrize(
    ("link", "target", "message"),
    [
        ("out.json", "/etc/hostname", "`out.json` is a link out of the spec's folder"),
        ("loop.json", "loop.json", "there is no file `loop.json`"),
        ("gone.json", "nothing.json", "there is no file `gone.json`"),
        ("folder.json", ".", "`folder.json` is a folder"),
    ],
)
def test_an_included_link_must_lead_to_a_file_of_the_folder(
    link: str, target: str, message: str, tmp_path: Path
) -> None:
    (tmp_path / link).symlink_to(target)
    (tmp_path / "shop.yaml").write_text(example(f"!include {link}"))
    (fault,) = faults(tmp_path / "shop.yaml")
    assert (fault.code, fault.message) == ("CS105", message)
    assert (fault.line, fault.column) == (8, 35)


@pytest.mark.parametrize(
    "name", ["pipe.json", "x" * 5000 + ".json", "a\\0b.json", "a\\nb.json", "~/a.json", "C:/a.json"]
)
def test_an_included_path_that_can_name_no_file_is_a_fault(name: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "shop.yaml").write_text(example(f'!include "{name}"'))
    assert [fault.code for fault in faults(tmp_path / "shop.yaml")] == ["CS105"]


BOMB = "".join(f"b{i}: &b{i} [{', '.join([f'*b{i - 1}'] * 10)}]\n" for i in range(1, 40))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"b0: &b0 {'x' * 100}\n{BOMB}", "CS103"),
        (example("[" * 5_000), "CS103"),
        (example("[" * 1_000_000), "CS103"),
        ("- " * 100_000, "CS103"),
        ("? " * 100_000, "CS103"),
        ("\n".join(" " * i + "a:" for i in range(5_000)), "CS103"),
        (example(f"!json '{'[' * 100_000}'"), "CS103"),
        (example("!include deep.json"), "CS103"),
        (example("!include 0.yaml"), "CS103"),
        ("&a [*a]", "CS103"),
        ("&a\n? *a\n: 1\n", "CS103"),
        ('"' * 100_000, "CS101"),
        ("---\n" * 10_000, "CS101"),
        (TOP + "x: 1\n" * 20_000, "CS003"),
        (TOP + "".join(f"x{i}: 1\n" for i in range(10_000)), "CS003"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_what_would_cost_time_or_memory_is_refused_at_once(
    text: str, code: str, tmp_path: Path
) -> None:
    (tmp_path / "deep.json").write_text("[" * 100_000)
    for number in range(300):
        (tmp_path / f"{number}.yaml").write_text(f"!include {number + 1}.yaml")
    (tmp_path / "shop.yaml").write_text(text)
    tracemalloc.start()
    start = time.process_time()
    found = faults(tmp_path / "shop.yaml")
    seconds, (_, peak) = time.process_time() - start, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert code in {fault.code for fault in found}
    assert len(found) <= 1001
    assert seconds < 5  # traced, which takes several times as long
    assert peak < 100_000_000


def test_an_alias_bomb_is_refused_within_a_second_and_a_few_megabytes(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(f"b0: &b0 {'x' * 100}\n{BOMB}")
    start = time.process_time()
    (fault,) = faults(tmp_path / "shop.yaml")
    assert time.process_time() - start < 1
    assert fault.code == "CS103"
    assert fault.source[fault.column - 1 :].startswith("*b")


def test_the_text_of_a_fault_does_nothing_to_a_terminal(tmp_path: Path) -> None:
    text = TOP + 'endpoints: {"\\e[31m\\u202E": {request: "G\\eT /", examples: {"\\n": {}}}}\n'
    (tmp_path / "shop.yaml").write_text(text)
    shown = report(faults(tmp_path / "shop.yaml"))
    assert "\\x1b[31m\\u202e" in shown
    assert not {"\x1b", "\u202e"} & set(shown)


def test_a_fault_in_an_aliased_value_is_shown_at_the_alias(tmp_path: Path) -> None:
    text = f"{TOP}description: &it [1]\nendpoints: *it\n"
    (tmp_path / "shop.yaml").write_text(text)
    places = [(fault.line, fault.column, fault.length) for fault in faults(tmp_path / "shop.yaml")]
    assert places == [(4, 18, 1), (5, 12, 3)]
