"""How long a large spec takes, and how much memory."""

from __future__ import annotations

import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

import pytest

from callsheet.clients import catalog
from callsheet.spec.read import load

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A spec of 1,000 endpoints, as `benchmarks/make_spec.py` writes it."""
    command = [sys.executable, str(ROOT / "benchmarks" / "make_spec.py"), "1000"]
    path = tmp_path_factory.mktemp("made") / "spec.yaml"
    path.write_bytes(subprocess.run(command, check=True, capture_output=True).stdout)
    return path


def test_a_made_spec_is_a_good_one(made: Path) -> None:
    spec = load(made, catalog=catalog())
    assert len(spec.endpoints) == 1000
    examples = [example for endpoint in spec.endpoints for example in endpoint.examples]
    assert {endpoint.method for endpoint in spec.endpoints} == {
        *("GET", "POST", "PUT", "PATCH", "DELETE")
    }
    assert {example.body.kind for example in examples if example.body} == {"json", "form"}
    assert {example.response.kind for example in examples} == {"json", "text", "sse", "none"}


def test_a_thousand_endpoints_are_read_in_six_tenths_of_a_second(made: Path) -> None:
    seconds = []
    for _ in range(5):
        start = time.process_time()
        load(made)
        seconds.append(time.process_time() - start)
    assert min(seconds) < 0.6


def test_a_thousand_endpoints_take_a_few_dozen_megabytes(made: Path) -> None:
    tracemalloc.start()
    load(made)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 45_000_000
