from __future__ import annotations

import json
import multiprocessing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from callsheet.verify import proofs
from callsheet.verify.cells import Level
from callsheet.verify.proofs import Proofs

from .cellmaking import SPEC, TERMS, real, verdict

if TYPE_CHECKING:
    from pathlib import Path

    from callsheet.verify.cells import Cell, Status
    from callsheet.verify.terms import Terms


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "proofs"


def files(place: Path) -> list[Path]:
    return [path for path in place.rglob("*") if path.is_file()]


def kept(place: Path, cell: Cell, terms: Terms = TERMS) -> None:
    Proofs(place).keep(verdict(cell), terms)


def test_a_pass_is_found_again_with_its_versions(tmp_path: Path, place: Path) -> None:
    cell = real(tmp_path, "one/python/requests")
    assert Proofs(place).find(cell, TERMS) is None
    kept(place, cell)
    found = Proofs(place).find(real(tmp_path, "one/python/requests"), TERMS)
    assert found
    assert (found.status, found.level, found.cached, found.seconds) == (
        "passed",
        Level.MATCHED,
        True,
        0,
    )
    assert found.versions["python3"] == "3.11.0"
    assert "requests" in found.versions


@pytest.mark.parametrize("status", ["failed", "unavailable", "unsupported", "expected-failure"])
def test_nothing_but_a_pass_is_kept(tmp_path: Path, place: Path, status: Status) -> None:
    Proofs(place).keep(verdict(real(tmp_path), status), TERMS)
    assert not place.exists()


@pytest.mark.parametrize("level", [Level.RENDERED, Level.PARSED])
def test_what_ran_nothing_is_not_kept(tmp_path: Path, place: Path, level: Level) -> None:
    Proofs(place).keep(verdict(real(tmp_path), level=level), TERMS)
    assert not place.exists()


def test_a_proof_holds_for_lower_levels_alone(tmp_path: Path, place: Path) -> None:
    cell = real(tmp_path)
    Proofs(place).keep(verdict(cell, level=Level.RAN), TERMS)
    assert Proofs(place).find(cell, replace(TERMS, level=Level.COMPILED))
    assert Proofs(place).find(cell, replace(TERMS, level=Level.RAN))
    assert not Proofs(place).find(cell, TERMS)
    kept(place, cell)
    assert Proofs(place).find(cell, TERMS)
    assert len(files(place)) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1.10", "1.1"),
        ("POST", "PUT"),
        ("SHOP_KEY", "OTHER_KEY"),
        ("api.shop", "api.store"),
        ("{ok: true}", "{ok: false}"),
        ("{json: {ok: true}}", "{json: {ok: true}, status: 201}"),
        ("{json: {ok: true}}", "{json: {ok: true}, headers: {X-A: b}}"),
        ("{json: {ok: true}}}", "{json: {ok: true}}, prints: ok}"),
    ],
)
def test_another_request_or_response_is_another_proof(
    tmp_path: Path, place: Path, old: str, new: str
) -> None:
    kept(place, real(tmp_path))
    assert old in SPEC
    changed = SPEC.replace(old, new)
    assert not Proofs(place).find(real(tmp_path, text=changed), TERMS)
    assert Proofs(place).find(real(tmp_path), TERMS)


def test_another_program_is_another_proof(tmp_path: Path, place: Path) -> None:
    cell = real(tmp_path)
    kept(place, cell)
    assert cell.snippet
    edited = replace(cell.snippet, text=cell.snippet.text + "\n")
    assert not Proofs(place).find(replace(cell, snippet=edited), TERMS)


def test_another_client_is_another_proof(tmp_path: Path, place: Path) -> None:
    cell = real(tmp_path)
    kept(place, cell)
    assert cell.snippet
    client = replace(cell.snippet.client, prints="result")
    other = replace(cell, snippet=replace(cell.snippet, client=client))
    assert not Proofs(place).find(other, TERMS)


def test_another_runtime_is_another_proof_and_none_is_no_proof(tmp_path: Path, place: Path) -> None:
    cell = real(tmp_path)
    kept(place, cell)
    assert not Proofs(place).find(cell, replace(TERMS, versions={"curl": "8.1"}))
    missing = replace(TERMS, versions={"curl": ""})
    assert not Proofs(place).find(cell, missing)
    kept(place, cell, missing)
    assert len(files(place)) == 1


def test_another_comparison_is_another_proof(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(place, real(tmp_path))
    monkeypatch.setattr(proofs, "comparison", lambda: "another")
    assert not Proofs(place).find(real(tmp_path), TERMS)


def test_a_file_beside_the_spec_counts_by_what_is_in_it(tmp_path: Path, place: Path) -> None:
    text = SPEC.replace("body: {file: note.txt}, ", "")
    cell = real(tmp_path, "two/python/requests", text)
    kept(place, cell)
    assert Proofs(place).find(cell, TERMS)
    (tmp_path / "note.txt").write_text("bye")
    assert not Proofs(place).find(cell, TERMS)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"7", b'{"level": "matchless"}', b'{"level": 4}', b"\xff"]
)
def test_a_damaged_proof_is_none_and_is_made_again(
    tmp_path: Path, place: Path, content: bytes
) -> None:
    cell = real(tmp_path)
    kept(place, cell)
    (file,) = files(place)
    file.write_bytes(content)
    assert Proofs(place).find(cell, TERMS) is None
    kept(place, cell)
    assert Proofs(place).find(cell, TERMS)


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    kept(tmp_path / "file", real(tmp_path))
    assert Proofs(tmp_path / "file").find(real(tmp_path), TERMS) is None


def _keep_often(folder: Path, place: Path) -> int:
    cell = real(folder)
    store = Proofs(place)
    missed = 0
    for _ in range(200):
        store.keep(verdict(cell), TERMS)
        missed += store.find(cell, TERMS) is None
    return missed


def test_processes_that_share_a_folder_see_whole_proofs_alone(tmp_path: Path, place: Path) -> None:
    folders = [tmp_path / name for name in "ab"]
    for folder in folders:
        folder.mkdir()
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert pool.starmap(_keep_often, [(folder, place) for folder in folders]) == [0, 0]
    assert [path.suffix for path in files(place)] == [".json"]
    assert all(json.loads(path.read_text())["level"] == "matched" for path in files(place))
