from __future__ import annotations

import errno
import os
import sys
import time
from typing import TYPE_CHECKING

import pytest

from callsheet.verify import trees, watch
from callsheet.verify.process import Limits, Run, run
from callsheet.verify.wardens import Broken

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_subprocess import FakeProcess

ENVIRONMENT = {"PATH": os.environ["PATH"]}


def sh(script: str, folder: Path, seconds: float = 20, output: int = 10_000_000) -> Run:
    return run(["sh", "-c", script], folder, ENVIRONMENT, Limits(seconds, output))


def gone(pid: int) -> bool:
    """Whether a process ends soon (one that waits to be reaped has ended)."""
    for _ in range(500):
        try:
            with open(f"/proc/{pid}/stat") as stat:  # noqa: PTH123
                if stat.read().rpartition(")")[2].split()[0] == "Z":
                    return True
        except FileNotFoundError:
            return True
        time.sleep(0.01)
    return False


def test_a_run_is_what_the_program_wrote_and_how_it_ended(tmp_path: Path) -> None:
    done = sh("printf 'é'; printf 'no\\n' >&2; exit 3", tmp_path)
    assert (done.stdout, done.stderr, done.status, done.cut) == ("é".encode(), b"no\n", 3, "")
    assert 0 < done.seconds < 10


def test_a_crash_is_a_negative_status(tmp_path: Path) -> None:
    assert sh("kill -SEGV $$", tmp_path).status == -11


def test_a_missing_program_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        run(["no-such-program"], tmp_path, ENVIRONMENT)


@pytest.mark.parametrize(
    ("command", "number"),
    [(["./text"], errno.EACCES), (["./empty"], errno.ENOEXEC), (["sh", "a\0b"], errno.EINVAL)],
)
def test_what_cannot_be_started_is_said(command: list[str], number: int, tmp_path: Path) -> None:
    (tmp_path / "text").touch()
    (tmp_path / "empty").touch(0o755)
    for _ in range(2):
        with pytest.raises(OSError, match=r"\w") as error:
            run(command, tmp_path, ENVIRONMENT)
        assert error.value.errno == number
    assert sh("echo fine", tmp_path).stdout == b"fine\n"


def test_words_of_every_kind_arrive(tmp_path: Path) -> None:
    words = ["", "é 你好 😀", "a\nb\t'\"\\", "\udcff", "x" * 100_000]
    show = "import os, sys; os.write(1, b'\\0'.join(map(os.fsencode, sys.argv[1:])))"
    done = run([sys.executable, "-c", show, *words], tmp_path, {**ENVIRONMENT, "V": "\udcfe" * 9})
    assert done.stdout == b"\0".join(map(os.fsencode, words))


def test_a_watcher_that_does_not_work_is_said(
    fp: FakeProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    watch.rest()
    fp.register(["/no/such/python", fp.any()], returncode=1)
    with pytest.raises(Broken, match="what watches snippets does not work: `/no/such/python`"):
        run(["true"], tmp_path, ENVIRONMENT)


def test_what_windows_does_works_for_a_plain_program(tmp_path: Path) -> None:
    file = tmp_path / "out"
    with (
        file.open("wb") as out,
        trees.started(["echo", "a"], tmp_path, ENVIRONMENT, [out.fileno()] * 2) as tree,
    ):
        assert tree.wait(20) == 0
    assert file.read_bytes() == b"a\n"


def test_what_windows_does_ends_a_program_that_hangs(tmp_path: Path, fp: FakeProcess) -> None:
    fp.allow_unregistered(allow=True)
    fp.register(["taskkill", "/F", "/T", "/PID", fp.any()])
    with trees.started(["sleep", "60"], tmp_path, ENVIRONMENT, [1, 2]) as tree:
        with pytest.raises(TimeoutError):
            tree.wait(0.1)
        tree.end()
        assert tree.wait(20) == -9
    assert fp.call_count(["taskkill", fp.any()]) == 1


@pytest.mark.parametrize(
    ("system", "words"),
    [("linux", ""), ("darwin", "its process group"), ("win32", "the processes below it")],
)
def test_a_report_is_told_what_the_system_cannot_do(system: str, words: str) -> None:
    note = watch.note(system)
    assert bool(note) == bool(words)
    assert words in note


def test_the_environment_is_what_was_given_and_stdin_is_closed(tmp_path: Path) -> None:
    done = run(["env"], tmp_path, {**ENVIRONMENT, "A": "b c"})
    assert b"A=b c\n" in done.stdout
    assert b"HOME=" not in done.stdout
    assert sh("cat; pwd", tmp_path).stdout.decode() == f"{tmp_path}\n"


def test_output_is_heard_and_stamped_while_the_program_runs(tmp_path: Path) -> None:
    script = "echo one; until [ -e heard ]; do sleep 0.01; done; echo two"
    heard = (tmp_path / "heard").touch
    done = run(["sh", "-c", script], tmp_path, ENVIRONMENT, Limits(seconds=20), heard)
    (first, one), (second, two) = done.pieces
    assert (one, two) == (b"one\n", b"two\n")
    assert first < second


@pytest.mark.parametrize("script", ["sleep 60", "trap '' TERM INT; while :; do :; done"])
def test_a_hang_is_ended_with_all_that_it_started(tmp_path: Path, script: str) -> None:
    done = sh(f"sleep 60 & echo $!; {script}", tmp_path, seconds=1)
    assert done.cut == "it ran for more than 1 s"
    assert done.status == -9
    assert done.seconds < 15
    assert gone(int(done.stdout))


def test_what_a_program_leaves_behind_is_ended(tmp_path: Path) -> None:
    done = sh("sleep 60 & echo $!", tmp_path)
    assert (done.status, done.cut) == (0, "")
    assert done.seconds < 30
    assert gone(int(done.stdout))


def test_much_output_is_kept_whole(tmp_path: Path) -> None:
    done = sh("head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2", tmp_path)
    assert (len(done.stdout), len(done.stderr), done.status) == (3_000_000, 3_000_000, 0)


def test_a_program_may_delete_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    assert sh(f"rm -rf '{folder}'; echo done", folder).stdout == b"done\n"
