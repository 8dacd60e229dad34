"""What MkDocs does besides a build: it serves a site, and its plugins make pages."""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import suppress
from socket import socket
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

from inject.made import SPEC
from inject.test_sites import MKDOCS, built, codes, missing, mkdocs_site, texts
from sites.site import TOOLS
from support import ROOT

if TYPE_CHECKING:
    from pathlib import Path

HOOK = """\
from mkdocs.structure.files import File

def on_files(files, config):
    text = "::: callsheet create-order langs=curl\\n"
    files.append(File.generated(config, "made.md", content=text))
"""


def test_mkdocs_serve_builds_again_when_the_spec_changes(tmp_path: Path) -> None:
    command = TOOLS / "venv/bin/mkdocs"
    if not command.exists():
        missing("mkdocs")
    (tmp_path / "shop.yaml").write_text(SPEC.read_text())
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    server = subprocess.Popen(
        [command, "serve", "-q", "-a", address],
        cwd=mkdocs_site(tmp_path),
        env={**os.environ, "PYTHONPATH": str(ROOT / "generator"), "NO_MKDOCS_2_WARNING": "1"},
    )
    try:
        until_it_reads("lamp", f"http://{address}/")
        (tmp_path / "shop.yaml").write_text(SPEC.read_text().replace("lamp", "chair"))
        until_it_reads("chair", f"http://{address}/")
    finally:
        server.kill()
        server.wait()


def until_it_reads(word: str, address: str) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with suppress(OSError), urlopen(address, timeout=5) as answer:
            if word in answer.read().decode():
                return
        time.sleep(0.1)
    pytest.fail(f"{address} does not say {word}")


def test_a_page_that_a_plugin_makes_may_ask_for_blocks(tmp_path: Path) -> None:
    (tmp_path / "hook.py").write_text(HOOK)
    done = built("mkdocs", mkdocs_site(tmp_path, "# A\n", MKDOCS + "hooks: [hook.py]\n"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert codes(tmp_path / "site/made/index.html") == texts("create-order", "curl")
