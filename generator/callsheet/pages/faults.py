"""What went wrong in a page's source to a Diagnostic: where it is, and the way out."""

from __future__ import annotations

import re
from inspect import signature
from typing import TYPE_CHECKING

import jinja2

from callsheet.errors import Diagnostic, suggest
from callsheet.spec.load import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

_UNDEFINED = re.compile(r"'(\w+)' is undefined")
_PAIRS = (("{{", "}}"), ("{%", "%}"), ("{#", "#}"))
_QUOTES = "an example's id stands in quotes"
_RAW = "text that holds `{{` or `{%` goes between {% raw %} and {% endraw %}"


class PageError(Exception):
    """A call of a page that cannot be answered.

    Attributes:
        word: What to point at.
        way_out: What to do.
    """

    def __init__(self, word: str, message: str, way_out: str) -> None:
        """Takes the message besides."""
        self.word, self.way_out = word, way_out
        super().__init__(message)


class Call:
    """What a page may call. It takes texts alone, and stands for nothing until it is called."""

    def __init__(self, answer: Callable[..., str], usage: str) -> None:
        """Takes what answers, and how the call is written: `install()`."""
        self._answer, self._usage, self._name = answer, usage, answer.__name__

    def __call__(self, *words: object, **named: object) -> str:
        """The answer.

        Raises:
            PageError: It does not take these arguments.
        """
        try:
            signature(self._answer).bind(*words, **named)
        except TypeError:
            raise self._fault(f"`{self._name}` does not take these arguments") from None
        if not all(isinstance(word, str) for word in words):
            raise self._fault(f"`{self._name}` takes the ids of examples, as texts")
        return self._answer(*words)

    def __str__(self) -> str:
        """Nothing: a page that prints it forgot the parentheses."""
        raise self._fault(f"`{self._name}` is not called")

    def _fault(self, message: str) -> PageError:
        return PageError(self._name, message, f"it is written `{{{{ {self._usage} }}}}`")


def diagnostic(error: Exception, path: Path, calls: Iterable[str]) -> Diagnostic:
    """A fault at its place in a page.

    Args:
        error: What reading the page raised.
        path: The page.
        calls: The names that a page may use.
    """
    lines = read_text(path, str(path)).split("\n")
    line = getattr(error, "line", 0) or _line_of(error)
    message = str(error) or type(error).__name__
    word, way_out = getattr(error, "word", ""), getattr(error, "way_out", "")
    if isinstance(error, jinja2.TemplateSyntaxError):
        way_out = _RAW
        if begun := _unclosed(lines[: line - 1]):
            line, word = begun
            message = f"what begins here cannot be read: {message}"
    elif match := _UNDEFINED.fullmatch(message):
        word, way_out = match[1], f"{_QUOTES}; {suggest(match[1], calls)}"
    source = lines[line - 1] if 0 < line <= len(lines) else ""
    column, length = (source.find(word) + 1, len(word)) if word and word in source else (1, 1)
    return Diagnostic(str(path), line, column, "CS502", message, way_out, source, length)


def _unclosed(lines: list[str]) -> tuple[int, str] | None:
    """The line and the text of what is begun in some lines, and not ended in them."""
    text = "\n".join(lines)
    for begins, ends in _PAIRS:
        start = text.rfind(begins)
        if start > text.rfind(ends):
            return text.count("\n", 0, start) + 1, begins
    return None


def _line_of(error: Exception) -> int:
    if isinstance(error, jinja2.TemplateSyntaxError):
        return error.lineno
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
