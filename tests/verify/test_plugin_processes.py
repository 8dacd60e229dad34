"""pytest with a spec, beside other tests and other processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click
import pytest

from callsheet import pytest_plugin
from callsheet.cli import main
from callsheet.verify import fence
from shop import ROOT, SHIPPED

from . import fenced, plugged
from .plugged import CURL, SPEC, counts, quiet, run, words

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD = SHIPPED[: SHIPPED.index("-#}") + 3]
#: A language that no package has, so that its writer cannot be imported by name.
LANGUAGE = """\
from dataclasses import replace

from callsheet.languages.curl import LANGUAGE as CURL


class Own(type(CURL.literals)):
    pass


LANGUAGE = replace(CURL, key="own", title="Own", literals=Own())
"""


def alive(words: str) -> list[str]:
    """The numbers of processes whose command holds these words."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ")
        except OSError:
            continue
        if words.encode() in command:
            found.append(folder.name)
    return found


def within(seconds: float, holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


@pytest.mark.parametrize("more", [(), ("-n", "2")], ids=" ".join)
def test_ctrl_c_ends_all_that_runs_at_once(
    home: Path, pytester: pytest.Pytester, more: tuple[str, ...]
) -> None:
    sleep = f"sleep 3141{os.getpid()}{len(more)}"
    (home / "mine/curl/curl.sh.jinja").write_text(f"{HEAD}\n{sleep} & {sleep}\n")
    command = [sys.executable, "-m", "pytest", *words(*more, clients=CURL)]
    running = pytester.popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        assert within(60, lambda: bool(alive(sleep)))
        assert alive(str(home)), "the process that runs snippets imports from here"
        os.killpg(running.pid, signal.SIGINT)
        assert within(3, lambda: not alive(sleep))
        said = running.communicate(timeout=30)[0].decode()
    finally:
        running.kill()
    assert running.returncode == pytest.ExitCode.INTERRUPTED
    assert "KeyboardInterrupt" in said
    assert within(3, lambda: not alive(str(home)))


def test_programs_are_fenced_and_other_tests_are_not(home: Path, pytester: pytest.Pytester) -> None:
    seen = home / "seen"
    look = f"readlink /proc/self/ns/net >> {seen}\n"
    (home / "mine/curl/curl.sh.jinja").write_text(SHIPPED.replace("-#}\n", f"-#}}\n{look}", 1))
    pytester.makepyfile(
        "import os\ndef test_after(): "
        f"assert os.readlink('/proc/self/ns/net') == {fenced.network()!r}"
    )
    asked = words("--callsheet-no-cache", clients=CURL)
    done = run(pytester, *asked, ".", "-k", "add-item or after", "--callsheet-fence=require")
    assert counts(done)["passed"] == "2"
    inside = seen.read_text().splitlines()
    assert len(inside) == 1
    assert inside[0] != fenced.network()
    seen.unlink()
    done = run(pytester, *asked, "--callsheet-fence=off", "-n2")
    assert set(seen.read_text().splitlines()) == {fenced.network()}
    assert quiet(done).count("note: the network is not fenced: --fence off") == 1


@pytest.mark.usefixtures("named_cache")
def test_a_fence_that_cannot_be_had_fails_where_it_is_required(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system allows no more networks."""
    plugged.project(tmp_path, monkeypatch)
    asked = words("--callsheet-fence=require", "--callsheet-no-cache", clients=CURL)
    status, said = fence.run("off", plugged.without_networks, asked)
    assert status == 1
    assert "error: the network cannot be fenced: unshare: No space left on device" in said
    assert "Traceback" not in said


def test_a_language_of_the_users_own_is_verified(home: Path, pytester: pytest.Pytester) -> None:
    (home / "mine/own").mkdir()
    (home / "mine/own/language.py").write_text(LANGUAGE)
    (home / "mine/own/curl.sh.jinja").write_text(SHIPPED)
    done = run(pytester, *words("--callsheet-no-cache", clients=("own/curl",)))
    assert counts(done) == {"passed": "3"}, quiet(done)


def test_the_options_are_those_of_the_command() -> None:
    class Parser:
        def getgroup(self, *_: str) -> Parser:
            return self

        def addoption(self, name: str, **said: Any) -> None:
            given[name.replace("callsheet-", "")] = said

    given: dict[str, dict[str, Any]] = {}
    pytest_plugin.pytest_addoption(cast("pytest.Parser", Parser()))
    command = cast("click.Group", main).commands["verify"]
    context = click.Context(command)
    for name, said in given.items():
        option = next(o for o in command.params if name in {*o.opts, *o.secondary_opts})
        assert said.get("metavar") == option.metavar
        if "choices" in said:
            assert list(said["choices"]) == list(cast("click.Choice[str]", option.type).choices)
        if "action" not in said:
            assert said["default"] == option.get_default(context)
    assert len(given) == 8


def test_a_project_without_a_spec_loads_nothing(pytester: pytest.Pytester) -> None:
    pytester.makefile(".yaml", shop=SPEC)
    pytester.makepyfile("def test_fine(): pass")
    pytester.makeconftest(
        """
        import sys

        def pytest_sessionfinish():
            print(sorted(name for name in sys.modules if name.split(".")[0] == "callsheet"))
        """
    )
    done = run(pytester, "-s")
    assert "['callsheet', 'callsheet.pytest_plugin']" in done.stdout.str()
    assert counts(done) == {"passed": "1"}


def test_a_start_of_pytest_pays_next_to_nothing() -> None:
    program = """\
import sys, time, pytest
known, start = set(sys.modules), time.process_time()
import callsheet.pytest_plugin
print(time.process_time() - start, *sorted(set(sys.modules) - known))
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "generator")}
    command = [sys.executable, "-c", program]
    runs = [
        subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        for _ in range(5)
    ]
    found = [done.stdout.split() for done in runs]
    assert found[0][1:] == ["callsheet", "callsheet.pytest_plugin"]
    assert min(float(line[0]) for line in found) < 0.005
