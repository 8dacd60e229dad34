"""Nodes to model: reads a spec file or folder, checks references, reports all faults at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet.errors import Diagnostic, SpecError, quoted
from callsheet.spec import build, secrets
from callsheet.spec.auth import auth_of
from callsheet.spec.context import INVALID, Context
from callsheet.spec.format_root import ROOT
from callsheet.spec.load import collector_off, compose, read_text
from callsheet.spec.merge import merged
from callsheet.spec.model import Endpoint, Spec, Variable
from callsheet.spec.pages import pages_of
from callsheet.spec.sdk import sdk_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from callsheet.spec.model import Auth
    from callsheet.spec.nodes import Node, ScalarNode
    from callsheet.spec.record import Rec


def load(
    path: Path | str,
    *,
    server: str = "",
    catalog: Mapping[str, Collection[str]] | None = None,
) -> Spec:
    """Reads a spec.

    Args:
        path: A YAML file, or a folder whose `*.yaml` files are one spec together.
        server: Replaces the spec's server, as it stands.
        catalog: Language → clients that the spec may name; None accepts any name.

    Raises:
        SpecError: Every fault of the spec, in the order of the files.
    """
    with collector_off():
        spec, faults = _read(Path(path), catalog)
    if faults or spec is None:
        raise SpecError(sorted(faults))
    return replace(spec, server=server or spec.server)


def _read(
    path: Path, catalog: Mapping[str, Collection[str]] | None
) -> tuple[Spec | None, list[Diagnostic]]:
    """A spec, and its faults; the nodes are gone before the collector looks for them."""
    folder = _is_folder(path)
    context = Context(path if folder else path.parent, catalog=catalog)
    spec = None
    try:
        files = _files(path) if folder else [path]
        roots = _roots(files, context)
        root = merged(roots, context, complete=len(roots) == len(files))
        spec = _spec(root, path, context)
        if spec is not None:
            read = tuple(dict.fromkeys([*files, *context.includes.files]))
            spec = replace(spec, files=read, warnings=secrets.warnings((*read, *spec.pages)))
    except SpecError as error:
        context.faults += error.diagnostics
    return spec, context.faults


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a path that no system call takes; reading it says so
        return False


def _files(folder: Path) -> list[Path]:
    found = sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")])
    if not found:
        way_out = "name a spec file, or put `*.yaml` files into it"
        message = "this folder holds no spec"
        raise SpecError([Diagnostic(str(folder), 0, 0, "CS001", message, way_out)])
    return found


def _roots(files: list[Path], context: Context) -> list[Node]:
    """The roots of those files that can be read.

    Raises:
        SpecError: None can.
    """
    found: list[Node] = []
    faults: list[Diagnostic] = []
    for file in files:
        try:
            found.append(compose(read_text(file, str(file)), str(file), context.faults))
        except SpecError as error:
            faults += error.diagnostics
    context.faults += faults
    if not found:
        raise SpecError(faults)
    return found


def _spec(root: Node, path: Path, context: Context) -> Spec | None:
    rec = ROOT.read(root, context)
    if rec is INVALID:
        return None
    reader = _reader(rec, context)
    endpoints = _endpoints(rec, reader)
    sdks = {name: sdk_of(name, value, context) for name, (value, _) in rec.get("sdks", {}).items()}
    _check_calls(rec, context)
    pages = pages_of(rec, context)
    if context.faults:
        return None
    return Spec(
        title=build.localized(rec.get("title")),
        description=build.localized(rec.get("description")),
        server=rec.get("server"),
        endpoints=endpoints,
        variables=_variables(rec),
        sdks=sdks,
        pages=pages,
        path=path,
        patterns=_patterns(rec, path),
        pageless=rec.get("pages") is None,
    )


def _reader(rec: Rec, context: Context) -> build.Reader:
    auths: dict[str, Auth | None] = {
        name: auth_of(value) for name, (value, _) in rec.get("auth", {}).items()
    }
    if "none" in auths:
        key = rec.get("auth")["none"][1]
        message = "`none` names no auth style: it means that nothing is sent"
        context.fault(key, "CS204", message, "take another name")
    clients = rec.get("clients", {})
    reader = build.Reader(context, auths, rec.names("auth"), clients, rec.names("sdks"))
    reader.check_clients(clients)
    return reader


def _endpoints(rec: Rec, reader: build.Reader) -> tuple[Endpoint, ...]:
    found: list[Endpoint] = []
    seen: dict[str, ScalarNode] = {}
    for endpoint_id, (value, key_node) in rec.get("endpoints", {}).items():
        for example_id, (_, node) in value.get("examples", {}).items():
            first = seen.setdefault(example_id.lower(), node)
            if first is not node:
                _note_twice(node, first, reader.context)
        endpoint = reader.endpoint(endpoint_id, value, key_node)
        if endpoint is not None:
            found.append(endpoint)
    return tuple(found)


def _note_twice(node: ScalarNode, first: ScalarNode, context: Context) -> None:
    mark = first.mark
    place = f"line {mark.line + 1}"
    if mark.name != node.mark.name:
        place += f" of {mark.name}"
    message = f"the example id {quoted(node.value)} is used twice; first on {place}"
    if first.value != node.value:
        message += f", as {quoted(first.value)}"
    way_out = "ids of examples are unique in a spec, in capitals or not: they name files"
    context.fault(node, "CS302", message, way_out)


def _check_calls(rec: Rec, context: Context) -> None:
    """Notes calls of the spec's own bindings that name no endpoint."""
    endpoints = rec.names("endpoints")
    if endpoints is None:
        return
    for value, _ in rec.get("sdks", {}).values():
        for name, (_, node) in value.get("calls", {}).items():
            if " " not in name and name not in endpoints:
                message = f"unknown endpoint {quoted(name)}"
                context.unknown(node, "CS301", message, endpoints)


def _patterns(rec: Rec, path: Path) -> tuple[str, ...]:
    """What is searched for: a new match is a change of the spec."""
    pages = tuple(pattern for pattern, _ in rec.get("pages", ()) if "*" in pattern)
    return (*pages, "*.yaml", "*.yml") if path.is_dir() else pages


def _variables(rec: Rec) -> tuple[Variable, ...]:
    return tuple(
        Variable(name, value.get("value", ""), build.localized(value.get("title")))
        for name, (value, _) in rec.get("variables", {}).items()
    )
