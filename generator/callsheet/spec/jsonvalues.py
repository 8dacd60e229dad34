"""Nodes to JSON values: `!env`, `!json` and `!include` resolved, number lexemes kept."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from callsheet.errors import Diagnostic, SpecError
from callsheet.spec.load import PLAIN, MappingNode, Node, ScalarNode, compose, read_text
from callsheet.spec.scalars import from_json, plain
from callsheet.values import Env, Json

if TYPE_CHECKING:
    from pathlib import Path

    from callsheet.spec.types import Context

_ENV_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
MAX_INCLUDES = 1_000


def json_of(node: Node, context: Context) -> Json:
    """The JSON value of a node; faults are noted in the context and None stands in."""
    if isinstance(node, ScalarNode):
        return _scalar(node, context)
    if node.tag.startswith("!"):
        context.fault(node, "CS104", f"`{node.tag}` goes with text, not with a collection")
        return None
    if isinstance(node, MappingNode):
        return {key.value: json_of(value, context) for key, value in node.value}
    return [json_of(item, context) for item in node.value]


def _scalar(node: Node, context: Context) -> Json:
    if node.tag == PLAIN:
        try:
            return plain(node.value)
        except ValueError as error:
            context.fault(node, "CS203", str(error), "put it in quotes if it is meant as text")
            return None
    if node.tag == "!env":
        if _ENV_NAME.fullmatch(node.value):
            return Env(node.value)
        context.fault(
            node, "CS204", f"`{node.value}` is not the name of an environment variable"
        )
        return None
    if node.tag == "!json":
        return _pasted(node, context)
    if node.tag == "!include":
        return _included(node, context)
    text: str = node.value
    return text


def _pasted(node: Node, context: Context) -> Json:
    try:
        return from_json(node.value)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno} of this JSON"
        context.fault(node, "CS101", f"{error.msg.lower()} at {where}")
    except (ValueError, RecursionError) as error:
        context.fault(node, "CS101", _reason(error))
    return None


def _reason(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


def beside(node: Node, context: Context) -> Path | None:
    """The path of a file that a node names, which must lie in the spec's folder."""
    root = context.root.resolve()
    path = (root / node.value).resolve() if "\0" not in node.value else root
    if not node.value or not path.is_relative_to(root) or path == root:
        context.fault(
            node, "CS105", f"`{node.value}` is not a file in the spec's folder", "use a path below it"
        )
        return None
    if not path.is_file():
        context.fault(node, "CS105", f"there is no file `{node.value}` beside the spec")
        return None
    return path


def _included(node: Node, context: Context) -> Json:
    path = beside(node, context)
    if path is None:
        return None
    if len(context.files) >= MAX_INCLUDES:
        context.fault(node, "CS103", f"more than {MAX_INCLUDES} includes; do they go in a circle?")
        return None
    context.files.append(path)
    try:
        text = read_text(path, node.value)
        if path.suffix == ".json":
            return from_json(text)
        return json_of(compose(text, _name_beside(node)), context)
    except SpecError as error:
        context.faults.extend(error.diagnostics)
    except json.JSONDecodeError as error:
        place = (_name_beside(node), error.lineno, error.colno)
        context.faults.append(Diagnostic(*place, "CS101", error.msg.lower()))
    except (ValueError, RecursionError) as error:
        context.fault(node, "CS105", f"`{node.value}`: {_reason(error)}")
    return None


def _name_beside(node: Node) -> str:
    """The included file's name as the user would type it: beside the file that includes it."""
    folder = node.start_mark.name.rpartition("/")[0]
    return f"{folder}/{node.value}" if folder else str(node.value)
