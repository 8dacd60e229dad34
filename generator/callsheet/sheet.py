"""Spec + options to a Sheet: every snippet of every example, and what could not be printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from callsheet import clients, languages
from callsheet.errors import Diagnostic, Unsupported, UsageError
from callsheet.render import Snippet, render
from callsheet.request import Request, build

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.clients import Client
    from callsheet.options import Options
    from callsheet.spec.model import Endpoint, Example, Spec


@dataclass(frozen=True, slots=True)
class Sheet:
    """A spec's snippets, in the spec's order.

    Attributes:
        spec: The spec.
        snippets: Example id → its snippets, in the order of the tabs.
        requests: Example id → its request.
        warnings: What a client could not do.
    """

    spec: Spec
    snippets: dict[str, tuple[Snippet, ...]] = field(default_factory=dict)
    requests: dict[str, Request] = field(default_factory=dict)
    warnings: list[Diagnostic] = field(default_factory=list)


def check_words(options: Options, spec: Spec) -> None:
    """Every word of the options names something.

    Raises:
        UsageError: A language or client does not exist.
    """
    for key in options.languages:
        languages.get(key, options.folders)
    for word in options.clients:
        language, slash, key = word.partition("/")
        if not slash:
            raise UsageError(f"a client is named as in `python/requests`, not `{word}`")
        languages.get(language, options.folders)
        clients.find(spec, language, key, options.folders)


def sheet(spec: Spec, options: Options) -> Sheet:
    """Every snippet of a spec.

    Raises:
        SpecError: A template failed.
        UsageError: An option names what does not exist.
    """
    check_words(options, spec)
    made = Sheet(spec)
    for endpoint in spec.endpoints:
        for example in endpoint.examples:
            request = build(spec, endpoint, example)
            made.requests[example.id] = request
            made.snippets[example.id] = tuple(_snippets(made, endpoint, example, request, options))
    return made


def _snippets(
    made: Sheet, endpoint: Endpoint, example: Example, request: Request, options: Options
) -> Iterator[Snippet]:
    for language in languages.every(options.folders):
        for client in chosen(made.spec, example, language.key, options):
            try:
                yield render(request, client, options.folders)
            except Unsupported as error:
                if client.sdk is None or f"{client.language}/{client.key}" in options.clients:
                    made.warnings.append(_warning(endpoint, example, client, error))


def chosen(spec: Spec, example: Example, language: str, options: Options) -> list[Client]:
    """The clients that an example prints in a language.

    What the options name; else what the spec names, and the language's plain HTTP client where
    that is one SDK; else the plain HTTP client.
    """
    if options.clients:
        named = [
            word.partition("/")[2] for word in options.clients if word.startswith(f"{language}/")
        ]
    elif options.languages and language not in options.languages:
        named = []
    else:
        plain = languages.get(language, options.folders).client
        named = list(example.clients.get(language, (plain,)))
        named += [plain] if len(named) == 1 and named[0] != plain else []
    return [clients.find(spec, language, key, options.folders) for key in named]


def _warning(
    endpoint: Endpoint, example: Example, client: Client, error: Unsupported
) -> Diagnostic:
    where = example.position
    message = f"no {client.language}/{client.key} snippet for `{endpoint.id}.{example.id}`"
    return Diagnostic(where.file, where.line, where.column, "CS401", f"{message}: {error}")
