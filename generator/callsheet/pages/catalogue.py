"""A gettext catalogue to its words: `callsheet.po` as Babel and translators write it, or `.mo`.

A `.po` is read as it is, so that nobody has to compile what they change, and nothing but the
standard library is loaded. It is the part of the format that labels need: no contexts, no plurals.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

from callsheet.errors import Diagnostic, SpecError
from callsheet.spec.load import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

#: https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
_LINE = re.compile(r'\s*(?:([a-z_]+)(?:\[\d+\])?\s+)?"((?:[^"\\]|\\["\\abfnrtv])*)"\s*')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
#: What is filled in, or a brace that is none of that.
_HOLE = re.compile(r"\{\w*\}|[{}]")
_WAY_OUT = 'an entry is `msgid "word"` and below it `msgstr "its text"`'


def read(path: Path, holes: Mapping[str, str]) -> dict[str, str]:
    """Word → text of a catalogue; what is untranslated or marked `fuzzy` is left out.

    Args:
        path: A `.po` or a `.mo` file.
        holes: Word → English text, whose `{names}` are all that a text may hold.

    Raises:
        SpecError: It is no catalogue, or a text holds a name that nothing fills.
    """
    return _compiled(path, holes) if path.suffix == ".mo" else _source(path, holes)


def _compiled(path: Path, holes: Mapping[str, str]) -> dict[str, str]:
    import struct
    from gettext import GNUTranslations

    try:
        with path.open("rb") as stream:
            read: dict[str, str] = GNUTranslations(stream)._catalog  # type: ignore[attr-defined]  # noqa: SLF001  the one way to list it
    except (OSError, ValueError, LookupError, struct.error) as error:
        _refuse(path, 0, f"this is no compiled catalogue: {error}", "`msgfmt` makes one of a `.po`")
    found = {word: text for word, text in read.items() if word and isinstance(text, str)}
    for word, text in found.items():
        _check(path, 0, text, holes.get(word, text))
    return found


def _source(path: Path, holes: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    word, fuzzy = "", False
    for line, keyword, text in _statements(path):
        if keyword == "fuzzy":
            fuzzy = True
        elif keyword == "msgid":
            word = text
        elif word in found:
            _refuse(path, line, f"`{word}` stands twice", "leave one of the two")
        else:
            if word and text and not fuzzy:
                _check(path, line, text, holes.get(word, text))
                found[word] = text
            fuzzy = False
    return found


def _statements(path: Path) -> Iterator[tuple[int, str, str]]:
    """(line, keyword, text) of each statement; `fuzzy` is one for the entry that follows."""
    number, keyword, text = 0, "", ""
    for line, written in enumerate(read_text(path, str(path)).split("\n"), 1):
        match = _LINE.fullmatch(written)
        if match and not match[1] and keyword:
            text += _unescaped(match[2])
            continue
        if keyword:
            yield number, keyword, text
            keyword = ""
        if match and match[1] in ("msgid", "msgstr"):
            number, keyword, text = line, match[1], _unescaped(match[2])
        elif written.startswith("#,") and "fuzzy" in written:
            yield line, "fuzzy", ""
        elif written.strip() and not written.startswith("#"):
            _refuse(path, line, "this line is none of a catalogue of labels", _WAY_OUT)
    if keyword:
        yield number, keyword, text


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]), text)


def _check(path: Path, line: int, text: str, english: str) -> None:
    """Nothing stands in a text's braces but what is filled in."""
    known = _HOLE.findall(english)
    for hole in _HOLE.findall(text):
        if hole not in known:
            may = ", ".join(f"`{one}`" for one in known) or "none"
            _refuse(path, line, f"nothing fills `{hole}` in", f"filled in here: {may}")


def _refuse(path: Path, line: int, message: str, way_out: str) -> NoReturn:
    lines = read_text(path, str(path)).split("\n") if line else []
    source = lines[line - 1] if lines else ""
    column = 1 if line else 0
    raise SpecError([Diagnostic(str(path), line, column, "CS503", message, way_out, source)])
