"""Programs that misbehave: each fails alone, and leaves nothing behind."""

from __future__ import annotations

import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from callsheet.verify.bench import Bench
from callsheet.verify.dummies import dummies
from callsheet.verify.process import Limits, Run
from callsheet.verify.runners import execute

SHELL = Bench(("sh", "example.sh"), "example.sh")
PYTHON = Bench((sys.executable, "example.py"), "example.py")

#: Each leaves a process that sleeps, whose id is in $OUT.
DAEMONS = {
    "child": "sleep 300 & echo $! > $OUT",
    "deaf child": "sh -c 'trap \"\" TERM HUP INT; echo $$ > $OUT; while :; do sleep 1; done' &",
    "new session": "setsid sh -c 'echo $$ > $OUT; exec sleep 300' &",
    "orphan": "(setsid sh -c 'echo $$ > $OUT; exec sleep 300' &)",
    "no output": "setsid sh -c 'echo $$ > $OUT; exec sleep 300 >&- 2>&-' &",
    "no environment": "(setsid sh -c 'echo $$ >$OUT; cd /; exec env -i sleep 300' >&- 2>&- &)",
    "stopped": "sh -c 'echo $$ > $OUT; kill -STOP $$' &",
}

#: One that has another process id each time one looks: it forks the next, and ends.
RELAY = """
setsid sh -c 'hop() { echo >> $OUT; n=$((n + 1)); [ $n -lt 9000 ] && hop & }; hop' &
until [ -s $OUT ]; do :; done
"""

#: A bomb that is no danger: 60 processes at most, each deaf, each in a session of its own.
BOMB = """
import os, signal, time
for number in signal.SIGTERM, signal.SIGINT, signal.SIGHUP: signal.signal(number, signal.SIG_IGN)
for _ in range(6):
    if not os.fork(): os.setsid()
with open(os.environ["OUT"], "a") as file: file.write(f"{os.getpid()}\\n")
time.sleep(300)
"""


def gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


def noted(file: Path) -> list[int]:
    return [int(line) for line in file.read_text().split()]


def waiting(script: str) -> str:
    """The script, with a wait until what it started has said who it is."""
    return f"{script}\nuntil [ -s $OUT ]; do sleep 0.01; done; echo done"


@pytest.mark.parametrize("kind", DAEMONS)
def test_what_is_left_behind_is_ended(kind: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = execute(waiting(DAEMONS[kind]), SHELL, {"OUT": str(out)}, Limits(20))
    assert (done.stdout, done.status, done.cut) == (b"done\n", 0, "")
    assert all(map(gone, noted(out)))


@pytest.mark.parametrize("kind", ["deaf child", "no environment", "stopped"])
def test_so_it_is_at_the_time_out(kind: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    script = waiting(DAEMONS[kind]) + "; trap '' TERM; while :; do :; done"
    done = execute(script, SHELL, {"OUT": str(out)}, Limits(1))
    assert (done.stdout, done.status, done.cut) == (b"done\n", -9, "it ran for more than 1 s")
    assert all(map(gone, noted(out)))


def test_a_program_that_forks_faster_than_it_is_found_is_ended(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = execute(RELAY, SHELL, {"OUT": str(out)}, Limits(20))
    assert (done.status, done.cut) == (0, "")
    hops = out.stat().st_size
    time.sleep(0.1)
    assert out.stat().st_size == hops < 4500


def test_a_bomb_is_ended_with_all_its_splinters(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = execute(BOMB, PYTHON, {"OUT": str(out)}, Limits(3))
    assert (done.status, done.cut) == (-9, "it ran for more than 3 s")
    assert len(noted(out)) == 64
    assert all(map(gone, noted(out)))


def test_a_program_that_ends_its_watcher_fails_alone() -> None:
    done = execute("echo $$; kill -9 $PPID; exec sleep 300", SHELL, {}, Limits(20))
    assert (done.status, done.cut) == (-9, "it ended the process that watches it")
    assert eventually_gone(int(done.stdout))
    assert execute("echo fine", SHELL, {}).stdout == b"fine\n"


def eventually_gone(pid: int) -> bool:
    """The same for one that is not ours to reap: it may be a zombie for a moment."""
    for _ in range(500):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.01)
    return False


def test_a_watcher_that_was_ended_while_idle_is_replaced() -> None:
    for _ in range(3):
        watcher = int(execute("echo $PPID", SHELL, {}).stdout)
        os.kill(watcher, 9)
        assert execute("echo fine", SHELL, {}).stdout == b"fine\n"


@pytest.mark.parametrize(
    "script", ["kill -STOP $$; echo on", "exec >&- 2>&- ; sleep 60", "kill -STOP 0"]
)
def test_one_that_waits_for_ever_is_ended(script: str) -> None:
    done = execute(script, SHELL, {}, Limits(0.5))
    assert (done.stdout, done.status, done.cut) == (b"", -9, "it ran for more than 0.5 s")
    assert done.seconds < 10


@pytest.mark.parametrize(
    "script", ["rm -rf $PWD", "cd /; rm -rf $HOME", "rm -rf ../../$(basename $(dirname $PWD))"]
)
def test_one_that_deletes_its_folders_fails_alone(script: str) -> None:
    done = execute(f"{script}; echo done", SHELL, {})
    assert (done.stdout, done.status) == (b"done\n", 0)


def test_folders_that_cannot_be_entered_are_removed_all_the_same() -> None:
    done = execute("mkdir -p a/b; touch a/b/c; chmod 0 a/b a; pwd", SHELL, {})
    assert not Path(done.stdout.decode().strip()).parent.exists()


def test_a_crash_leaves_no_core() -> None:
    done = execute("ulimit -c; kill -ABRT $$", SHELL, {})
    assert (done.stdout, done.status) == (b"0\n", -6)


def test_limits_that_a_sound_program_never_meets() -> None:
    done = execute("cat /proc/self/limits", SHELL, {})
    rows = dict(line.rsplit(None, 3)[:2] for line in done.stdout.decode().splitlines()[1:13])
    assert rows["Max file size"] == str(4 << 30)
    assert 4096 < int(rows["Max processes"]) < 100_000


FLOOD = "import os\nwhile True: os.write(1, b'x' * 65536)"


def test_a_flood_is_cut_and_what_is_dropped_is_counted() -> None:
    done = execute(FLOOD, PYTHON, {}, Limits(20, output=1_000_000))
    assert (len(done.stdout), done.status) == (1_000_000, -9)
    assert done.cut == "it wrote more than 1,000,000 bytes"
    assert done.dropped > 0


def test_a_flood_on_stderr_is_cut_as_well() -> None:
    done = execute(FLOOD.replace("1,", "2,"), PYTHON, {}, Limits(20, output=70_000))
    assert (done.stdout, len(done.stderr), done.status) == (b"", 70_000, -9)


def test_a_trickle_of_single_bytes_does_not_fill_the_memory() -> None:
    script = "import os\nfor i in range(60_000): os.write(1, b'ab'[i % 2:i % 2 + 1])"
    done = execute(script, PYTHON, {}, Limits(60))
    assert done.stdout == b"ab" * 30_000
    assert b"".join(piece for _, piece in done.pieces) == done.stdout
    assert len(done.pieces) <= 10_000


def test_garbage_is_kept_as_it_came() -> None:
    script = "import os, sys\nos.write(1, bytes(range(256)))\nos.write(2, b'\\xff\\xfe\\0')"
    done = execute(script, PYTHON, {})
    assert (done.stdout, done.stderr) == (bytes(range(256)), b"\xff\xfe\0")


def test_stdin_is_closed() -> None:
    assert execute("import sys\nprint(repr(sys.stdin.read()))", PYTHON, {}).stdout == b"''\n"


def test_nothing_of_the_users_is_seen_there_or_in_its_watcher(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CLAWDROUTER_API_KEY", "sk-the-users-own")
    monkeypatch.setenv("GITHUB_TOKEN", "ghp-the-users-own")
    execute("kill -9 $PPID", SHELL, {})  # the next watcher starts with these variables set
    done = execute("env; tr '\\0' '\\n' < /proc/$PPID/environ", SHELL, {"KEY": "sk-dummy"})
    assert b"KEY=sk-dummy\n" in done.stdout
    assert b"the-users-own" not in done.stdout + done.stderr


def test_home_and_folder_are_fresh_each_time() -> None:
    script = "ls -A; ls -A $HOME; touch $HOME/left left; pwd; echo $HOME"
    first, second = (execute(script, SHELL, {}).stdout.splitlines() for _ in range(2))
    assert first[:-2] == second[:-2]
    assert b"left" not in first
    assert not {*first[-2:]} & {*second[-2:]}


def test_each_snippet_has_keys_of_its_own() -> None:
    first, second = dummies(["A", "B"]), dummies(["A", "B"])
    assert len({*first.values(), *second.values()}) == 4


def test_the_others_are_not_touched(tmp_path: Path) -> None:
    bad = [
        (BOMB, PYTHON),
        (FLOOD, PYTHON),
        ("kill -9 $PPID; sleep 60", SHELL),
        ("kill -SEGV $$", SHELL),
        ("trap '' TERM; sleep 60", SHELL),
        ("rm -rf $HOME $PWD; exit 3", SHELL),
    ]
    good = [(f"sleep 0.2; echo {number}", SHELL) for number in range(len(bad))]
    with ThreadPoolExecutor(4) as pool:
        limits, variables = Limits(3, output=1_000_000), {"OUT": str(tmp_path / "out")}
        pairs = [pair for both in zip(bad, good, strict=True) for pair in both]
        runs = list(pool.map(lambda pair: execute(pair[0], pair[1], variables, limits), pairs))
    assert [run.stdout for run in runs[1::2]] == [b"%d\n" % number for number in range(len(bad))]
    assert all((run.status, run.cut) == (0, "") for run in runs[1::2])
    assert all(run.status != 0 for run in runs[::2])


def test_no_thread_and_no_file_stays_open() -> None:
    def state() -> tuple[int, int]:
        return threading.active_count(), len(list(Path("/proc/self/fd").iterdir()))

    def once() -> Run:
        return execute("echo; setsid sleep 300 & sleep 0.05", SHELL, {})

    once()
    before = state()
    for _ in range(10):
        once()
    assert state() == before
