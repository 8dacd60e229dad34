"""Words of the tool's own in a page's locale; a page's prose is the user's.

They are gettext catalogues in Babel's layout: `locales/<locale>/LC_MESSAGES/callsheet.po` here and
in users' template folders, whose words win. A word such as `copy` is the message's id, not the
English text, so that English can be amended, here and by users, as any other locale is.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from callsheet import resources
from callsheet.errors import suggest
from callsheet.pages import catalogue
from callsheet.spec.locales import DEFAULT, chain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


def label(word: str, locale: str, folders: tuple[Path, ...] = ()) -> str:
    """The text of a word in a locale, else in a more general one, else in English.

    Args:
        word: Such as `copy`.
        locale: Of the page, such as `zh-TW`; "" is English.
        folders: Template folders of the user's.

    Raises:
        LookupError: No catalogue has the word.
        SpecError: A catalogue cannot be read.
    """
    known = words(locale, folders)
    if word not in known:
        raise LookupError(f"no catalogue has the label `{word}`; {suggest(word, known)}")
    return known[word]


def translated(text: str, locale: str, folders: tuple[Path, ...] = ()) -> str:
    """A sentence that is written in English, such as a language's note, in a locale."""
    return words(locale, folders).get(text, text)


@cache
def words(locale: str, folders: tuple[Path, ...] = ()) -> Mapping[str, str]:
    """Word → text in a locale, what it lacks taken from those that may stand in for it."""
    english = words(DEFAULT) if folders or locale != DEFAULT else {}
    found: dict[str, str] = {}
    for tag in reversed(chain(locale)):
        for folder in (resources.package(), *reversed(folders)):
            for path in _catalogues(folder, tag):
                found |= catalogue.read(path, english)
    return found


def _catalogues(folder: Path, tag: str) -> Iterator[Path]:
    """A locale's catalogue in a folder; Babel writes `pt_BR` where a page says `pt-BR`."""
    for place in sorted(folder.glob("locales/*/LC_MESSAGES")):
        if place.parent.name.replace("_", "-").lower() == tag.lower():
            files = (place / "callsheet.po", place / "callsheet.mo")
            yield from [path for path in files if path.is_file()][:1]


def locale_name(locale: str) -> str:
    """A locale as its readers call it: `中文`; its code too where there may be several."""
    names: dict[str, str] = _cldr()["names"]
    for tag in chain(locale):
        if tag in names and f"{locale}-".startswith(f"{tag}-"):
            return names[tag] if tag == locale else f"{names[tag]} ({locale})"
    return locale


def direction(locale: str) -> str:
    """`ltr` or `rtl`: by the locale's script where it names one, else by its language."""
    language, *rest = locale.split("-")
    script = next((part.title() for part in rest if len(part) == 4 and part.isalpha()), "")  # noqa: PLR2004  ISO 15924
    backward = script in _cldr()["scripts"] if script else language in _cldr()["languages"]
    return "rtl" if backward else "ltr"


@cache
def _cldr() -> dict[str, Any]:
    """What the Unicode CLDR says: names of locales in themselves, and what is written leftward."""
    found: dict[str, Any] = json.loads((resources.package() / "locales/cldr.json").read_bytes())
    return found
