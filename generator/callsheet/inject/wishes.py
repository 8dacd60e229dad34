"""What a marker or a directive asks for: `create-order langs="curl,python"` to a Wish."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from callsheet.errors import quoted, suggest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: Option → what it is, as `callsheet inject --help` and the errors name it.
OPTIONS = {
    "part": "what is shown: `tabs`, `response`, `install` or `environment`",
    "langs": "only these, such as `curl,python/requests`",
    "format": "a page format, such as `mkdocs`",
    "locale": "of the tool's own words, such as `zh`",
    "spec": "the name of a spec, where several hold the example",
}
#: Part → how many examples it takes, least and most; one that takes none sums up the page.
PARTS = {"tabs": (1, 1), "response": (1, 99), "install": (0, 99), "environment": (0, 99)}
#: `key=value`, its value in quotes or without spaces; or a word.
_WORD = re.compile(
    r"""(?P<key>[\w-]+)=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<plain>[^\s"']*))(?=\s|\Z)"""
    r"""|(?P<word>[^\s="']+)(?=\s|\Z)|(?P<bad>\S+)"""
)


class WishError(Exception):
    """What is asked for cannot be had; its message is the fault.

    Attributes:
        word: The option, or the example's id, that is at fault.
        help: The way out.
        place: (index, length) in the wish's text, where it cannot be read.
    """

    def __init__(
        self, word: str, message: str, way_out: str, place: tuple[int, int] | None = None
    ) -> None:
        self.word, self.help, self.place = word, way_out, place
        super().__init__(message)

    def placed(self, places: Mapping[str, tuple[int, int]]) -> WishError:
        """The same, with the place of its word."""
        return WishError(self.word, str(self), self.help, self.place or places.get(self.word))


@dataclass(frozen=True, slots=True)
class Wish:
    """What shall stand at a place.

    Attributes:
        ids: The examples'; none where a part sums up the page.
        part: One of PARTS.
        langs: Languages or `language/client`, in the order of the tabs; empty means all.
        format: A page format; "" leaves it to the file.
        locale: Of the tool's own words; "" leaves it to the file's name.
        spec: Name of a spec; "" is whichever holds the example.
        places: Option or id → (index, length) of its text.
    """

    ids: tuple[str, ...] = ()
    part: str = "tabs"
    langs: tuple[str, ...] = ()
    format: str = ""
    locale: str = ""
    spec: str = ""
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict, compare=False)


def read(text: str) -> Wish:
    """A wish as it stands in a marker.

    Raises:
        WishError: An option is unknown or repeated, or the text cannot be read.
    """
    ids, words, places = _words(text, OPTIONS)
    try:
        return replace(wish(ids, words), places=places)
    except WishError as error:
        raise error.placed(places) from None


def wish(ids: Sequence[str], words: Mapping[str, str]) -> Wish:
    """A wish from the examples it names and its options.

    Raises:
        WishError: There is no such part, or it takes fewer examples, or more.
    """
    part = words.get("part", "tabs")
    if part not in PARTS:
        raise WishError("part", f"unknown part {quoted(part)}", suggest(part, PARTS))
    least, most = PARTS[part]
    if len(ids) < least:
        raise WishError("", f"the {part} of which example?", "name its id")
    if len(ids) > most:
        way_out = "give each a place of its own"
        raise WishError(ids[most], f"the {part} of one example stand in one place", way_out)
    langs = tuple(filter(None, (word.strip() for word in words.get("langs", "").split(","))))
    if langs and part not in ("tabs", "install"):
        raise WishError("langs", f"`langs` has no meaning for part `{part}`", "remove it")
    form = words.get("format", "auto")
    more = (words.get("locale", ""), words.get("spec", ""))
    return Wish(tuple(ids), part, langs, "" if form == "auto" else form, *more)


def hash_of(text: str) -> str:
    """The hash in an end marker; "" where there is none.

    Raises:
        WishError: The text holds something else.
    """
    ids, words, places = _words(text, {"sha": ""})
    if ids:
        way_out = "examples are named behind `callsheet:begin`"
        raise WishError(ids[0], "an end marker names no example", way_out, places[ids[0]])
    return words.get("sha", "")


_Places = dict[str, tuple[int, int]]


def _words(text: str, known: Mapping[str, str]) -> tuple[list[str], dict[str, str], _Places]:
    """The ids, the options, and where each stands."""
    words: dict[str, str] = {}
    places: _Places = {}
    for found in _WORD.finditer(text):
        key, place = found["key"] or found["word"] or "", (found.start(), len(found[0]))
        if found["bad"]:
            way_out = 'options are written as in langs="curl,python"'
            raise WishError("", f"{quoted(found[0])} cannot be read", way_out, place)
        if found["key"] and key not in known:
            raise WishError(key, f"unknown option {quoted(key)}", suggest(key, known), place)
        if key in places:
            raise WishError(key, f"{quoted(key)} stands here twice", "keep one", place)
        places[key] = place
        if found["key"]:
            words[key] = found["double"] or found["single"] or found["plain"] or ""
    return [key for key in places if key not in words], words, places
