"""A Spec and the user's choice to Cells, in the order of the spec."""

from __future__ import annotations

import re
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from callsheet import clients, languages
from callsheet.errors import Unsupported, UsageError, quoted, suggest
from callsheet.press import render_all
from callsheet.render import Snippet
from callsheet.request import build
from callsheet.sheet import all_chosen, check_words
from callsheet.verify.cells import Cell
from callsheet.verify.known import known_failure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callsheet.clients import Client
    from callsheet.options import Options
    from callsheet.request import Request
    from callsheet.spec.model import Example, Spec


def cells(spec: Spec, options: Options, examples: Sequence[str] = ()) -> list[Cell]:
    """Every cell that is chosen: what the pages print, unless the options name clients.

    Args:
        spec: The spec.
        options: Server, languages, clients and template folders; a client may be a pattern.
        examples: Patterns of example ids; none means all.

    Raises:
        SpecError: A template failed.
        UsageError: An option names what does not exist.
    """
    options = replace(options, clients=_named(spec, options))
    check_words(options, spec)
    orders = list(_orders(spec, options, examples))
    printed = render_all([order[1:] for order in orders], options.folders)
    return [
        _cell(spec, example, client, one)
        for (example, _, client), one in zip(orders, printed, strict=True)
    ]


def _orders(
    spec: Spec, options: Options, examples: Sequence[str]
) -> Iterator[tuple[Example, Request, Client]]:
    for endpoint in spec.endpoints:
        for example in endpoint.examples:
            if examples and not any(fnmatchcase(example.id, glob) for glob in examples):
                continue
            request = build(spec, endpoint, example)
            for client in all_chosen(spec, example, options):
                yield example, request, client


def _cell(spec: Spec, example: Example, client: Client, printed: Snippet | Unsupported) -> Cell:
    return Cell(
        example=example.id,
        language=client.language,
        client=client.key,
        position=example.position,
        snippet=printed if isinstance(printed, Snippet) else None,
        reason=printed.reason if isinstance(printed, Unsupported) else "",
        root=spec.root,
        known=known_failure(example.known_failures, client.language, client.key),
    )


def _named(spec: Spec, options: Options) -> tuple[str, ...]:
    """The clients that the options name, with each pattern written out."""
    found: dict[str, None] = {}
    for word in options.clients:
        if "*" not in word:
            found[word] = None
            continue
        fitting = [name for name in _every_client(spec, options) if fnmatchcase(name, word)]
        if not fitting:
            raise UsageError(f"no client is like {quoted(word)}; `*/*` is every one")
        found.update(dict.fromkeys(fitting))
    return tuple(found)


def _every_client(spec: Spec, options: Options) -> Iterator[str]:
    for language in languages.every(options.folders):
        if not options.languages or language.key in options.languages:
            own = {sdk.key for sdk in spec.sdks.values() if sdk.language == language.key}
            for key in {**clients.of_language(language.key, options.folders), **dict.fromkeys(own)}:
                yield f"{language.key}/{key}"


def check_examples(specs: Sequence[Spec], examples: Sequence[str]) -> None:
    """Refuses a pattern that fits no example: a misspelt one would verify nothing.

    Raises:
        UsageError: There is one.
    """
    ids = [
        example.id for spec in specs for endpoint in spec.endpoints for example in endpoint.examples
    ]
    for glob in examples:
        if not any(fnmatchcase(known, glob) for known in ids):
            raise UsageError(f"no example is like {quoted(glob)}; {suggest(glob, ids)}")


def part(found: Sequence[Cell], shard: str) -> list[Cell]:
    """The cells of one shard of several, which lie side by side.

    Args:
        found: All cells.
        shard: `i/n`, from 1; "" is all of them.

    Raises:
        UsageError: It is no shard.
    """
    if not shard:
        return list(found)
    number, count = shard_of(shard)
    return list(found[len(found) * (number - 1) // count : len(found) * number // count])


def shard_of(text: str) -> tuple[int, int]:
    """A shard's number, from 1, and how many there are.

    Raises:
        UsageError: It is no shard.
    """
    first, _, second = text.partition("/")
    digits = all(re.fullmatch("[0-9]{1,9}", word) for word in (first, second))
    if not digits or not 1 <= int(first) <= int(second):
        raise UsageError(f"{quoted(text)} is no shard; the second of four is `2/4`")
    return int(first), int(second)
