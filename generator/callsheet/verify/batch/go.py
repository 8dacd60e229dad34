"""Go: one binary for all programs that are alike; each still runs in a process of its own.

Every program is compiled unchanged, and all are linked at once (see `_golink.py`). What a program
finds in place of its own binary is a link, whose target selects it.
"""

from __future__ import annotations

import re
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise, takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet.urls import split
from callsheet.verify.batch import Batch
from callsheet.verify.batch._golink import linked
from callsheet.verify.process import Limits, Run, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from callsheet.render import Snippet
    from callsheet.verify.authority import Authority
    from callsheet.verify.batch._golink import Program
    from callsheet.verify.bench import Bench, Settings
    from callsheet.verify.runners import Place

#: https://go.dev/ref/spec#Lexical_elements; an operator is as many tokens as it has characters.
_TOKEN = re.compile(
    r"""//[^\n]*|/\*.*?\*/|`[^`]*`|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\w+|[^\w\s]""", re.DOTALL
)
#: Comments that tell `go build` or the compiler something.
_DIRECTIVES = ("//go:", "//line ", "/*line ", "//export ", "// +build", "//+build")

#: A package of the standard library, by its look; the rest of its path says whose it is.
_STANDARD = re.compile(r"[a-z][a-z0-9]*(?:/[a-z0-9]+)*")
#: What `go build` lets no program import, or links in another way; and `runtime` and `gob`, which
#: tell the path that a program is compiled under.
_OTHERS = frozenset(("internal", "vendor", "cmd", "plugin", "runtime", "gob"))
#: What shows a program where its binary lies, or the path that its package is compiled under.
_TELLING = frozenset(("Executable", "PkgPath", "AddSource"))

#: Imports that change nothing for a program that does not make them: neither these packages nor
#: those that they import register anything where another package looks for it.
_QUIET = """
bufio bytes context encoding/base64 encoding/hex encoding/json errors fmt io log maps math
net/url os path/filepath regexp slices sort strconv strings sync sync/atomic time unicode
unicode/utf8
"""


def alike(snippet: Snippet) -> frozenset[str] | None:
    """The imports of a program that others must not find made; None for one that goes alone."""
    if not split(snippet.request.server)[0].startswith("https://"):
        return None  # its origin is swapped, for a port that is not known yet
    packages = imports(snippet.text)
    return None if packages is None else packages.difference(_QUIET.split())


def imports(text: str) -> frozenset[str] | None:
    """The packages that a program imports; None where it cannot be linked with others.

    A linked program's variables are made, and its `init` is run, whichever program is selected.
    """
    tokens = _TOKEN.findall(text)
    if any(token.startswith(_DIRECTIVES) or token in _TELLING for token in tokens):
        return None
    outline = list(_outline(tokens))
    pairs = set(pairwise(outline))
    if outline[:2] != ["package", "main"] or ("func", "main") not in pairs:
        return None
    if ("func", "init") in pairs or "var" in outline:
        return None
    head = takewhile(lambda token: token not in {"const", "func", "type"}, outline)
    packages = frozenset(token[1:-1] for token in head if token[0] in '"`')
    return packages if all(map(_is_standard, packages)) else None


def _outline(tokens: Sequence[str]) -> Iterator[str]:
    """All that stands outside braces, without comments."""
    depth = 0
    for word in tokens:
        depth -= word == "}"
        if depth == 0 and word != "}" and not word.startswith(("//", "/*")):
            yield word
        depth += word == "{"


def _is_standard(package: str) -> bool:
    return bool(_STANDARD.fullmatch(package)) and _OTHERS.isdisjoint(package.split("/"))


class Linked:
    """Runs programs that are linked already."""

    def __init__(self, programs: Mapping[str, Program]) -> None:
        """Starts nothing.

        Args:
            programs: Text → what was made of it.
        """
        self._programs = programs

    def build(self, place: Place, limits: Limits) -> Run | None:
        """See `Host`."""
        program = self._programs.get(place.text)
        if program is None:  # its origin was swapped after all
            return replace(place, bench=replace(place.bench, host=None)).build(limits)
        if program.path:
            _command(place).symlink_to(program.path)
        return program.compiled

    def run(
        self, place: Place, settings: Settings, limits: Limits, heard: Callable[[], None]
    ) -> Run:
        """See `Host`."""
        command = [str(_command(place)), *settings.arguments, *place.bench.command[1:]]
        return run(command, place.folder, settings.environment, limits, heard)


def _command(place: Place) -> Path:
    return place.folder / place.bench.command[0]


@contextmanager
def opened(snippets: Sequence[Snippet], bench: Bench, _: Authority) -> Iterator[Sequence[Bench]]:
    """See `Batch.open`.

    Raises:
        Unlinked: No binary can be made of them.
    """
    texts = {snippet.text: imports(snippet.text) or frozenset() for snippet in snippets}
    with tempfile.TemporaryDirectory(prefix="callsheet-", ignore_cleanup_errors=True) as folder:
        host = Linked(linked(texts, bench, Path(folder)))
        yield [replace(bench, host=host)] * len(snippets)


BATCH = Batch(alike=alike, open=opened, least=4, most=100, seconds=2.0)
