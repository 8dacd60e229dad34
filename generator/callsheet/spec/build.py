"""Records to endpoints and examples: defaults filled in, names resolved, bodies and responses built."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from callsheet.errors import suggest
from callsheet.spec.bodies import body_of, prints_of, response_of
from callsheet.spec.format import AUTH_NEEDS, AUTH_TAKES
from callsheet.spec.model import (
    ApiKey,
    Auth,
    Basic,
    Bearer,
    ClientCredentials,
    Endpoint,
    Example,
    Localized,
    Pairs,
    Position,
)
from callsheet.values import Text, literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from callsheet.spec.load import Node
    from callsheet.spec.record import Rec
    from callsheet.spec.types import Context

Clients = dict[str, tuple[Any, "Node"]]


def localized(value: Any) -> Localized:  # noqa: ANN401
    """A text, a mapping of locales to texts, or nothing."""
    if value is None:
        return Localized({})
    if isinstance(value, str):
        return Localized({"": value})
    return Localized({locale: text for locale, (text, _) in value.items()})


def position_of(node: Node) -> Position:
    """Where a node stands."""
    mark = node.start_mark
    return Position(mark.name, mark.line + 1, mark.column + 1)


def auth_of(rec: Rec, context: Context, *, secret: bool = True) -> Auth | None:
    """An auth style; with `secret=False` the variables may be absent (a binding names none)."""
    scheme = rec.get("scheme")
    if scheme is None:
        return None
    needs = AUTH_NEEDS[scheme]
    takes = {"scheme", *needs, *AUTH_TAKES.get(scheme, ())}
    for key in rec.keys:
        if key not in takes:
            message = f"auth scheme `{scheme}` takes no `{key}`"
            context.fault(rec.keys[key], "CS201", message, suggest(key, takes - {"scheme"}))
    for key in needs:
        if key not in rec.keys and (secret or not key.endswith("env")):
            context.fault(rec.node, "CS202", f"auth scheme `{scheme}` lacks the key `{key}`")
    return _auth(scheme, rec)


def _auth(scheme: str, rec: Rec) -> Auth:
    if scheme == "bearer":
        return Bearer(rec.get("env", ""))
    if scheme == "basic":
        return Basic(rec.get("username_env", ""), rec.get("password_env", ""))
    if scheme == "oauth2-client-credentials":
        ids = rec.get("client_id_env", ""), rec.get("client_secret_env", "")
        return ClientCredentials(rec.get("token_url", ""), *ids, rec.get("scope", ""))
    prefix = rec.get("prefix") or Text(())
    return ApiKey(scheme, rec.get("name", ""), rec.get("env", ""), _literal(prefix))


def _literal(text: Text) -> str:
    try:
        return literal(text)
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads endpoints with the spec's auth styles and default clients at hand."""

    context: Context
    auths: Mapping[str, Auth | None]
    clients: Clients

    def endpoint(self, endpoint_id: str, rec: Rec, key_node: Node) -> Endpoint | None:
        """An endpoint with its examples; None where its request line is at fault."""
        line = rec.get("request")
        method, _, path = line.partition(" ") if line else ("", "", "")
        path = path.strip()
        self._auth(rec)
        examples = [
            self.example(example_id, value, rec, path, node)
            for example_id, (value, node) in rec.get("examples", {}).items()
        ]
        if "examples" in rec.keys and rec.get("examples") == {}:
            self.context.fault(rec.at("examples"), "CS204", "an endpoint needs an example")
        if not line:
            return None
        texts = localized(rec.get("title")), localized(rec.get("description"))
        return Endpoint(endpoint_id, *texts, method, path, tuple(examples), position_of(key_node))

    def example(self, example_id: str, rec: Rec, endpoint: Rec, path: str, node: Node) -> Example:
        """An example; what it does not say is its endpoint's."""
        source = rec if "auth" in rec.keys else endpoint
        response = response_of(rec, self.context)
        return Example(
            id=example_id,
            title=localized(rec.get("title")),
            description=localized(rec.get("description")),
            path=self._path(rec, path),
            query=_pairs(endpoint, rec, "query"),
            headers=_headers(endpoint, rec),
            cookies=_pairs(endpoint, rec, "cookies"),
            auth=self._auth(source),
            body=body_of(rec, self.context),
            response=response,
            prints=prints_of(rec, response, self.context),
            clients=_clients(self.clients, endpoint.get("clients", {}), rec.get("clients", {})),
            position=position_of(node),
        )

    def _auth(self, rec: Rec) -> tuple[Auth, ...]:
        found: list[Auth] = []
        for name, node in rec.get("auth", ()):
            if name in self.auths:
                auth = self.auths[name]
                found += [auth] if auth else []
            elif name != "none":
                known = [*self.auths, "none"]
                self.context.fault(node, "CS301", f"unknown auth style `{name}`", suggest(name, known))
        return tuple(found)

    def _path(self, rec: Rec, path: str) -> dict[str, Text]:
        wanted = re.findall(r"\{([^{}]*)\}", path)
        given = {name: (value, node) for name, (value, node) in rec.get("path", {}).items()}
        for name, (_, node) in given.items():
            if name not in wanted:
                message = f"the path `{path}` has no parameter `{name}`"
                self.context.fault(node, "CS303", message, suggest(name, wanted))
        for name in wanted:
            if name not in given and not (rec.keys.get("path") and "path" not in rec.values):
                message = f"the path parameter `{name}` has no value"
                self.context.fault(rec.node, "CS303", message, f"path: {{{name}: …}}")
        return {name: value for name, (value, _) in given.items()}


def _pairs(endpoint: Rec, rec: Rec, key: str) -> Pairs:
    """The endpoint's pairs, without those whose name the example gives itself, then its own."""
    own: Pairs = rec.get(key, ())
    names = {name for name, _ in own}
    return (*(pair for pair in endpoint.get(key, ()) if pair[0] not in names), *own)


def _headers(endpoint: Rec, rec: Rec) -> Pairs:
    own: Pairs = rec.get("headers", ())
    names = {name.lower() for name, _ in own}
    inherited = endpoint.get("headers", ())
    return (*(pair for pair in inherited if pair[0].lower() not in names), *own)


def _clients(*levels: Clients) -> dict[str, tuple[str, ...]]:
    """Language → clients; a lower level replaces a higher one's choice for a language."""
    return {
        language: tuple(client for client, _ in value)
        for level in levels
        for language, (value, _) in level.items()
    }
