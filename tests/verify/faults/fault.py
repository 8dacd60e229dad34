"""A seeded fault: how each language's snippet is edited for it, and what the verifier must say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet import clients, languages
from callsheet.render import render
from callsheet.request import build
from callsheet.spec.read import load

if TYPE_CHECKING:
    from collections.abc import Mapping

    from callsheet.render import Snippet
    from callsheet.request import Request

SPECS = Path(__file__).parents[2] / "specs"
#: A column of the table: a language, or `language/client` where that is not its plain client.
LANGUAGES = tuple(language.key for language in languages.every())

#: Old and new text, one after another; each old text must stand there once.
Edit = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to be wrong.

    Attributes:
        name: The words of the table.
        example: The example of the spec whose snippets are spoiled.
        places: `Difference.what` of everything that must be found, and of nothing else.
        edits: Column → edit, or why no program of the column can be wrong like that.
        more: Column → what must be found beside `places` there, as a consequence.
        issue: Whether it is one of those that may never be missing.
    """

    name: str
    example: str
    places: tuple[str, ...]
    edits: Mapping[str, Edit | str]
    more: Mapping[str, tuple[str, ...]]
    issue: bool = False

    def expected(self, column: str) -> set[str]:
        return {*self.places, *self.more.get(column, ())}

    def spoiled(self, column: str) -> Snippet:
        """The right program with each edit made once."""
        snippet, edit = base(self.example, column), self.edits[column]
        assert not isinstance(edit, str)
        text = snippet.text
        for old, new in edit:
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in\n{text}"
            text = text.replace(old, new)
        assert text != snippet.text
        return replace(snippet, text=text)


def fault(
    name: str,
    example: str,
    places: str | tuple[str, ...],
    each: Edit | Mapping[str, Edit | str] = (),
    *,
    issue: bool = False,
    more: Mapping[str, tuple[str, ...]] | None = None,
    columns: tuple[str, ...] = LANGUAGES,
    **by_column: Edit | str,
) -> Fault:
    """A fault of edits: `each` for all columns or by column, unless a keyword names another."""
    common = dict.fromkeys(columns, each) if isinstance(each, tuple) else each
    edits: dict[str, Edit | str] = {**common, **by_column}
    assert set(edits) == set(columns), f"{name}: {set(columns) ^ set(edits)}"
    assert all(edits.values())
    found = (places,) if isinstance(places, str) else places
    ordered = {key: edits[key] for key in columns}
    return Fault(name, example, found, ordered, more or {}, issue)


@cache
def _requests() -> dict[str, Request]:
    spec = load(SPECS / "faults.yaml")
    return {
        example.id: build(spec, endpoint, example)
        for endpoint in spec.endpoints
        for example in endpoint.examples
    }


@cache
def base(example: str, column: str) -> Snippet:
    """The right program. That of `parts` is proven against what `multipart` declares."""
    requests = _requests()
    language, _, client = column.partition("/")
    plain = languages.get(language).client
    snippet = render(requests[example], clients.find(None, language, client or plain))
    return replace(snippet, request=requests["multipart"]) if example == "parts" else snippet
