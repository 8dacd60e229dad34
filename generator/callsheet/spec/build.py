"""Records to endpoints and examples: defaults filled in, names resolved, all parts built."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from callsheet.errors import SpecError, nearest, quoted, suggest
from callsheet.spec.auth import header_of
from callsheet.spec.bodies import body_of, response_of
from callsheet.spec.known import known_failures_of
from callsheet.spec.model import Endpoint, Example, Localized, Position
from callsheet.spec.nodes import ScalarNode
from callsheet.spec.prints import prints_of
from callsheet.spec.texts import path_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from callsheet.spec.context import Context
    from callsheet.spec.model import Auth, KnownFailure, Pairs, Response, Steps
    from callsheet.spec.nodes import Node
    from callsheet.spec.record import Rec
    from callsheet.values import Text

#: Language → clients, each with its node, and the language's key node.
Clients = dict[str, tuple[tuple[tuple[str, "Node"], ...], "ScalarNode"]]


def localized(value: str | dict[str, tuple[str, ScalarNode]] | None) -> Localized:
    """A text, a mapping of locales to texts, or nothing."""
    if value is None:
        return Localized({})
    if isinstance(value, str):
        return Localized({"": value})
    return Localized({locale: text for locale, (text, _) in value.items()})


def position_of(node: Node) -> Position:
    """Where a node stands."""
    mark = node.mark
    return Position(str(mark.name), mark.line + 1, mark.column + 1)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads endpoints with the spec's auth styles and default clients at hand.

    Attributes:
        context: Where faults are noted.
        auths: The auth styles by name; None where one is at fault.
        auth_names: Their names; None where they cannot be known.
        clients: The spec's default clients.
        sdks: Names of the spec's own bindings; None where they cannot be known.
    """

    context: Context
    auths: Mapping[str, Auth | None]
    auth_names: frozenset[str] | None
    clients: Clients
    sdks: frozenset[str] | None

    def endpoint(self, endpoint_id: str, rec: Rec, key_node: Node) -> Endpoint | None:
        """An endpoint with its examples; None where its request line is at fault."""
        line: str = rec.get("request", "")
        written = rec.nodes.get("request")
        path = path_of(written.value) if isinstance(written, ScalarNode) else ""
        self.check_clients(rec.get("clients", {}))
        method = line.partition(" ")[0]
        given = _Given(rec, method, path, self._auth(rec), self._known_failures(rec))
        examples = tuple(
            self._example(example_id, value, given, node)
            for example_id, (value, node) in rec.get("examples", {}).items()
        )
        if not line:
            return None
        texts = localized(rec.get("title")), localized(rec.get("description"))
        return Endpoint(endpoint_id, *texts, method, path, examples, position_of(key_node))

    def _example(self, example_id: str, rec: Rec, given: _Given, node: Node) -> Example:
        """An example; what it does not say is its endpoint's."""
        self.check_clients(rec.get("clients", {}))
        response = response_of(rec, self.context)
        endpoint = given.endpoint
        headers = _headers(endpoint, rec)
        return Example(
            id=example_id,
            title=localized(rec.get("title")),
            description=localized(rec.get("description")),
            path=self._path(rec, given.path),
            query=_pairs(endpoint, rec, "query"),
            headers=headers,
            cookies=_pairs(endpoint, rec, "cookies"),
            auth=self._senders(rec, given, headers),
            body=body_of(rec, self.context),
            response=response,
            prints=self._prints(rec, given, response),
            clients=_clients(self.clients, endpoint.get("clients", {}), rec.get("clients", {})),
            position=position_of(node),
            known_failures=(*self._known_failures(rec), *given.known_failures),
        )

    def _auth(self, rec: Rec) -> tuple[Auth, ...]:
        found: list[Auth] = []
        for name, node in rec.get("auth", ()):
            auth = self.auths.get(name)
            if auth is not None:
                found.append(auth)
            elif name != "none" and self.auth_names is not None and name not in self.auth_names:
                known = [*self.auth_names, "none"]
                message = f"unknown auth style {quoted(name)}"
                self.context.unknown(node, "CS301", message, known)
        return tuple(found)

    def _senders(self, rec: Rec, given: _Given, headers: Pairs) -> tuple[Auth, ...]:
        """The auth styles of an example; a header that two would send is a fault."""
        own = "auth" in rec.keys
        found = self._auth(rec) if own else given.auth
        names = [name.lower() for name, _ in headers]
        for name in filter(None, map(header_of, found)):
            if name.lower() in names:
                message = f"{quoted(name)} would be sent twice"
                way_out = "name one auth style for a header, or none and declare the header"
                node = (rec if own else given.endpoint).at("auth")
                self.context.fault(node, "CS204", message, way_out)
            names.append(name.lower())
        return found

    def _prints(self, rec: Rec, given: _Given, response: Response) -> Steps:
        if given.method == "HEAD" and "prints" in rec.keys:
            message = "an answer to HEAD has no content to print"
            self.context.fault(rec.keys["prints"], "CS204", message, "remove `prints`")
            return ()
        return prints_of(rec, response, self.context)

    def _path(self, rec: Rec, path: str) -> dict[str, Text]:
        given: dict[str, tuple[Text, Node]] = rec.get("path", {})
        entries = rec.entries("path")
        if path and entries is not None:
            self._check_path(rec, path, entries)
        return {name: value for name, (value, _) in given.items()}

    def _check_path(self, rec: Rec, path: str, entries: list[tuple[ScalarNode, Node]]) -> None:
        wanted = re.findall(r"\{([^{}]*)\}", path)
        there = {key.value for key, _ in entries}
        for key, _ in entries:
            if key.value not in wanted:
                message = f"the path `{path}` has no parameter {quoted(key.value)}"
                self.context.fault(key, "CS303", message, suggest(key.value, wanted))
                there.add(nearest(key.value, wanted))
        for name in dict.fromkeys(wanted):
            if name not in there:
                message = f"the path parameter `{name}` has no value"
                self.context.fault(rec.owner, "CS303", message, f"path: {{{name}: …}}")

    def _known_failures(self, rec: Rec) -> tuple[KnownFailure, ...]:
        return known_failures_of(rec, self.check_clients)

    def check_clients(self, clients: Clients) -> None:
        """Notes languages and clients that do not exist, where the catalog is known."""
        for language, (choices, key_node) in clients.items():
            known = self._known_clients(language, key_node)
            for client, node in choices:
                if known is not None and client not in known:
                    message = f"unknown client {quoted(client)} of {language}"
                    self.context.unknown(node, "CS301", message, known)

    def _known_clients(self, language: str, key_node: Node) -> set[str] | None:
        """Clients of a language, the spec's own bindings included; None where any may be."""
        catalog = self.context.catalog
        if catalog is None or self.sdks is None:
            return None
        try:
            known = set(catalog[language])
        except KeyError:
            message = f"unknown language {quoted(language)}"
            self.context.unknown(key_node, "CS301", message, catalog)
            return None
        except SpecError as error:  # a template of the user's own is at fault
            for diagnostic in error.diagnostics:
                self.context.note(diagnostic)
            return None
        names = (sdk.partition("/") for sdk in self.sdks)
        return known | {name for of, _, name in names if of == language}


@dataclass(frozen=True, slots=True)
class _Given:
    """What an endpoint gives its examples."""

    endpoint: Rec
    method: str
    path: str
    auth: tuple[Auth, ...]
    known_failures: tuple[KnownFailure, ...]


def _pairs(endpoint: Rec, rec: Rec, key: str) -> Pairs:
    """The endpoint's pairs, without those whose name the example gives itself, then its own."""
    own: Pairs = rec.get(key, ())
    names = {name for name, _ in own}
    return (*(pair for pair in endpoint.get(key, ()) if pair[0] not in names), *own)


def _headers(endpoint: Rec, rec: Rec) -> Pairs:
    """The same for headers, whose names have no case."""
    own: Pairs = rec.get("headers", ())
    names = {name.lower() for name, _ in own}
    inherited = endpoint.get("headers", ())
    return (*(pair for pair in inherited if pair[0].lower() not in names), *own)


def _clients(*levels: Clients) -> dict[str, tuple[str, ...]]:
    """Language → clients; a lower level replaces a higher one's choice for a language."""
    return {
        language: tuple(client for client, _ in choices)
        for level in levels
        for language, (choices, _) in level.items()
    }
