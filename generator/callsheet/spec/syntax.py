"""PyYAML's errors to diagnostics in a spec author's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from callsheet.errors import quoted
from callsheet.spec.jsontext import DEEP_HELP
from callsheet.spec.limits import MAX_DEPTH
from callsheet.spec.source import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    import yaml

    from callsheet.errors import Diagnostic
    from callsheet.spec.source import Source

TAG_HELP = "known tags: `!env NAME`, `!json |`, `!include FILE`"
_TABS = "YAML is indented with spaces, never with tabs"
_QUOTES = "put a value that starts with this character in quotes"
_COLUMN = "the keys of one mapping, and the items of one list, start in the same column"
DOCUMENT_HELP = "one file holds one document; remove the line `---` or `...`"
_BACKSLASH = r"in double quotes a backslash is written `\\`; single quotes take it as it is"
_NO_KEY = "a key is missing before this colon"
_EMPTY_KEY = 'an empty key is written ""'
_PASTE = "write the character itself, or paste the JSON below `!json |`"


class _Rule(NamedTuple):
    """How an error is told; `{char}` and `{word}` are what stands at the place that is shown.

    Attributes:
        problem: Part of PyYAML's sentence.
        message: Ours.
        help: The way out.
        context: Whether the fault is where the construct began, not where it could not go on.
        back: How many characters before PyYAML's mark the fault is.
    """

    problem: str
    message: str
    help: str = ""
    context: bool = False
    back: int = 0


_RULES = (
    _Rule("tab character", "a tab cannot stand here", _TABS),
    _Rule("end of stream", "this quote is never closed", "close it with {char}", context=True),
    _Rule("document indicator", "this quote is never closed", "close it with {char}", context=True),
    _Rule("expected '-' indicator", "a key cannot stand among the items of a list", _COLUMN),
    _Rule(
        "sequence entries",
        "a list cannot start on the line of its key",
        "start it on the next line, or write `[a, b]`",
    ),
    _Rule("unknown escape", "{word} is not an escape", _BACKSLASH),
    _Rule("decimal number", "{word} lacks hexadecimal digits", _BACKSLASH, back=2),
    _Rule("invalid Unicode", "{word} is not a character", _PASTE, back=2),
    _Rule("alphabetic or numeric", "{char} starts an alias or anchor", _QUOTES, context=True),
    _Rule("incompatible YAML", "this is not YAML 1.2", "write `%YAML 1.2`, or remove the line"),
    _Rule("directive", "this is not a directive", _QUOTES, context=True),
    _Rule("comment or line break", "text cannot follow {char} on its line", _QUOTES, context=True),
    _Rule("indicator equal to 0", "the indentation cannot be 0", "it is 1 to 9"),
    _Rule("tag", "this is not a tag", TAG_HELP, context=True),
)


def syntax_fault(error: yaml.MarkedYAMLError, source: Source) -> Diagnostic:
    """The diagnostic of an error that PyYAML found in a text."""
    problem, context = error.problem or "", error.context or ""
    at = _place(error.problem_mark or error.context_mark, source)
    begin = _place(error.context_mark, source) if error.context_mark else at
    for part, tell in _TELLERS.items():
        if part in problem:
            return tell(source, at, begin)
    for rule in _RULES:
        if rule.problem in problem or rule.problem in context:
            place = begin if rule.context else _moved(at, -rule.back)
            return _told(source, place, rule.message, rule.help)
    sentence = f"{problem.removeprefix('found ')} ({context})" if context else problem
    return source.fault(at, "CS101", sentence, "the rules: https://yaml.org/spec/1.2.2/")


def reader_fault(source: Source) -> Diagnostic | None:
    """The diagnostic of the first character that YAML does not allow, if there is one."""
    found = _NOT_YAML.search(source.text)
    if found is None:
        return None
    message = f"the character U+{ord(found[0]):04X} is not allowed in YAML"
    way_out = "is this a text file? If so, write the character as an escape in double quotes"
    return source.fault(source.place(found.start()), "CS101", message, way_out)


#: All but c-printable (https://yaml.org/spec/1.2.2/#51-character-set).
_NOT_YAML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


def _place(mark: yaml.Mark | None, source: Source) -> Place:
    """A mark's place; where it is the end of the file, the end of the last line with content."""
    line, column = (mark.line, mark.column) if mark else (0, 0)
    if any(source.line(number).strip() for number in range(line, min(line + 2, len(source.lines)))):
        return Place(line, column)
    rest = [number for number, text in enumerate(source.lines) if text.strip()]
    if not rest or rest[-1] > line:
        return Place(line, column)
    return Place(rest[-1], len(source.line(rest[-1]).rstrip()))


def _moved(at: Place, columns: int) -> Place:
    return Place(at.line, max(0, at.column + columns), at.length)


#: An escape, an alias, anchor or tag, a word, or any one character.
_WORD = re.compile(r"\\[xuU][0-9A-Fa-f]*|\\.|[&*!%]?[\w.-]+|\S")


def _told(source: Source, at: Place, message: str, way_out: str) -> Diagnostic:
    line = source.line(at.line)
    found = _WORD.match(line, at.column)
    word = found[0] if found else ""
    char = line[at.column : at.column + 1]
    length = len(word) if "{word}" in message else at.length
    sentences = (
        sentence.replace("{char}", quoted(char)).replace("{word}", quoted(word))
        for sentence in (message, way_out)
    )
    return source.fault(Place(at.line, at.column, length), "CS101", *sentences)


def _too_deep(source: Source, at: Place, _: Place) -> Diagnostic:
    """YAML is read ahead, and libyaml 0.2.6 has a limit of its own, far beyond ours."""
    message = f"more than {MAX_DEPTH} levels of nesting"
    return source.fault(at, "CS103", message, DEEP_HELP)


def _token(source: Source, at: Place, _: Place) -> Diagnostic:
    if source.line(at.line)[at.column : at.column + 1] == "\t":
        return _told(source, at, "a tab cannot stand here", _TABS)
    return _told(source, at, "{char} cannot start a value", _QUOTES)


def _colon(source: Source, at: Place, _: Place) -> Diagnostic:
    """A `: ` where no key can be."""
    if at.column > _LONGEST_KEY:
        return _told(source, at, _LONG_KEY, "write `? ` before it")
    before = source.line(at.line)[: at.column]
    if re.search(r":[ \t]", before):
        way_out = 'put a value that holds `: ` in quotes, as in "a: b"'
        return _told(source, at, "a second `: ` cannot stand on this line", way_out)
    above = next((line for line in reversed(source.lines[: at.line]) if line.strip()), "")
    way_out = _COLUMN if ": " in above else "does the line before lack its colon?"
    return _told(source, at, "a key cannot stand here", way_out)


#: https://yaml.org/spec/1.2.2/#742-flow-mappings: implicit keys.
_LONGEST_KEY = 1024
_LONG_KEY = f"the key before is longer than {_LONGEST_KEY:,} characters"


def _no_colon(source: Source, _: Place, begin: Place) -> Diagnostic:
    line = source.line(begin.line).rstrip()
    at = Place(begin.line, begin.column, max(1, len(line) - begin.column))
    return _told(source, at, "this line has no `: `", "a key is written `key: value`")


def _key(source: Source, at: Place, _: Place) -> Diagnostic:
    """Something else where a block mapping's next key is expected."""
    line = source.line(at.line)
    rest, before = line[at.column :], line[: at.column].rstrip()
    if before:
        at = Place(at.line, at.column, max(1, len(rest.rstrip())))
        has_quotes = "'" in before or '"' in before
        way_out = _QUOTED_HELP if has_quotes else "put the whole value in quotes, or remove this"
        return _told(source, at, "this cannot follow the value", way_out)
    if rest.startswith(":"):
        return _told(source, at, _NO_KEY, _EMPTY_KEY)
    if rest.startswith("- "):
        return _told(source, at, "a list item cannot stand among the keys of a mapping", _COLUMN)
    return _told(source, at, "the indentation of this line matches no line above it", _COLUMN)


_QUOTED_HELP = r"""a quote inside quotes is written `''` in '…' and `\"` in "…" """.strip()


_CLOSE = {"{": "}", "[": "]"}


def _flow(source: Source, at: Place, begin: Place) -> Diagnostic:
    """A flow list or mapping that does not go on: it was not closed, or a comma is missing."""
    bracket = source.line(begin.line)[begin.column : begin.column + 1]
    close = _CLOSE.get(bracket, bracket)
    line, first = source.line(at.line), source.line(begin.line)
    outside = len(line) - len(line.lstrip()) <= len(first) - len(first.lstrip())
    if (at.line > begin.line and outside) or at.column >= len(line.rstrip()):
        return _told(source, begin, "this {char} is never closed", f"close it with `{close}`")
    if line[at.column] == ":" and at.column - begin.column > _LONGEST_KEY:
        return _told(source, at, _LONG_KEY, "write `? ` before it")
    question = "does the value before need quotes?" if line[at.column] in ":{[" else ""
    way_out = question or "entries are separated by commas"
    return _told(source, at, f"`,` or `{close}` is expected here", way_out)


def _content(source: Source, at: Place, _: Place) -> Diagnostic:
    char = source.line(at.line)[at.column : at.column + 1]
    line = source.line(at.line).rstrip()
    if not char and line.endswith(("[", "{")):
        at = Place(at.line, len(line) - 1)
        return _told(
            source, at, "this {char} is never closed", f"close it with `{_CLOSE[line[-1]]}`"
        )
    if not char:
        message = "the file ends where a value is expected"
        return _told(source, at, message, "complete the last line, or remove it")
    if char == ":":
        return _told(source, at, _NO_KEY, _EMPTY_KEY)
    if char in "]}":
        return _told(source, at, "{char} closes nothing", "remove it, or put the value in quotes")
    return _told(source, at, "a value is expected before {char}", _QUOTES)


def _document(source: Source, at: Place, _: Place) -> Diagnostic:
    before = [line for line in source.lines[: at.line] if line.strip()]
    if before and before[-1].startswith("..."):
        return _told(source, at, "a second document starts here", DOCUMENT_HELP)
    return _told(source, at, "this line is indented less than the first key", _COLUMN)


#: Part of PyYAML's sentence → who tells it; for what a rule's table cannot say.
_TELLERS: dict[str, Callable[[Source, Place, Place], Diagnostic]] = {
    "maximum nesting depth": _too_deep,
    "cannot start any token": _token,
    "mapping values are not allowed": _colon,
    "find expected ':'": _no_colon,
    "expected key": _key,
    "expected <block end>": _key,
    "expected ',' or": _flow,
    "node content": _content,
    "<document start>": _document,
}
