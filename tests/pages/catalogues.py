"""`make locales`: every catalogue gets the labels that templates and code use, and loses the rest.

`pybabel extract` and `pybabel update` do the same; their dates and names of nobody are left out.
"""

from __future__ import annotations

import tomllib
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from support import ROOT

if TYPE_CHECKING:
    from pathlib import Path

LOCALES = ROOT / "generator/callsheet/locales"
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: callsheet\\n"
"Language: {}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


@cache
def used(call: str, root: Path = ROOT) -> set[str]:
    """What stands in the calls of a name: `label`, or `message` for sentences in English."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    mappings = settings["tool"]["babel"]["mappings"]
    methods = [(mapping["pattern"], mapping["method"]) for mapping in mappings]
    found = extract_from_dir(root, methods, keywords={call: None})
    return {text for _, _, text, _, _ in found if isinstance(text, str)}


def files() -> list[Path]:
    return sorted(LOCALES.glob("*/LC_MESSAGES/callsheet.po"))


def locale_of(path: Path) -> str:
    return path.parents[1].name


def texts(path: Path) -> dict[str, str]:
    """Word → text of a catalogue as Babel reads it."""
    with path.open("rb") as stream:
        catalogue = read_po(stream)
    return {str(entry.id): str(entry.string) for entry in catalogue if entry.id}


def current(path: Path) -> str:
    """A catalogue with exactly what is used; what is new in it waits for its text."""
    english = texts(LOCALES / "en/LC_MESSAGES/callsheet.po")
    words = used("label") if locale_of(path) == "en" else used("label") | used("message")
    known = texts(path)
    catalogue = Catalog()
    for word in words:
        shown = [english[word]] if locale_of(path) != "en" and english.get(word) else []
        catalogue.add(word, known.get(word, ""), auto_comments=shown)
    stream = BytesIO()
    write_po(stream, catalogue, width=0, omit_header=True, sort_output=True)
    return HEADER.format(locale_of(path)) + stream.getvalue().decode().strip() + "\n"


if __name__ == "__main__":
    for file in files():
        file.write_text(current(file), "utf-8")
