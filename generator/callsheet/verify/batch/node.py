"""Node.js: one host whose event loop is empty between two programs; each is a module of its own.

What a program leaves changed, the host sees, and ends with it. What it cannot see is recognised by
the text, and its program is run by itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callsheet.verify.batch import Batch
from callsheet.verify.batch.host import PROGRAMS, hosted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callsheet.render import Snippet
    from callsheet.verify.bench import Bench

#: The modules of Node.js that programs may share: the host sees whether one has changed them.
_MODULES = """\
assert assert/strict buffer crypto dns dns/promises events fs fs/promises http https net os path
perf_hooks querystring readline readline/promises stream stream/promises stream/web string_decoder
timers timers/promises tls url util zlib
""".split()  # noqa: SIM905  as a list it is a page long
#: What is asked of a name without a trace that lasts; all else that it has may leave one.
_FLEETING = {
    r"\bprocess": "arch argv cwd env exit exitCode hrtime memoryUsage pid platform stderr"
    " stdout uptime version versions",
    r"\bconsole": "assert debug dir error info log table trace warn",
    r"\bperformance": "now",
    r"\bimport\s*\.\s*meta": "dirname filename resolve url",
}
#: What keeps no process alive, what comes after an error that ends a process but not the host, a
#: setting that a function hides, code from a text.
_LASTING = re.compile(
    r"""\b(?:unref|stdin|FinalizationRegistry|localStorage|sessionStorage|eval|Function)\b
    | \b(?:setImmediate|queueMicrotask|globalAgent|defaultMaxListeners|defaultOptions)\b
    | \bset(?!(?:Encoding|Headers?|Interval|KeepAlive|Timeout)\b)[A-Z]\w*\s*\(
    | \bSymbol\s*\.\s*for\b | \bimport\s*\( | \bprocess\s*[^\s\w.?"'`]
    """,
    re.VERBOSE,
)
_TRACES = [
    re.compile(rf"{start}\s*(?:\?\.|\.)\s*(?!(?:{'|'.join(names.split())})\b)")
    for start, names in _FLEETING.items()
]
_IMPORT = re.compile(
    r"""^import\b([\w$\s*,{}]*?)(?:\bfrom\b\s*)?(["'])([^"'\n]+)\2[ \t]*;?""", re.MULTILINE
)
_STRING = re.compile(r""" "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' """, re.VERBOSE)
#: How the name of a package is used where what it makes is the program's own.
_CALL = r"\s*(?:\.\s*(?:create|delete|get|head|options|patch|post|put|request)\s*)?\("


def alike(snippet: Snippet) -> str | None:
    """The same for every program that may share; None for one that must be by itself."""
    code = _STRING.sub("''", _IMPORT.sub("", snippet.text))
    if _LASTING.search(code) or any(trace.search(code) for trace in _TRACES):
        return None
    package = snippet.client.package
    for names, _, module in _IMPORT.findall(snippet.text):
        if package and (module == package.name or module.startswith(f"{package.name}/")):
            if not all(_is_called(name, code) for name in re.findall(r"(?!as\b)[\w$]+", names)):
                return None
        elif module not in {"process", "node:process"}:
            if module.removeprefix("node:") not in _MODULES:
                return None
        elif names.strip() != "process":
            return None
    return ""


def _is_called(name: str, code: str) -> bool:
    """Whether a name is used for nothing but to call it, so that no state of it can be left."""
    word = rf"(?<![\w$.]){re.escape(name)}(?![\w$])"
    return not re.search(word, re.sub(rf"\b(?:new|instanceof)\s+{word}|{word}{_CALL}", "", code))


def _command(_: Sequence[Snippet], bench: Bench) -> tuple[str, ...]:
    return (bench.command[0], str(PROGRAMS / "node.mjs"), ",".join(_MODULES))


BATCH = Batch(alike=alike, open=hosted(_command))
