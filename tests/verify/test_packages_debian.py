"""Debian's packages stand in for a library whose own registry cannot be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callsheet.verify import packages, packages_debian

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

GUZZLE = "composer require guzzlehttp/guzzle:7.4.5"


class Tools:
    """Stands in for what runs commands; Composer finds no registry."""

    def __init__(self) -> None:
        self.commands: list[list[str]] = []

    def __call__(self, command: list[str], folder: Path, further: Mapping[str, str]) -> None:
        self.commands.append(command)
        if command[0] == "composer":
            assert further["COMPOSER_HOME"] == str(folder / "home")
            raise packages.NotInstalled("no registry")
        if command[0] == "gem":
            assert further["GEM_HOME"] == str(folder / "gems")
            raise packages.NotInstalled("no registry")
        if "download" in command:
            (folder / "a.deb").touch()


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Tools:
    made = Tools()
    monkeypatch.setattr(packages, "_execute", made)
    monkeypatch.setenv("CALLSHEET_CACHE", str(tmp_path))
    return made


def test_guzzle_comes_from_debian_in_the_same_version(tools: Tools) -> None:
    folder = packages.php(GUZZLE)
    assert (folder / "vendor" / "autoload.php").read_text().startswith("<?php\n")
    composer, download, extract = tools.commands
    assert composer == GUZZLE.split()
    assert "php-guzzlehttp-guzzle=7.4.5-*" in download
    assert extract == ["dpkg-deb", "--extract", str(folder / "debian" / "a.deb"), str(folder)]


def test_it_is_installed_once(tools: Tools) -> None:
    assert not packages.is_ready("php", GUZZLE)
    assert packages.php(GUZZLE) == packages.php(GUZZLE)
    assert packages.is_ready("php", GUZZLE)
    assert len(tools.commands) == 3


def test_another_version_is_not_had(tools: Tools) -> None:
    with pytest.raises(packages.NotInstalled, match="no registry"):
        packages.php("composer require guzzlehttp/guzzle:7.9.0")
    assert len(tools.commands) == 1


def test_nothing_is_unpacked_for_what_debian_does_not_have(tmp_path: Path) -> None:
    assert not packages_debian.vendor(tmp_path, ("composer", "require", "a/b:1"), Tools())
    assert list(tmp_path.iterdir()) == []


def test_a_gem_comes_from_debian_in_the_same_version(tools: Tools) -> None:
    own, debians = packages.ruby("gem install faraday -v 1.1.0")
    assert own.name == "gems"
    assert debians == own.parent / packages_debian.GEMS
    assert "ruby-faraday=1.1.0-*" in tools.commands[1]


def test_another_version_of_a_gem_is_not_had(tools: Tools) -> None:
    with pytest.raises(packages.NotInstalled, match="no registry"):
        packages.ruby("gem install faraday -v 2.14.0")
    assert len(tools.commands) == 1
