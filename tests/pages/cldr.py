"""What pages need of the Unicode CLDR, written by `make locales` from Babel's copy of it."""

from __future__ import annotations

import json

from babel import Locale, localedata
from babel.core import get_global

from support import ROOT

FILE = ROOT / "generator/callsheet/locales/cldr.json"
#: Scripts that are written from right to left (CLDR: scriptMetadata).
SCRIPTS = [
    "Adlm",
    "Arab",
    "Armi",
    "Avst",
    "Chrs",
    "Cprt",
    "Elym",
    "Hatr",
    "Hebr",
    "Hung",
    "Khar",
    "Lydi",
    "Mand",
    "Mani",
    "Mend",
    "Merc",
    "Mero",
    "Narb",
    "Nbat",
    "Nkoo",
    "Orkh",
    "Ougr",
    "Palm",
    "Phli",
    "Phlp",
    "Phnx",
    "Prti",
    "Rohg",
    "Samr",
    "Sarb",
    "Sogd",
    "Sogo",
    "Syrc",
    "Thaa",
    "Yezi",
]


def text() -> str:
    """The file's text: names of languages in themselves, and what is written leftward."""
    likely = get_global("likely_subtags")
    leftward = sorted(
        language
        for language, full in likely.items()
        if "_" not in language and set(full.split("_")) & set(SCRIPTS)
    )
    names = {tag.replace("_", "-"): name for tag, name in sorted(_names().items())}
    data = {"languages": leftward, "names": names, "scripts": SCRIPTS}
    return json.dumps(data, ensure_ascii=False, indent=0) + "\n"


def _names() -> dict[str, str]:
    """Of languages, and of languages in a script; a territory's code is read by itself."""
    found = {}
    for tag in localedata.locale_identifiers():
        language, *rest = tag.split("_")
        if not rest or (len(rest) == 1 and len(rest[0]) == 4):
            locale = Locale.parse(tag)
            found[tag] = locale.get_display_name(locale) or language
    return found


if __name__ == "__main__":
    FILE.write_text(text(), "utf-8")
