"""YAML text to nodes: YAML 1.2, places kept, duplicate keys and alias bombs refused."""

from __future__ import annotations

import gc
import io
from codecs import BOM_UTF8
from contextlib import contextmanager
from typing import TYPE_CHECKING

import yaml

from callsheet.errors import Diagnostic, SpecError
from callsheet.spec.composer import Composer
from callsheet.spec.files import near_file
from callsheet.spec.limits import MAX_BYTES
from callsheet.spec.source import Source
from callsheet.spec.syntax import reader_fault, syntax_fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from callsheet.spec.nodes import Node


class PythonParser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
    """PyYAML's parser in Python, for where libyaml is missing: slower, same events."""

    def __init__(self, stream: io.StringIO) -> None:
        yaml.reader.Reader.__init__(self, stream)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)


try:
    from yaml._yaml import CParser as Parser
except ImportError:
    Parser = PythonParser  # type: ignore[assignment, misc]


class _Stream(io.StringIO):
    """Text with a name, which every mark repeats."""

    def __init__(self, text: str, name: Source) -> None:
        super().__init__(text, newline="")
        self.name = name


@contextmanager
def collector_off() -> Iterator[None]:
    """The garbage collector off while many nodes are made, which takes half the time or less."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def read_text(path: Path, name: str) -> str:
    """Text of a file, without a byte order mark.

    Raises:
        SpecError: The file is missing, a folder, not readable, too large or not UTF-8.
    """
    try:
        with path.open("rb") as stream:
            data = b"".join(_pieces(stream)).removeprefix(BOM_UTF8)
    except FileNotFoundError:
        way_out = near_file(path) or "is the path right? It starts in the current folder"
        raise _unreadable(name, "there is no such file", way_out) from None
    except IsADirectoryError:
        raise _unreadable(name, "this is a folder", "name a file in it") from None
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        message = f"this file cannot be read: {reason}"
        raise _unreadable(name, message, "check its name and permissions") from None
    if len(data) > MAX_BYTES:
        message = f"this file is larger than {MAX_BYTES / 1_000_000:g} MB"
        raise _unreadable(name, message, "split it: a folder of files is one spec")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise SpecError([_encoding_fault(data, error.start, name)]) from None


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    """A file's bytes, but not many more than may be; it may be an endless device."""
    size = 0
    while size <= MAX_BYTES and (piece := stream.read(1 << 20)):
        size += len(piece)
        yield piece


def _unreadable(name: str, message: str, way_out: str) -> SpecError:
    return SpecError([Diagnostic(name, 0, 0, "CS001", message, way_out)])


def _encoding_fault(data: bytes, at: int, name: str) -> Diagnostic:
    source = Source(name, data.decode(errors="replace"))
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    way_out = "this looks like UTF-16; save the file as UTF-8" if wide else "save the file as UTF-8"
    message = f"the byte 0x{data[at]:02x} is not UTF-8"
    return source.fault(source.place(len(data[:at].decode())), "CS002", message, way_out)


def compose(text: str, name: str, faults: list[Diagnostic] | None = None) -> Node:
    """The root node of one YAML document.

    Args:
        text: The document.
        name: The file's name as diagnostics shall print it.
        faults: Where faults are noted that leave a tree to read; without it they are raised.

    Raises:
        SpecError: Syntax, duplicate keys, unknown tags, or aliases that explode.
    """
    source = Source(name, text)
    with collector_off():
        root, found = _parse(source)
    if root is None:
        way_out = "`callsheet init` writes a small spec to start from"
        found = [Diagnostic(name, 0, 0, "CS101", "the file is empty", way_out)]
    if root is None or (found and faults is None):
        raise SpecError(found)
    if faults is not None:
        faults += found
    return root


def _parse(source: Source) -> tuple[Node | None, list[Diagnostic]]:
    broken = reader_fault(source)
    if broken is not None:
        raise SpecError([broken])
    text, hidden = _hide_breaks(source.text)
    parser = Parser(_Stream(text, source))
    composer = Composer(source, parser.get_event, hidden)
    try:
        return composer.compose(), composer.faults
    except yaml.MarkedYAMLError as error:
        raise SpecError([*composer.faults, syntax_fault(error, source)]) from None
    finally:
        parser.dispose()


#: YAML 1.1 breaks lines here, and so does libyaml; YAML 1.2 does not (section 5.4).
_OLD_BREAKS = ("\x85", "\u2028", "\u2029")
_PRIVATE_USE = range(0xE000, 0xF900)


def _hide_breaks(text: str) -> tuple[str, dict[int, str]]:
    """The text with other characters where libyaml would break a line, and the way back."""
    if not any(char in text for char in _OLD_BREAKS):
        return text, {}
    used = set(text)
    free = (code for code in _PRIVATE_USE if chr(code) not in used)
    hidden = dict(zip(free, _OLD_BREAKS, strict=False))
    return text.translate({ord(char): code for code, char in hidden.items()}), hidden
