"""YAML text to nodes: YAML 1.2, positions kept, duplicate keys and alias bombs refused."""

from __future__ import annotations

import gc
import io
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from callsheet.errors import Diagnostic, SpecError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["MappingNode", "Node", "ScalarNode", "SequenceNode", "compose", "read_text", "span"]

#: Aliases that make a spec several times as large, and larger than this, are a bomb.
MAX_NODES = 200_000
MAX_CHARACTERS = 8_000_000
MAX_GROWTH = 4
MAX_DEPTH = 200

#: What the resolver answers for a scalar without a tag; `plain` text is typed by scalars.py.
PLAIN, QUOTED = "plain", "quoted"
TAGS = {PLAIN, QUOTED, "", "!env", "!json", "!include"}

try:
    from yaml.cyaml import CParser as _Parser
except ImportError:  # PyYAML without libyaml: slower, same nodes

    class _Parser(  # type: ignore[no-redef]
        yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser, yaml.composer.Composer
    ):
        def __init__(self, stream: Any) -> None:  # noqa: ANN401
            yaml.reader.Reader.__init__(self, stream)
            yaml.scanner.Scanner.__init__(self)
            yaml.parser.Parser.__init__(self)
            yaml.composer.Composer.__init__(self)

        def dispose(self) -> None:
            """Nothing to free."""


class _Composer(_Parser):
    """libyaml's parser with a resolver that leaves the typing of plain scalars to us."""

    def resolve(self, kind: type[Node], _value: str, implicit: Any) -> str:  # noqa: ANN401
        """The tag of an untagged node."""
        if kind is not ScalarNode:
            return ""
        return PLAIN if implicit[0] else QUOTED

    def descend_resolver(self, *_: object) -> None:
        """No path resolvers."""

    def ascend_resolver(self) -> None:
        """No path resolvers."""


class _Stream(io.StringIO):
    """Text with a name, which every mark repeats."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__(text)
        self.name = name


@contextmanager
def collector_off() -> Iterator[None]:
    """The garbage collector off while many nodes are made, which takes half the time or less."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def read_text(path: Path, name: str) -> str:
    """Text of a file.

    Raises:
        SpecError: The file is missing, a folder, not readable or not UTF-8.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise SpecError([Diagnostic(name, 0, 0, "CS001", "there is no such file")]) from None
    except IsADirectoryError:
        raise SpecError([Diagnostic(name, 0, 0, "CS001", "this is a folder")]) from None
    except OSError as error:
        message = f"cannot be read: {(error.strerror or str(error)).lower()}"
        raise SpecError([Diagnostic(name, 0, 0, "CS001", message)]) from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        way_out = "save the file as UTF-8"
        raise SpecError([Diagnostic(name, line, column, "CS002", message, way_out)]) from None


def compose(text: str, name: str) -> Node:
    """The root node of one YAML document.

    Args:
        text: The document.
        name: The file's name as diagnostics shall print it.

    Raises:
        SpecError: Syntax, duplicate keys, unknown tags, or aliases that explode.
    """
    with collector_off():
        root = _parse(text, name)
        if root is None:
            way_out = "`callsheet init` writes a small spec to start from"
            raise SpecError([Diagnostic(name, 1, 1, "CS101", "the file is empty", way_out)])
        faults = list(_Checker(name).check(root))
    if faults:
        raise SpecError(faults)
    return root


def _parse(text: str, name: str) -> Node | None:
    parser = None
    try:
        parser = _Composer(_Stream(text, name))
        node: Node | None = parser.get_single_node()
    except yaml.MarkedYAMLError as error:
        raise SpecError([_syntax_fault(error, name, text)]) from None
    except yaml.reader.ReaderError as error:
        raise SpecError([_reader_fault(error, name, text)]) from None
    except RecursionError:
        message = f"more than {MAX_DEPTH} levels of nesting"
        raise SpecError([Diagnostic(name, 1, 1, "CS103", message)]) from None
    finally:
        if parser is not None:
            parser.dispose()
    return node


def _reader_fault(error: yaml.reader.ReaderError, name: str, text: str) -> Diagnostic:
    found = re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]", text)
    at = found.start() if found else 0
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    message = f"the character U+{ord(text[at]):04X} is not allowed in YAML" if text else str(error)
    return Diagnostic(name, line, column, "CS101", message, 'write it as an escape in "…"')


def _syntax_fault(error: yaml.MarkedYAMLError, name: str, text: str) -> Diagnostic:
    mark = error.problem_mark or error.context_mark
    problem = (error.problem or "the YAML is broken").removeprefix("found ")
    context = f" ({error.context})" if error.context else ""
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.split("\n")
    if line > len(lines) or (not lines[line - 1] and line > 1):  # the end of the file
        line = max(number for number, content in enumerate(lines, 1) if content or number == 1)
        column = len(lines[line - 1]) + 1
    return Diagnostic(
        name, line, column, "CS101", problem + context, _syntax_help(lines[line - 1], problem)
    )


def _syntax_help(line: str, problem: str) -> str:
    if line[: len(line) - len(line.lstrip())].count("\t") or "\t" in problem or "tab" in problem:
        return "YAML is indented with spaces, never with tabs"
    if "mapping values" in problem:
        return 'put a value that holds `: ` in quotes, as in "a: b"'
    if "cannot start any token" in problem:
        return 'put a value that starts with this character in quotes, as in "@x"'
    if "another document" in problem:
        return "one file holds one document; remove the line `---`"
    if "undefined alias" in problem:
        return 'define it with `&name`, or put a value that starts with `*` in quotes'
    return ""


def span(node: Node) -> int:
    """How many characters a caret under a node covers."""
    start, end = node.start_mark, node.end_mark
    same = start.line == end.line and isinstance(node, ScalarNode)
    return max(1, end.column - start.column) if same else 1


def fault(node: Node, code: str, message: str, way_out: str = "") -> Diagnostic:
    """A diagnostic at a node."""
    mark = node.start_mark
    return Diagnostic(
        mark.name, mark.line + 1, mark.column + 1, code, message, way_out, length=span(node)
    )


class _Checker:
    """Duplicate keys, tags, depth and the size after aliases, each node visited once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.sizes: dict[int, tuple[int, int]] = {}
        self.open: set[int] = set()
        self.found: list[Diagnostic] = []
        self.characters = 0

    def check(self, root: Node) -> Iterator[Diagnostic]:
        """Yields every fault."""
        nodes, characters = self._size(root, 0)
        too_many = nodes > max(MAX_NODES, MAX_GROWTH * len(self.sizes))
        if too_many or characters > max(MAX_CHARACTERS, MAX_GROWTH * self.characters):
            message = f"aliases expand to {nodes:,} values with {characters:,} characters"
            yield fault(root, "CS103", message, "write the values out, or use fewer aliases")
        yield from self.found

    def _size(self, node: Node, depth: int) -> tuple[int, int]:
        known = self.sizes.get(id(node))
        if known is not None:
            return known
        if id(node) in self.open:
            self.found.append(fault(node, "CS103", "this value contains itself"))
            return 1, 0
        if depth > MAX_DEPTH:
            self.found.append(fault(node, "CS103", f"more than {MAX_DEPTH} levels of nesting"))
            return 1, 0
        if node.tag not in TAGS:
            message = f"unknown tag `{_shown(node.tag)}`"
            self.found.append(fault(node, "CS104", message, _TAG_HELP))
        self.open.add(id(node))
        size = self._size_inside(node, depth + 1)
        self.open.discard(id(node))
        self.sizes[id(node)] = size
        return size

    def _size_inside(self, node: Node, depth: int) -> tuple[int, int]:
        if isinstance(node, ScalarNode):
            self.characters += len(node.value)
            return 1, len(node.value)
        nodes, characters = 1, 0
        children = node.value
        if isinstance(node, MappingNode):
            self._check_keys(node)
            children = [child for pair in node.value for child in pair]
        for child in children:
            more_nodes, more_characters = self._size(child, depth)
            nodes += more_nodes
            characters += more_characters
        return nodes, characters

    def _check_keys(self, node: MappingNode) -> None:
        seen: dict[str, Node] = {}
        for key, _ in node.value:
            if not isinstance(key, ScalarNode):
                self.found.append(fault(key, "CS203", "a key must be text"))
            elif key.value in seen:
                line = seen[key.value].start_mark.line + 1
                message = f"the key `{key.value}` stands twice; first on line {line}"
                self.found.append(fault(key, "CS102", message, "remove one of the two"))
            else:
                seen[key.value] = key


_TAG_HELP = "known tags: `!env NAME`, `!json |`, `!include FILE`"


def _shown(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")
