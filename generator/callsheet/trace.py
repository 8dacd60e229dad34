"""A Snippet and a place in it to the template's file and line that printed it."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2.ext import Extension
from jinja2.lexer import Token

from callsheet.errors import CallsheetError
from callsheet.render import LINE, MARK, renderer_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from jinja2.lexer import TokenStream

    from callsheet.render import Snippet


class _Lines(Extension):
    """Puts a mark before each line of a template's own text, and before what it prints."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The stream with the marks."""
        for token in stream:
            if token.type == "data" and isinstance(token.value, str):
                lines = token.value.split("\n")
                marked = (
                    f"\0{number}@{stream.filename}\0{line}"
                    for number, line in enumerate(lines, token.lineno)
                )
                yield Token(token.lineno, "data", "\n".join(marked))
            else:
                if token.type == "variable_begin":
                    yield Token(token.lineno, "data", f"\0{token.lineno}@{stream.filename}\0")
                yield token


@cache
def _environment(language: str, folders: tuple[Path, ...]) -> jinja2.Environment:
    """A language's environment, but for the marks; its templates are kept nowhere."""
    renderer = renderer_of(language, folders)
    environment = renderer.environment.overlay(extensions=[_Lines], bytecode_cache=None)
    own = {name: _unaware(made) for name, made in renderer.filters().items()}
    environment.filters = {**environment.filters, **own}
    return environment


def _unaware(made: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that sees no marks in a text that a template gives it: it may measure that."""

    def filtered(*arguments: Any) -> Any:  # noqa: ANN401
        return made(*(LINE.sub("", it) if isinstance(it, str) else it for it in arguments))

    return filtered


def origin(
    snippet: Snippet, line: int, column: int, folders: tuple[Path, ...] = ()
) -> tuple[str, int] | None:
    """File and line of the template that printed a place of a snippet.

    Args:
        snippet: The snippet.
        line: 1-based.
        column: 1-based, in characters.
        folders: Template folders that it was rendered with.

    Returns:
        None where the template cannot be traced, such as when it measures its own text.
    """
    renderer = renderer_of(snippet.client.language, folders)
    environment = _environment(snippet.client.language, folders)
    try:
        marked = renderer.printed(environment, snippet.client, snippet.request)
        printed, lines = _unmarked(marked)
        pieces = renderer.laid(printed)
    except (jinja2.TemplateError, CallsheetError, LookupError, TypeError, ValueError):
        return None
    text = "".join(pieces)
    if text.strip("\n") + "\n" != snippet.text:
        return None
    before = snippet.text.split("\n")[: line - 1]
    start = len(text) - len(text.lstrip("\n"))
    at = _raw(printed, pieces, start + sum(len(row) + 1 for row in before) + column - 1)
    index = bisect_right(lines, at, key=lambda row: row[0])
    return lines[index - 1][1:] if index else None


def _unmarked(marked: str) -> tuple[str, list[tuple[int, str, int]]]:
    """The text without marks, and for each: where it stood, the file, the line."""
    printed, lines, last, length = [], [], 0, 0
    for match in LINE.finditer(marked):
        printed.append(marked[last : match.start()])
        length += match.start() - last
        last = match.end()
        lines.append((length, match[2], int(match[1])))
    return "".join((*printed, marked[last:])), lines


def _raw(printed: str, pieces: list[str], at: int) -> int:
    """The place in what was printed for a place in what was laid."""
    raw = 0
    for index, (before, piece) in enumerate(zip(MARK.split(printed), pieces, strict=True)):
        is_document = index % 2 == 1
        if at < len(piece):
            return raw if is_document else raw + at
        at -= len(piece)
        raw += len(before) + 2 * is_document  # the NULs around its number
    return raw
