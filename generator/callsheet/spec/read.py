"""Nodes to model: reads a spec file or folder, checks every reference, reports all faults at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet.errors import Diagnostic, SpecError, with_source
from callsheet.spec import build
from callsheet.spec.format_root import ROOT
from callsheet.spec.load import MappingNode, Node, collector_off, compose, read_text
from callsheet.spec.model import Endpoint, Spec, Variable
from callsheet.spec.sdk import sdk_of
from callsheet.spec.types import INVALID, Context

if TYPE_CHECKING:
    from callsheet.spec.record import Rec


def load(path: Path | str, *, server: str = "") -> Spec:
    """Reads a spec.

    Args:
        path: A YAML file, or a folder whose `*.yaml` files are one spec together.
        server: Replaces the spec's server, as it stands.

    Raises:
        SpecError: Every fault of the spec.
    """
    path = Path(path)
    context = Context(path if path.is_dir() else path.parent)
    names = _files(path)
    with collector_off():
        try:
            roots = [compose(read_text(file, name), name) for file, name in names]
            spec = _spec(_merged(roots, context), path, context)
        except SpecError as error:
            raise SpecError(_sourced([*context.faults, *error.diagnostics])) from None
    if context.faults or spec is None:
        raise SpecError(_sourced(context.faults))
    files = tuple(dict.fromkeys([*(file for file, _ in names), *context.files]))
    return replace(spec, files=files, server=server or spec.server)


def _files(path: Path) -> list[tuple[Path, str]]:
    if not path.is_dir():
        return [(path, str(path))]
    found = sorted([*path.glob("*.yaml"), *path.glob("*.yml")])
    if not found:
        way_out = "name a spec file, or put `*.yaml` files into it"
        message = "this folder holds no spec"
        raise SpecError([Diagnostic(str(path), 0, 0, "CS001", message, way_out)])
    return [(file, str(file)) for file in found]


def _sourced(faults: list[Diagnostic]) -> list[Diagnostic]:
    """The faults in the order of the files, each with its source line."""
    lines: dict[str, list[str]] = {}
    for fault in faults:
        if fault.file not in lines:
            try:
                lines[fault.file] = Path(fault.file).read_text("utf-8-sig", "replace").split("\n")
            except OSError:
                lines[fault.file] = []
    return sorted(with_source(fault, lines[fault.file]) for fault in dict.fromkeys(faults))


def _merged(roots: list[Node], context: Context) -> Node:
    """One root of a folder's files: keys are joined, and so are the mappings below them."""
    first = roots[0]
    for root in roots:
        if not isinstance(root, MappingNode):
            context.wrong(root, "the spec (a mapping)")
            raise SpecError([])
    entries: dict[str, tuple[Node, Node]] = {}
    for key, value in (entry for root in roots for entry in root.value):
        known = entries.get(key.value)
        if known is None:
            entries[key.value] = (key, value)
        elif isinstance(known[1], MappingNode) and isinstance(value, MappingNode):
            entries[key.value] = (known[0], _joined(known[1], value, context))
        elif key.value != "callsheet":
            context.fault(key, "CS102", f"the key `{key.value}` stands in another file as well")
    return MappingNode("", list(entries.values()), first.start_mark, first.end_mark)


def _joined(one: MappingNode, other: MappingNode, context: Context) -> MappingNode:
    seen = {key.value for key, _ in one.value}
    for key, _ in other.value:
        if key.value in seen:
            context.fault(key, "CS102", f"the key `{key.value}` stands in another file as well")
    return MappingNode("", one.value + other.value, one.start_mark, one.end_mark)


def _spec(root: Node, path: Path, context: Context) -> Spec | None:
    rec = ROOT.read(root, context)
    if rec is INVALID:
        return None
    auths = {
        name: build.auth_of(value, context) for name, (value, _) in rec.get("auth", {}).items()
    }
    reader = build.Reader(context, auths, rec.get("clients", {}))
    endpoints = _endpoints(rec, reader)
    sdks = {
        name: sdk_of(name, value, context) for name, (value, _) in rec.get("sdks", {}).items()
    }
    if context.faults:
        return None
    return Spec(
        title=build.localized(rec.get("title")),
        description=build.localized(rec.get("description")),
        server=rec.get("server"),
        endpoints=endpoints,
        variables=_variables(rec),
        sdks=sdks,
        pages=_pages(rec, path, context),
        path=path,
        patterns=_patterns(rec, path),
    )


def _endpoints(rec: Rec, reader: build.Reader) -> tuple[Endpoint, ...]:
    found: list[Endpoint] = []
    seen: dict[str, Node] = {}
    for endpoint_id, (value, key_node) in rec.get("endpoints", {}).items():
        for example_id, (_, node) in value.get("examples", {}).items():
            if example_id in seen:
                line = seen[example_id].start_mark.line + 1
                message = f"the example id `{example_id}` is used twice; first on line {line}"
                reader.context.fault(node, "CS302", message, "example ids are unique in a spec")
            seen[example_id] = node
        endpoint = reader.endpoint(endpoint_id, value, key_node)
        if endpoint is not None:
            found.append(endpoint)
    return tuple(found)


def _variables(rec: Rec) -> tuple[Variable, ...]:
    return tuple(
        Variable(name, value.get("value", ""), build.localized(value.get("title")))
        for name, (value, _) in rec.get("variables", {}).items()
    )


def _patterns(rec: Rec, path: Path) -> tuple[str, ...]:
    """What is searched for: a new match is a change of the spec."""
    pages = tuple(pattern for pattern, _ in rec.get("pages", ()) if "*" in pattern)
    return (*pages, "*.yaml", "*.yml") if path.is_dir() else pages


def _pages(rec: Rec, path: Path, context: Context) -> tuple[Path, ...]:
    root = path if path.is_dir() else path.parent
    found: list[Path] = []
    for pattern, node in rec.get("pages", ()):
        if "\0" in pattern or pattern.startswith(("/", "..")) or "/.." in pattern or not pattern:
            context.fault(node, "CS105", f"`{pattern}` is not in the spec's folder")
            continue
        matches = sorted(root.glob(pattern)) if "*" in pattern else [root / pattern]
        missing = not matches or not all(match.is_file() for match in matches)
        if missing:
            context.fault(node, "CS105", f"there is no page `{pattern}` beside the spec")
        found += matches
    return tuple(dict.fromkeys(found))


