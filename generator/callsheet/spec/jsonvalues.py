"""Nodes to JSON values: `!env`, `!json` and `!include` resolved, number lexemes kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from callsheet.errors import SpecError, quoted
from callsheet.spec.files import beside
from callsheet.spec.jsontext import DEEP_HELP, JsonFaults, from_json
from callsheet.spec.limits import MAX_DEPTH, MAX_INCLUDES
from callsheet.spec.load import compose, read_text
from callsheet.spec.nodes import FAULTY, NONE, PLAIN, QUOTED, MappingNode, Node, ScalarNode
from callsheet.spec.scalars import plain
from callsheet.spec.source import Complaint, Source
from callsheet.values import Env, Json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from callsheet.spec.context import Context

#: POSIX.1-2017, section 8.1: names of environment variables that every shell can write.
ENV_NAME: Final = r"[A-Za-z_][A-Za-z0-9_]*"
ENV_HELP: Final = "letters, digits and `_`, not starting with a digit"


def json_of(node: Node, context: Context, depth: int = 1) -> Json:
    """The JSON value of a node; faults are noted in the context and None stands in."""
    if isinstance(node, ScalarNode):
        return _READERS[node.tag](node, context, depth)
    if node.tag != NONE:
        context.skipped += 1
    if depth > MAX_DEPTH:
        context.fault(node, "CS103", f"more than {MAX_DEPTH} levels of nesting", DEEP_HELP)
        return None
    if isinstance(node, MappingNode):
        return {key.value: json_of(value, context, depth + 1) for key, value in node.value}
    return [json_of(item, context, depth + 1) for item in node.value]


def _plain(node: ScalarNode, context: Context, _depth: int) -> Json:
    try:
        return plain(node.value)
    except ValueError as error:
        context.fault(node, "CS203", str(error), "put it in quotes if it is meant as text")
        return None


def _quoted(node: ScalarNode, _context: Context, _depth: int) -> Json:
    return str(node.value)


def _faulty(_node: ScalarNode, context: Context, _depth: int) -> Json:
    context.skipped += 1
    return None


def env_of(node: ScalarNode, context: Context, _depth: int = 0) -> Env | None:
    """The variable that `!env NAME` names; None once its fault is noted."""
    context.environment += 1
    if re.fullmatch(ENV_NAME, node.value):
        return Env(node.value)
    what = "the name of an environment variable"
    message = f"{quoted(node.value)} is not {what}" if node.value else f"{what} is missing"
    context.complain(node, "CS204", Complaint(message, ENV_HELP, 0, len(node.value)))
    return None


def _pasted(node: ScalarNode, context: Context, depth: int) -> Json:
    """The value of `!json`, each of its faults where it stands in the YAML file."""
    try:
        return from_json(node.value, MAX_DEPTH - depth + 1)
    except JsonFaults as error:
        for complaint in error.faults:
            context.complain(node, "CS101", complaint)
    return None


def _included(node: ScalarNode, context: Context, depth: int) -> Json:
    """The value of `!include FILE`."""
    path = _path(node, context)
    if path is None:
        return None
    includes, variables = context.includes, context.environment
    if path not in includes.files:
        _read_file(path, context, depth)
    included = includes.files[path]
    if included is None:
        context.fault(node, "CS103", f"{quoted(node.value)} includes itself", "write the value out")
        return None
    if not included.valid:
        context.skipped += 1
    elif depth + included.depth - 1 > MAX_DEPTH:
        context.fault(node, "CS103", f"more than {MAX_DEPTH} levels of nesting", DEEP_HELP)
    elif not includes.use(included):
        if not includes.exceeded:
            message = "the included files make the spec too large"
            context.fault(node, "CS103", message, "include fewer or smaller files")
        includes.exceeded = True
        context.skipped += 1
    context.environment = variables + included.environment
    return included.value


def _path(node: ScalarNode, context: Context) -> Path | None:
    """The path of a file that can be included."""
    if context.includes.open >= MAX_INCLUDES:
        message = f"more than {MAX_INCLUDES} files include one another"
        context.fault(node, "CS103", message, "write the value out")
        return None
    path = beside(node, context)
    if path is not None and path.suffix not in _READ:
        message = f"{quoted(node.value)} is neither JSON nor YAML"
        context.fault(node, "CS105", message, "the name of an included file ends in .json or .yaml")
        return None
    return path


def _read_file(path: Path, context: Context, depth: int) -> None:
    """Reads a file that is included for the first time."""
    includes, before, variables = context.includes, context.count, context.environment
    includes.files[path] = None
    includes.open += 1
    name = str(path)
    value: Json = None
    try:
        value = _READ[path.suffix](read_text(path, name), name, context, depth)
    except SpecError as error:
        for diagnostic in error.diagnostics:
            context.note(diagnostic)
    includes.open -= 1
    found = context.environment - variables
    includes.add(path, value, valid=context.count == before, environment=found)


def _json_file(text: str, name: str, context: Context, depth: int) -> Json:
    source = Source(name, text)
    try:
        return from_json(text, MAX_DEPTH - depth + 1)
    except JsonFaults as error:
        for message, way_out, start, stop, code in error.faults:
            at = source.place(start, max(1, (stop or start) - start))
            context.note(source.fault(at, code or "CS101", message, way_out))
    return None


def _yaml_file(text: str, name: str, context: Context, depth: int) -> Json:
    return json_of(compose(text, name, context.faults), context, depth)


_READ = {".json": _json_file, ".yaml": _yaml_file, ".yml": _yaml_file}

#: Tag of a scalar → what reads it.
_READERS: Mapping[str, Callable[[ScalarNode, Context, int], Json]] = {
    PLAIN: _plain,
    QUOTED: _quoted,
    FAULTY: _faulty,
    "!env": env_of,
    "!json": _pasted,
    "!include": _included,
}
