"""A docs site that a tool made of callsheet's pages: how it is built, and what its readers find."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from support import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HERE = Path(__file__).parent
#: Where `setup.sh` puts the tools: `venv`, and a folder for each tool that comes from npm.
TOOLS = Path(os.environ.get("CALLSHEET_SITES", ROOT / ".cache/sites")).resolve()
#: Folder of the site's content → the spec whose pages it holds.
SPECS = {"clawdrouter": ROOT / "spec/clawdrouter.yaml", "hostile": HERE / "hostile.yaml"}
#: Clients whose snippets hold what docs tools act on.
TEMPLATES = HERE / "templates"


@dataclass(frozen=True)
class Tool:
    """How a docs tool is used, and where things stand on its pages.

    Attributes:
        name: The folder of its configuration beside this file, which becomes the site's folder.
        format: callsheet's format for it.
        build: The command, run in the site's folder.
        content: Where it reads pages, below the site's folder.
        output: Where it leaves the site.
        address: Of a page; of `hostile/hostile.en`, `{page}` is that, `{folder}` and `{name}`
            are `hostile`, and `{locale}` is `en`.
        main: Selector of what a page's author wrote.
        code: Selector of the element whose text is a code block's.
        lines: Selector of its lines, where the line ends are no text.
        tab: Selector of what is clicked to show a tab; its text is the tab's title.
        box: Selector of what holds a code block with its copy button.
        copy: Selector of that button; "" where the tool has none.
        answers: URL that the tool's own pages ask for → the file below the tool's folder that is
            the answer; nothing may leave the machine.
    """

    name: str
    format: str
    build: tuple[str, ...]
    content: str
    output: str
    address: str
    main: str
    code: str
    tab: str
    lines: str = ""
    box: str = ""
    copy: str = ""
    description: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)

    def address_of(self, page: str) -> str:
        """Where a page stands on the site."""
        folder, _, stem = page.partition("/")
        name, _, locale = stem.rpartition(".")
        return self.address.format(page=page, folder=folder, name=name, locale=locale)

    @property
    def path(self) -> str:
        """The PATH that finds it."""
        own = (TOOLS / self.name / "node_modules/.bin", TOOLS / "venv/bin")
        return os.pathsep.join([*map(str, own), os.environ["PATH"]])

    @property
    def is_there(self) -> bool:
        return shutil.which(self.build[0], path=self.path) is not None


def built(tool: Tool, run: str) -> Path:
    """The folder of a site; the first worker of a run that asks builds it.

    It stands beside the tool's `node_modules`, where Node.js looks for them.
    """
    home = TOOLS / tool.name
    home.mkdir(parents=True, exist_ok=True)
    folder = home / f"site-{tool.format}-{run}"
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        outcome = home / f"outcome-{tool.format}-{run}"
        if not outcome.exists():
            _clear(home)
            outcome.write_text(_build(tool, folder))
        if fault := outcome.read_text():
            pytest.fail(fault, pytrace=False)
    return folder


def _clear(home: Path) -> None:
    """Removes sites of earlier runs, but none that another run may still be reading."""
    for old in home.glob("outcome-*"):
        if old.stat().st_mtime < time.time() - 3600:
            shutil.rmtree(old.with_name(old.name.replace("outcome", "site")), ignore_errors=True)
            old.unlink()


def _build(tool: Tool, folder: Path) -> str:
    """Builds a site anew; what the tools said if one failed, else ""."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(HERE / tool.name, folder)
    if (vendored := folder.parent / "_vendor").exists():  # a theme of Hugo's
        (folder / "_vendor").symlink_to(vendored)
    python = {"PYTHONPATH": str(ROOT / "generator")}
    fault = ""
    for name, spec in SPECS.items():
        out = folder / tool.content / name
        build = ["-m", "callsheet", "build", spec, "--format", tool.format, "-o", out]
        command = [sys.executable, *map(str, build), "--templates", str(TEMPLATES)]
        fault = fault or _run(command, folder, **python)
    return fault or _run(list(tool.build), folder, PATH=tool.path)


def _run(command: list[str], folder: Path, **variables: str) -> str:
    found = shutil.which(command[0], path=variables.get("PATH")) or command[0]
    done = subprocess.run(
        [found, *command[1:]],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1", **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    said = f"{done.stdout[-6000:]}\n{done.stderr[-6000:]}"
    return f"{' '.join(command)} failed:\n{said}" if done.returncode else ""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Says nothing; a page that is missing fails its test."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address under which a folder can be read from this machine."""
    handler = partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
