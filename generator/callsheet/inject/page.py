"""Wishes + the snippets of specs to blocks in a format: one hand-written page at a time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple, NoReturn, TypeVar

from callsheet.errors import UsageError, quoted, suggest
from callsheet.inject.wishes import PARTS, WishError, read
from callsheet.pages import formats
from callsheet.pages.blocks import Choice, Install, Tabs
from callsheet.pages.source import Calls, Document, locale_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from callsheet.inject.wishes import Wish
    from callsheet.pages.blocks import Block
    from callsheet.pages.formats import Format
    from callsheet.render import Snippet
    from callsheet.sheet import Sheet

    #: A block, or what makes it once all of the page are known.
    Later = Block | Callable[[], Block]

_Value = TypeVar("_Value")


class _Order(NamedTuple):
    """A block that can be printed: where it is, and where its wish's words stand."""

    document: Document
    number: int
    form: Format
    places: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Printed:
    """A block as a format prints it.

    Attributes:
        text: Without a line break at its end.
        form: The format.
    """

    text: str
    form: Format


class Page:
    """A page of somebody else's, which asks for blocks."""

    def __init__(self, path: Path, sheets: Mapping[str, Sheet], locale: str = "") -> None:
        """A page that has no blocks yet.

        Args:
            path: The page; its name may hold the locale.
            sheets: The name of a spec → its snippets.
            locale: Of the tool's own words, where neither a wish nor the path says.
        """
        self.path, self.sheets = path, sheets
        self.locale = locale_of(path.name) or locale
        self.blocks: list[Later] = []
        self.used: Counter[str] = Counter()

    def printed(
        self, wishes: Sequence[str | Wish], form: str, levels: Sequence[int] = ()
    ) -> list[Printed | WishError]:
        """All blocks of a page; some may sum up the others.

        Args:
            wishes: What each shall show, read or as it stands in the page.
            form: The format of those that name none.
            levels: Of the headings in each, where the format is HTML.

        Returns:
            Each block, or what is wrong with its wish.

        Raises:
            SpecError: A template failed.
        """
        orders = [self._ordered(wish, form) for wish in wishes]
        return [
            _print(order, level) for order, level in zip(orders, levels or repeat(2), strict=False)
        ]

    def _ordered(self, words: str | Wish, form: str) -> _Order | WishError:
        places: Mapping[str, tuple[int, int]] = {}
        try:
            wish = read(words) if isinstance(words, str) else words
            places = wish.places
            sheet = self._sheet(wish)
            document = self._document(sheet, wish)
            chosen = _format(wish.format or form, sheet)
            self.blocks.append(self._block(wish, document))
        except WishError as error:
            return error.placed(places)
        return _Order(document, len(self.blocks) - 1, chosen, places)

    def _document(self, sheet: Sheet, wish: Wish) -> Document:
        """The page in a wish's locale; its blocks are known to all of them."""
        locale = wish.locale or self.locale
        return Document(self.path, sheet, locale, blocks=self.blocks, used=self.used)

    def _sheet(self, wish: Wish) -> Sheet:
        if wish.spec and wish.spec not in self.sheets:
            message = f"unknown spec {quoted(wish.spec)}"
            raise WishError("spec", message, suggest(wish.spec, self.sheets))
        chosen = {wish.spec: self.sheets[wish.spec]} if wish.spec else self.sheets
        for example in wish.ids:
            chosen = {name: one for name, one in chosen.items() if example in one.requests} or (
                _unknown(example, chosen)
            )
        if len(chosen) > 1:
            names = " and ".join(map(quoted, chosen))
            way_out = f"say which is meant: `spec={next(iter(chosen))}`"
            raise WishError(next(iter(wish.ids), ""), f"this could be of {names}", way_out)
        return next(iter(chosen.values()))

    def _block(self, wish: Wish, document: Document) -> Later:
        if PARTS[wish.part][0]:
            getattr(Calls(document), wish.part)(*wish.ids)
            block = document.block(len(document.blocks) - 1)
            document.blocks.pop()
            return _narrowed(block, wish) if wish.langs else block
        return lambda: _narrowed(_summed(wish, document), wish)


def _print(order: _Order | WishError, level: int) -> Printed | WishError:
    if isinstance(order, WishError):
        return order
    try:
        return Printed(order.form.fragment(order.document, order.number, level), order.form)
    except WishError as error:
        return error.placed(order.places)


def _unknown(example: str, sheets: Mapping[str, Sheet]) -> NoReturn:
    known = [key for sheet in sheets.values() for key in sheet.requests]
    raise WishError(example, f"unknown example {quoted(example)}", suggest(example, known))


def _summed(wish: Wish, document: Document) -> Block:
    """A part that sums up the examples it names, or else the page's, or else the spec's."""
    source = Document(document.path, document.sheet, document.locale)
    shown = [block for block in document.blocks if isinstance(block, Tabs)]
    if wish.ids or not shown:
        for example in wish.ids or document.sheet.requests:
            Calls(source).tabs(example)
    else:
        source.blocks.extend(shown)
    if wish.langs:
        source.blocks = _only(source.blocks, wish.langs)
    getattr(Calls(source), wish.part)()
    return source.block(len(source.blocks) - 1)


def _narrowed(block: Block, wish: Wish) -> Block:
    """A block with the languages that a wish names; one snippet alone needs no tabs."""
    if isinstance(block, Install) and wish.langs:
        needs = {need.language.key: need for need in block.requirements}
        keys = dict.fromkeys(word.partition("/")[0] for word in wish.langs)
        return Install(tuple(needs[key] for key in keys))
    if not isinstance(block, Tabs):
        return block
    choices = _chosen(block, wish.langs) if wish.langs else block.choices
    alone = sum(len(choice.snippets) for choice in choices) == 1
    return replace(block, choices=choices, kind="code" if alone else block.kind)


def _only(blocks: Sequence[Later], words: Sequence[str]) -> list[Later]:
    """The tabs with what words choose; a word must mean something in one of them."""
    tabs = [(block, _words(block)) for block in blocks if isinstance(block, Tabs)]
    every = {word: snippets for _, known in tabs for word, snippets in known.items()}
    for word in words:
        _known(word, every)
    return [
        replace(block, choices=_chosen(block, [word for word in words if word in known]))
        for block, known in tabs
    ]


def _words(block: Tabs) -> dict[str, tuple[Snippet, ...]]:
    """What words such as `python` or `python/requests` choose."""
    return {choice.language.key: choice.snippets for choice in block.choices} | {
        f"{snippet.language.key}/{snippet.client.key}": (snippet,)
        for choice in block.choices
        for snippet in choice.snippets
    }


def _chosen(block: Tabs, words: Sequence[str]) -> tuple[Choice, ...]:
    """What words choose; a language has one tab."""
    known = _words(block)
    groups: dict[str, list[Snippet]] = {}
    for word in words:
        group = groups.setdefault(word.partition("/")[0], [])
        group += [snippet for snippet in _known(word, known) if snippet not in group]
    return tuple(Choice(group[0].language, tuple(group)) for group in groups.values())


def _known(word: str, known: Mapping[str, _Value]) -> _Value:
    if word not in known:
        message = f"{quoted(word)} is not printed here"
        raise WishError("langs", message, suggest(word, known))
    return known[word]


def _format(key: str, sheet: Sheet) -> Format:
    try:
        return formats.get(key, sheet.folders)
    except UsageError as error:
        message, _, way_out = str(error).partition("; ")
        raise WishError("format", message, way_out) from None
