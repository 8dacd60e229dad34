"""Ruby: a fork server for each set of requires, which are made once for all that share them.

The server makes exactly the requires that its programs begin with, so that one which forgets a
require fails as it would by itself.
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

#: A program's head: nothing but requires, comments and blank lines.
_HEAD = re.compile(r"""(?:[ \t]*(?:#.*|require[ \t]*(["'])[^"'\\#\n]+\1[ \t]*(?:#.*)?)?\n)*""")
_REQUIRE = re.compile(r"""^[ \t]*require[ \t]*["']([^"']+)""", re.MULTILINE)
#: Strings without a value inside: what stands in them is no code.
_STRING = re.compile(r"""\"(?:\\.|(?!\#\{)[^"\\\n])*" | '(?:\\.|[^'\\\n])*'""", re.VERBOSE)
#: `$"` lists what is loaded; it is looked for in the text as it is, for it looks like a string.
_LOADED = re.compile(r"""\$"[ \t]*(?:[.\[),]|$)""", re.MULTILINE)
#: What shows a program whether it is its process's first file or what was loaded before it, and
#: what changes its environment, of which a library that is loaded has read the authorities.
_ALONE = re.compile(
    r"""\A\#!.*\s-
    | ^__END__$ | ^\s*BEGIN\b
    | \$LOADED_FEATURES | \bcaller(?:_locations)?\b | \bTOPLEVEL_BINDING | \bSCRIPT_LINES__
    | \bObjectSpace | \bRubyVM | \bTracePoint | \bset_trace_func | \bCallsheet
    | \bconst_(?:get|defined|missing) | \.\s*(?:constants|\w*methods)\b
    | \bENV\b(?!\.(?:fetch|key\?|to_h)|\[[^]\n]*\](?![ \t]*(?:[|&+]|=(?![=~]))))
    """,
    re.MULTILINE | re.VERBOSE,
)


def requires(snippet: Snippet) -> tuple[str, ...] | None:
    """The requires that a program begins with; None for one that must be by itself."""
    if _LOADED.search(snippet.text) or _ALONE.search(_STRING.sub("''", snippet.text)):
        return None
    head = _HEAD.match(snippet.text)
    return tuple(_REQUIRE.findall(head[0])) if head else ()


def _command(snippets: Sequence[Snippet], bench: Bench) -> tuple[str, ...]:
    return (bench.command[0], str(PROGRAMS / "ruby.rb"), "\n".join(requires(snippets[0]) or ()))


BATCH = Batch(alike=requires, open=hosted(_command))
