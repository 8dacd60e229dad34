"""Spec + options to a Sheet: every snippet of every example, and what could not be printed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from callsheet import clients, languages, proven
from callsheet.errors import Diagnostic, Unsupported, UsageError
from callsheet.press import render_all
from callsheet.render import Snippet
from callsheet.request import Request, build

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from callsheet.clients import Client
    from callsheet.options import Options
    from callsheet.proven import Proof
    from callsheet.spec.model import Endpoint, Example, Spec


@dataclass(frozen=True, slots=True)
class Sheet:
    """A spec's snippets, in the spec's order.

    Attributes:
        spec: The spec.
        snippets: Example id → its snippets, in the order of the tabs.
        requests: Example id → its request.
        warnings: What a client could not do.
        folders: The user's template folders.
        proofs: SHA-256 of a snippet's text → its proof; None where no report was given.
    """

    spec: Spec
    snippets: dict[str, tuple[Snippet, ...]] = field(default_factory=dict)
    requests: dict[str, Request] = field(default_factory=dict)
    warnings: list[Diagnostic] = field(default_factory=list)
    folders: tuple[Path, ...] = ()
    proofs: Mapping[str, Proof] | None = None

    def proof(self, snippet: Snippet) -> Proof | None:
        """What was proven of a snippet's very text, its runtime as readers call it."""
        found = (self.proofs or {}).get(sha256(snippet.text.encode()).hexdigest())
        if found is None:
            return None
        names = {snippet.language.runtime.command: snippet.language.platform}
        return replace(
            found, versions={names.get(key, key): word for key, word in found.versions.items()}
        )


def read(path: Path, options: Options) -> Spec:
    """A spec, with the server and the templates of the options.

    Raises:
        SpecError: It has faults.
        UsageError: The options' server is none.
    """
    from callsheet.spec.format import server_complaint
    from callsheet.spec.read import load

    complaint = server_complaint(options.server) if options.server else None
    if complaint:
        raise UsageError(": ".join(complaint))
    return load(path, server=options.server, catalog=clients.catalog(options.folders))


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
        UsageError: An option names what does not exist, or a report that is none.
    """
    check_words(options, spec)
    proofs = proven.read(options.verified) if options.verified else None
    made = Sheet(spec, folders=options.folders, proofs=proofs)
    orders: list[tuple[Endpoint, Example, Client]] = []
    for endpoint in spec.endpoints:
        for example in endpoint.examples:
            made.requests[example.id] = build(spec, endpoint, example)
            orders += [(endpoint, example, client) for client in all_chosen(spec, example, options)]
    printed = render_all(
        [(made.requests[example.id], client) for _, example, client in orders], options.folders
    )
    found: dict[str, list[Snippet]] = {key: [] for key in made.requests}
    for (endpoint, example, client), one in zip(orders, printed, strict=True):
        if isinstance(one, Snippet):
            found[example.id].append(one)
        elif client.sdk is None or f"{client.language}/{client.key}" in options.clients:
            made.warnings.append(_warning(endpoint, example, client, one))
    made.snippets.update((key, tuple(group)) for key, group in found.items())
    return made


def all_chosen(spec: Spec, example: Example, options: Options) -> Iterator[Client]:
    """The clients that an example prints, in the order of the tabs."""
    for language in languages.every(options.folders):
        yield from chosen(spec, example, language.key, options)


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
