"""A client's install command to a folder that holds its library: run once, as it is printed.

The folder is ours, in the cache; the user's environment is only read. Each command has a folder of
its own, so that a snippet finds what its own install line brings, and nothing else.
"""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

from callsheet import cache
from callsheet.errors import CallsheetError, UsageError, quoted
from callsheet.spec.names import VERSION, WORD
from callsheet.verify import packages_debian, packages_maven, packages_nuget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    #: Runs a command in a folder, with further variables; raises `NotInstalled` where it fails.
    Execute = Callable[[list[str], Path, Mapping[str, str]], None]

#: Tool → the one command by which its libraries are installed, and how it is written. A binding of
#: a spec names it, so it can be no other program, no option and no other source of packages.
#: Gradle's line is never run; `packages_maven` reads it.
_COMMANDS: Mapping[str, tuple[str, str]] = {
    "python3": (
        rf"pip install {WORD}(\[{WORD}(,{WORD})*\])?(=={VERSION})?",
        "pip install NAME==VERSION",
    ),
    "node": (rf"npm install (@{WORD}/)?{WORD}(@{VERSION})?", "npm install NAME@VERSION"),
    "php": (
        rf"composer require {WORD}/{WORD}(:{VERSION})?",
        "composer require VENDOR/NAME:VERSION",
    ),
    "ruby": (rf"gem install {WORD}( -v {VERSION})?", "gem install NAME -v VERSION"),
    "dotnet": (
        rf"dotnet (package add|add package) {WORD}( --version {VERSION})?",
        "dotnet package add NAME --version VERSION",
    ),
}
#: Seconds that an installation may take.
_PATIENCE = 900
#: What would lead an installer to the user's environment or another place than ours.
_MISLEADING = ("PYTHONHOME", "PYTHONPATH", "PIP_PREFIX", "PIP_TARGET", "PIP_USER", "VIRTUAL_ENV")


class NotInstalled(CallsheetError):  # noqa: N818  names the fault
    """A client's library could not be installed; says the command and its complaint."""


def python(command: str) -> Path:
    """A virtual environment in which a `pip install …` was run; "" for one without packages."""
    return _installed("python3", command, _make_venv)


def node(command: str) -> Path:
    """A folder in which an `npm install …` was run; its packages are in `node_modules`."""
    return _installed("node", command, _make_node_folder)


def php(command: str) -> Path:
    """A folder in which a `composer require …` was run; its libraries are in `vendor`."""
    return _installed("php", command, _make_vendor)


def ruby(command: str) -> tuple[Path, ...]:
    """The folders of gems in one of which a `gem install …` has put a library."""
    folder = _installed("ruby", command, _make_gems)
    return folder / "gems", folder / packages_debian.GEMS


def java(command: str) -> Path:
    """A folder with the library that an `implementation("…")` names; its jars are in `lib`."""
    return _installed("java", command, _make_jars)


def dotnet(command: str) -> Path:
    """A folder in which a `dotnet package add …` was run, for programs that name its package."""
    return _installed("dotnet", command, _make_packages)


def is_ready(tool: str, command: str) -> bool:
    """Whether an install command was run for a runtime; it is not run for the answer."""
    return tool in _RUNTIMES and _complete(_place(tool, command)).exists()


def scripts(environment: Path) -> Path:
    """The folder of a virtual environment's programs."""
    return environment / ("Scripts" if os.name == "nt" else "bin")


def _make_venv(folder: Path, command: str) -> None:
    pip = [] if command else ["--without-pip"]
    _execute([sys.executable, "-m", "venv", *pip, str(folder)], folder.parent, {})
    if command:
        path = f"{scripts(folder)}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        within = {"PATH": path, "VIRTUAL_ENV": str(folder), "PIP_REQUIRE_VIRTUALENV": "1"}
        _execute(shlex.split(command), folder, within)


def _make_node_folder(folder: Path, command: str) -> None:
    folder.mkdir(parents=True)
    (folder / "node_modules").mkdir()
    # npm looks for a package.json in the folders above, and would install there.
    (folder / "package.json").write_text('{"private": true}\n', "utf-8")
    if command:
        quiet = {"npm_config_audit": "false", "npm_config_fund": "false"}
        _execute(shlex.split(command), folder, {**quiet, "npm_config_update_notifier": "false"})


def _make_vendor(folder: Path, command: str) -> None:
    """Debian's files of the same version where Composer's registry cannot be reached."""
    folder.mkdir(parents=True)
    words = shlex.split(command)
    own = {"COMPOSER": "composer.json", "COMPOSER_VENDOR_DIR": "vendor"}
    quiet = {"COMPOSER_NO_INTERACTION": "1", "COMPOSER_ALLOW_SUPERUSER": "1"}
    try:
        _execute(words, folder, {**own, **quiet, "COMPOSER_HOME": str(folder / "home")})
    except NotInstalled:
        if not packages_debian.vendor(folder, words, _execute):
            raise


def _make_gems(folder: Path, command: str) -> None:
    """Debian's files of the same version where the gems' registry cannot be reached."""
    folder.mkdir(parents=True)
    words = shlex.split(command)
    try:
        _execute(words, folder, {"GEM_HOME": str(folder / "gems"), "HOME": str(folder)})
    except NotInstalled:
        if not packages_debian.gems(folder, words, _execute):
            raise


def _make_jars(folder: Path, command: str) -> None:
    folder.mkdir(parents=True)
    if not packages_maven.jars(folder, command, _execute):
        raise NotInstalled(f"`{command}` names no library as Gradle does")


def _make_packages(folder: Path, command: str) -> None:
    folder.mkdir(parents=True)
    packages_nuget.add(folder, shlex.split(command), _RUNTIMES["dotnet"](), _execute)


@lru_cache
def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603


#: Runtime → the version for which it installs.
_RUNTIMES: Mapping[str, Callable[[], str]] = {
    "python3": lambda: f"{sys.version} {sys.executable}",
    "node": lambda: _said("node", "--version"),
    "dotnet": lambda: _said("dotnet", "--version"),
    "php": lambda: _said("php", "--version"),
    "ruby": lambda: _said("ruby", "--version"),
    "java": lambda: _said("java", "--version"),
}


def _place(tool: str, command: str) -> Path:
    """The folder of a command and a runtime's version."""
    key = hashlib.sha256(f"{_RUNTIMES[tool]()}\n{command}".encode()).hexdigest()[:16]
    return cache.folder() / "clients" / key


def _complete(folder: Path) -> Path:
    """The file that an installation leaves when it is done."""
    return folder / ".complete"


def _installed(tool: str, command: str, make: Callable[[Path, str], None]) -> Path:
    """The folder of a command; made where it is missing or half made.

    Raises:
        UsageError: It is not the tool's own command.
        NotInstalled: It failed.
    """
    pattern, way_out = _COMMANDS.get(tool, (".*", ""))
    if command and not re.fullmatch(pattern, command):
        raise UsageError(f"{quoted(command)} is not run; a library is installed by `{way_out}`")
    folder = _place(tool, command)
    complete = _complete(folder)
    if not complete.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _lock(folder.with_suffix(".lock")):
            if not complete.exists():
                shutil.rmtree(folder, ignore_errors=True)
                make(folder, command)
                complete.write_text(f"{command}\n", "utf-8")
    return folder


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    """One process at a time; the lock ends with its holder, however that ends."""
    import fcntl  # not on Windows, where the rest of this module can be imported all the same

    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _execute(command: list[str], folder: Path, further: Mapping[str, str]) -> None:
    environment = {k: v for k, v in os.environ.items() if k not in _MISLEADING} | dict(further)
    program = shutil.which(command[0], path=environment.get("PATH"))
    if program is None:
        raise NotInstalled(f"`{shlex.join(command)}` needs `{command[0]}`, which is not on PATH")
    try:
        done = subprocess.run(  # noqa: S603  the command that the install section prints
            [program, *command[1:]],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotInstalled(f"`{shlex.join(command)}` took more than {_PATIENCE} s") from None
    if done.returncode:
        complaint = (done.stderr or done.stdout).strip()[-2000:]
        raise NotInstalled(f"`{shlex.join(command)}` failed:\n{complaint}")
