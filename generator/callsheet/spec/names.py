"""What is wrong with a name that a shell, a package registry or a file system reads.

A name can be no option, no other command and no other place: it is refused rather than quoted.
"""

from __future__ import annotations

import re
from typing import Final

from callsheet.errors import quoted
from callsheet.spec.source import Complaint

WORD: Final = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"
#: A package of any registry: `requests`, `@acme/sdk`, `vendor/name`, `group:artifact`,
#: `example.com/module/v2`, `name[extra,extra]`.
PACKAGE: Final = rf"@?{WORD}(?:/{WORD})*(?::{WORD})?(?:\[{WORD}(?:,{WORD})*\])?"
#: Versions of PEP 440, SemVer, Maven and NuGet.
VERSION: Final = r"v?[0-9][A-Za-z0-9]*(?:[.+!_-][A-Za-z0-9]+)*"

#: Words of an install command: the tool's, an option that names the version, what is installed.
_INSTALL_WORD: Final = re.compile(
    rf"[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*|-v|--version|\{{version\}}"
    rf"|(?:\{{name\}}|{PACKAGE})(?:(?:==|[@:=])(?:\{{version\}}|{VERSION}))?"
)
#: A line of a Gradle build: https://docs.gradle.org/current/userguide/declaring_dependencies.html
_INSTALL_LINE: Final = re.compile(
    r"[A-Za-z]+\((?:\"\{name\}:\{version\}\"|'\{name\}:\{version\}')\)"
)
_INSTALL_HELP: Final = "as in `pip install {name}=={version}`; it is one command without options"

#: Names of devices: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_DEVICE: Final = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE
)
#: The same page: what no file's name may hold.
_NOT_IN_FILES: Final = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
#: File systems take 255 bytes, of which an ending and the mark of an unfinished file need some.
LONGEST_NAME: Final = 200


def package_name(text: str) -> Complaint | None:
    """The name of a package in its registry."""
    if re.fullmatch(PACKAGE, text):
        return None
    return Complaint(f"{_said(text)} is not the name of a package", "as in `requests`, `@acme/sdk`")


def package_version(text: str) -> Complaint | None:
    """One version of a package."""
    if re.fullmatch(VERSION, text):
        return None
    return Complaint(f"{_said(text)} is not a version", "one version, as in `1.4.2`")


def lowest_version(text: str) -> Complaint | None:
    """The lowest version of a language."""
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)*", text):
        return None
    return Complaint(f"{_said(text)} is not a version", "numbers and dots, as in `3.10`")


def install_command(text: str) -> Complaint | None:
    """A command with `{name}` and `{version}` to fill in."""
    unknown = re.search(r"\{(?!(?:name|version)\})[^{}]*\}?|(?<!name)(?<!version)\}", text)
    if unknown is not None:
        known = "known: `{name}`, `{version}`"
        return Complaint(f"{quoted(unknown[0])} is not filled in", known, *unknown.span())
    if _INSTALL_LINE.fullmatch(text):
        return None
    at = 0
    for word in text.split(" "):
        if not _INSTALL_WORD.fullmatch(word):
            message = f"{quoted(word)} cannot stand in an install command"
            return Complaint(message, _INSTALL_HELP, at, at + max(1, len(word)))
        at += len(word) + 1
    return None if " " in text else Complaint(f"{quoted(text)} installs nothing", _INSTALL_HELP)


def file_stem(text: str) -> Complaint | None:
    """What a file or a folder is named after, on every system."""
    if len(text.encode()) > LONGEST_NAME:
        message = f"{quoted(text)} is longer than {LONGEST_NAME} bytes"
        return Complaint(message, "it names a file; shorten it")
    found = _NOT_IN_FILES.search(text)
    if found or not text.isprintable():
        message = f"{quoted(text)} cannot name a file on every system"
        return Complaint(message, 'control characters and `<>:"/\\|?*` are not allowed')
    if _DEVICE.fullmatch(text):
        message = f"{quoted(text)} names a device on Windows"
        return Complaint(message, "it names a file; take another name")
    return None


def setting(text: str) -> Complaint | None:
    """The value of a variable, as a reader's shell takes it: one line, all of it to be seen."""
    found = next((index for index, char in enumerate(text) if not char.isprintable()), None)
    if found is None:
        return None
    message = f"a variable's value cannot hold {_code(text[found])}"
    return Complaint(message, "a reader sets it on one line of a shell", found, found + 1)


def _said(text: str) -> str:
    return quoted(text) if text else "empty text"


def _code(char: str) -> str:
    return "a line break" if char in "\r\n" else f"U+{ord(char):04X}"
