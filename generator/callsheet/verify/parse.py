"""A program's text to its SyntaxFaults, by tree-sitter: no toolchain is asked, nothing is run."""

from __future__ import annotations

import json
import re
import warnings
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet import cache as disk
from callsheet import languages
from callsheet.errors import CallsheetError, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.machinery import ModuleSpec

    from tree_sitter import Language as Grammar
    from tree_sitter import Node

    from callsheet.languages._base import Language

#: (row, column) as tree-sitter counts: from 0, the column in bytes.
Place = tuple[int, int]

#: What a parser says when it stands somewhere, and when every reading of the text has failed there.
_STANDS = re.compile(r"process .*row:(\d+), col:(\d+)")
_FAILED = "resume "

#: Grammar → where it lags behind its language: what it does not know, and what stands for it, as
#: long, while it parses. https://learn.microsoft.com/dotnet/csharp/language-reference/
#: preprocessor-directives#file-based-apps: `#:package` and the like, at the head of a program.
_LAGS = {
    "tree_sitter_c_sharp": (
        re.compile(rb"\A(?:#!.*\n)?(?:(?:#:|//).*\n|[ \t]*\n)*"),
        lambda head: re.sub(rb"(?m)^#:", b"//", head[0]),
    )
}


@dataclass(frozen=True, slots=True, order=True)
class SyntaxFault:
    """A place at which a program is not of its language.

    Attributes:
        line: 1-based.
        column: 1-based, in characters.
        message: One sentence in lower case, without a full stop.
        source: The line.
    """

    line: int
    column: int
    message: str
    source: str


class Unparsed(CallsheetError):  # noqa: N818  names the fault
    """A language's programs cannot be parsed here; says what is missing."""


def faults(language: Language, text: str) -> tuple[SyntaxFault, ...]:
    """The syntax faults of a program, first to last; what was parsed before is not parsed again.

    Args:
        language: The language it is written in.
        text: The program.

    Raises:
        Unparsed: The language names no grammar, or its parser is not installed.
    """
    obstacle = _obstacle(language.key, language.grammar)
    if obstacle:
        raise Unparsed(obstacle)
    found = disk.made(_maker(language.grammar), text, lambda: findings(language.grammar, text))
    if not found and language.runtime.command == "python3":
        return _refused(text)
    lines = text.split("\n") if found else []
    rows = (json.loads(row) for row in found.splitlines())
    return tuple(SyntaxFault(line, at, message, lines[line - 1]) for line, at, message in rows)


def _refused(text: str) -> tuple[SyntaxFault, ...]:
    """What the Python that runs this refuses, though the grammar takes it: `f(a=1, b)`."""
    try:
        with warnings.catch_warnings(action="ignore"):
            compile(text, "example.py", "exec", dont_inherit=True)
    except SyntaxError as fault:
        line, column = fault.lineno or 1, fault.offset or 1
        lines = text.split("\n")
        return (SyntaxFault(line, column, fault.msg[:1].lower() + fault.msg[1:], lines[line - 1]),)
    return ()


@cache
def _obstacle(language: str, grammar: str) -> str:
    """Why a language's programs cannot be parsed, or ""; nothing is imported for it."""
    if not grammar:
        return "it names no tree-sitter grammar"
    module = grammar.partition(":")[0]
    if find_spec("tree_sitter") and find_spec(module):
        return ""
    shipped = languages.keys()
    own = "" if language in shipped else f" {module.replace('_', '-')}"
    return f"its parser is not installed (`pip install 'callsheet[verify]'{own}`)"


@cache
def _maker(grammar: str) -> str:
    """A name for what this module and a grammar find, which changes with either."""
    specs = (find_spec(name) for name in ("tree_sitter", grammar.partition(":")[0]))
    files = (file for spec in specs if spec for file in _files(spec))
    marks = [f"{file} {file.stat().st_size} {file.stat().st_mtime_ns}" for file in files]
    state = sha256("\n".join((grammar, *marks)).encode()).hexdigest()
    return f"{disk.maker(__name__)}/{state[:16]}"


def _files(spec: ModuleSpec) -> Iterator[Path]:
    """The files of a package, or the one of a module; compiled code has no better version."""
    for folder in spec.submodule_search_locations or ():
        yield from sorted(path for path in Path(folder).iterdir() if path.is_file())
    if spec.origin and not spec.submodule_search_locations:
        yield Path(spec.origin)


@cache
def _grammar(name: str) -> Grammar:
    """The compiled grammar that `module` or `module:function` gives."""
    from tree_sitter import Language as Grammar

    module, _, function = name.partition(":")
    try:
        return Grammar(getattr(import_module(module), function or "language")())
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        raise Unparsed(f"its grammar `{name}` cannot be used: {error}") from error


def findings(grammar: str, text: str) -> str:
    """A JSON line for each fault: line, column, message; "" for a clean program, kept nowhere."""
    from tree_sitter import Parser

    data = text.encode("utf-8", "surrogatepass")
    data = re.sub(*_LAGS[grammar], data) if grammar in _LAGS else data
    # A parser costs less than a microsecond; one that threads share would not be safe.
    root = Parser(_grammar(grammar)).parse(data).root_node
    if not root.has_error:
        return ""
    failures = _failures(_grammar(grammar), data)
    lines = data.split(b"\n")
    rows = dict.fromkeys(_row(node, failures, lines) for node in _wrong(root))
    return "\n".join(json.dumps(row) for row in sorted(rows))


def _wrong(root: Node) -> Iterator[Node]:
    """The outermost nodes that the grammar did not foresee; what is clean is not walked."""
    stack = [root]
    while stack:
        node = stack.pop()
        if node.is_missing or node.is_error:
            yield node
        elif node.has_error:
            stack += reversed(node.children)


def _failures(grammar: Grammar, data: bytes) -> list[Place]:
    """Where a parser could not go on, as its log tells.

    An ERROR node covers what was given up to go on, which may begin lines before the fault.
    """
    from tree_sitter import Parser

    places: list[Place] = []
    here = [(0, 0)]

    def hear(_: object, message: str) -> None:
        stands = _STANDS.match(message)
        if stands:
            here[0] = int(stands[1]), int(stands[2])
        elif message.startswith(_FAILED):
            places.append(here[0])

    parser = Parser(grammar)
    parser.logger = hear
    parser.parse(data)
    return places


def _row(node: Node, failures: list[Place], lines: list[bytes]) -> tuple[int, int, str]:
    """Line, column and message of a node."""
    if node.is_missing:
        row, column = node.start_point
        return row + 1, _characters(lines[row], column) + 1, f"{quoted(node.type)} is missing"
    inside = (place for place in failures if node.start_point <= place <= node.end_point)
    start = node.start_point.row, node.start_point.column
    row, column = _next_word(next(inside, start), lines)
    rest = lines[row][column:].decode("utf-8", "replace")
    word = re.match(r"\w+|.", rest)
    message = f"{quoted(word[0])} is unexpected" if word else "the program ends too early"
    return row + 1, _characters(lines[row], column) + 1, message


def _next_word(place: Place, lines: list[bytes]) -> Place:
    """The first place from here that is no white space; the end where there is none."""
    row, column = place
    while row < len(lines):
        blanks = len(lines[row]) - column - len(lines[row][column:].lstrip())
        if column + blanks < len(lines[row]):
            return row, column + blanks
        row, column = row + 1, 0
    return len(lines) - 1, len(lines[-1])


def _characters(line: bytes, column: int) -> int:
    return len(line[:column].decode("utf-8", "replace"))
