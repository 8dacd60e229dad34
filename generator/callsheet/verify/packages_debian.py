"""Debian's package of a library to a folder of ours, where its own registry cannot be reached.

Nothing is installed: what a package holds is unpacked. Its version is that of the install command.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from callsheet.verify.packages import Execute

#: What `composer require` is asked for → Debian's packages of it and of what it needs.
_COMPOSER: Mapping[str, tuple[str, ...]] = {
    "guzzlehttp/guzzle:7.4.5": (
        *("php-guzzlehttp-guzzle=7.4.5-*", "php-guzzlehttp-promises", "php-guzzlehttp-psr7"),
        *("php-psr-http-client", "php-psr-http-factory", "php-psr-http-message"),
        *("php-getallheaders", "php-symfony-deprecation-contracts"),
    ),
}
#: What `gem install` is asked for → Debian's packages of it and of what it needs.
_GEMS: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("faraday", "-v", "1.1.0"): (
        "ruby-faraday=1.1.0-*",
        "ruby-multipart-post",
        "ruby-ruby2-keywords",
    ),
}
#: Where Debian's gems lie, as `gem install` would lay them.
GEMS = "usr/share/rubygems-integration/all"
#: Debian's libraries name each other by their place below this folder.
_VENDOR = """\
<?php

set_include_path(dirname(__DIR__) . '/usr/share/php');
require 'GuzzleHttp/autoload.php';
"""


def vendor(folder: Path, command: Sequence[str], execute: Execute) -> bool:
    """Makes the folder `vendor` of a `composer require`; says whether Debian has what it names.

    Args:
        folder: Where it is made.
        command: The words of the command.
        execute: What runs Debian's tools.
    """
    names = _COMPOSER.get(command[-1], ()) if command else ()
    if names:
        unpack(names, folder, execute)
        (folder / "vendor").mkdir(exist_ok=True)
        (folder / "vendor" / "autoload.php").write_text(_VENDOR, "utf-8")
    return bool(names)


def gems(folder: Path, command: Sequence[str], execute: Execute) -> bool:
    """Lays out the gem of a `gem install NAME -v VERSION`; says whether Debian has it.

    Args:
        folder: Where it is laid, below `GEMS`.
        command: The words of the command.
        execute: What runs Debian's tools.
    """
    names = _GEMS.get(tuple(command[2:]), ())
    if names:
        unpack(names, folder, execute)
    return bool(names)


def unpack(names: Sequence[str], folder: Path, execute: Execute) -> None:
    """Fetches Debian's packages and unpacks them below a folder.

    Args:
        names: Their names; `NAME=VERSION` where the version matters, in which `*` is anything.
        folder: Where they go, each file below its place in a system.
        execute: What runs Debian's tools.
    """
    fetched = folder / "debian"
    fetched.mkdir(exist_ok=True)
    execute(["apt-get", "-o", "APT::Sandbox::User=root", "download", *names], fetched, {})
    for package in sorted(fetched.glob("*.deb")):
        execute(["dpkg-deb", "--extract", str(package), str(folder)], folder, {})
