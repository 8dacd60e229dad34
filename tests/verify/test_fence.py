from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, get_args

import pytest

from callsheet.errors import UsageError
from callsheet.verify import fence
from callsheet.verify.fence import Fence, Kind, Mode

from . import fenced

if TYPE_CHECKING:
    from pathlib import Path

#: Root can have both.
KINDS: tuple[Kind, ...] = ("user",) if os.getuid() else ("root", "user")
each_kind = pytest.mark.parametrize("kind", KINDS)


@each_kind
def test_a_fence_lets_nothing_out_and_loopback_work(kind: Kind) -> None:
    assert fence.run("off", fenced.reach_in, kind) == ("ENETUNREACH", "ENETUNREACH", True)


@each_kind
def test_nobody_becomes_another_user(kind: Kind, tmp_path: Path) -> None:
    assert fence.run("off", fenced.owner_in, kind, tmp_path)


@each_kind
def test_a_name_outside_is_unknown_at_once(kind: Kind) -> None:
    known, seconds = fence.run("off", fenced.names_in, kind)
    assert not known
    assert seconds < 5


@each_kind
def test_a_program_cannot_leave_the_fence(kind: Kind, tmp_path: Path) -> None:
    said = fence.run("off", fenced.escape_in, kind, tmp_path)
    assert said.startswith(b"1\n")
    assert b"nsenter: " in said


def test_a_fence_is_had_here_and_the_caller_keeps_its_network() -> None:
    before = fenced.network()
    found, network, interfaces = fence.run("require", fenced.itself)
    assert found in {Fence("root"), Fence("user")}
    assert interfaces == ["lo"]
    assert network != before == fenced.network()


def test_programs_are_fenced_even_where_one_ran_before(tmp_path: Path) -> None:
    assert fence.run("off", fenced.started_in, tmp_path, "require") == (b"before\n", b"101\n")


def test_off_says_so_and_changes_nothing() -> None:
    found, network, _ = fence.run("off", fenced.itself)
    assert found == Fence("none", "the network is not fenced: --fence off")
    assert network == fenced.network()


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_another_system_is_named(system: str) -> None:
    assert fence.enter("auto", system) == Fence(
        "none", "the network is not fenced: that needs Linux"
    )
    with pytest.raises(UsageError, match="the network cannot be fenced: that needs Linux"):
        fence.enter("require", system)


def test_threads_that_run_already_are_the_reason() -> None:
    said = "this process has 2 threads already; `enter` comes before they start"
    found = fence.run("off", fenced.with_threads, "auto")
    assert found == (Fence("none", f"the network is not fenced: {said}"), True)
    found = fence.run("off", fenced.with_threads, "require")
    assert found == (f"the network cannot be fenced: {said}", True)


@pytest.mark.parametrize("mode", ["auto", "require"])
def test_a_refusal_says_why_and_the_way_out(mode: Mode) -> None:
    said, same = fence.run("off", fenced.refused, mode)
    reason = "unshare: No space left on device"
    way = "(`sudo sysctl -w user.max_net_namespaces=15000` allows it)"
    assert same
    if mode == "auto":
        assert said == Fence("none", f"the network is not fenced: {reason} {way}")
    else:
        assert said == f"the network cannot be fenced: {reason} {way}"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("kernel/apparmor_restrict_unprivileged_userns", "1", "restrict_unprivileged_userns=0"),
        ("kernel/apparmor_restrict_unprivileged_userns", "0", "root may"),
        ("kernel/unprivileged_userns_clone", "0", "kernel.unprivileged_userns_clone=1"),
        ("user/max_user_namespaces", "0", "user.max_user_namespaces=15000"),
        ("user/max_user_namespaces", "63000", "seccomp=unconfined"),
    ],
)
def test_the_way_out_is_that_of_the_system(
    tmp_path: Path, name: str, value: str, words: str
) -> None:
    file = tmp_path / name
    file.parent.mkdir()
    file.write_text(f"{value}\n")
    assert words in fence.way_out(tmp_path)


def test_what_the_function_raises_is_raised() -> None:
    with pytest.raises(UsageError, match="no"):
        fence.run("off", fenced.fail)


def test_the_modules_load_where_a_system_has_less() -> None:
    """Windows has none of these modules, and neither system's C library these calls."""
    without = "import sys; sys.modules.update(dict.fromkeys(('fcntl', 'resource', 'pwd', 'grp')))"
    load = "import callsheet.verify.fence, callsheet.verify.process, callsheet.verify.warden"
    subprocess.run([sys.executable, "-c", f"{without}; {load}"], check=True)


def test_the_modes_are_those_of_the_option() -> None:
    assert get_args(Mode) == ("auto", "require", "off")
