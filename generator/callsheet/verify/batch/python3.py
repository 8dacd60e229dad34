"""Python: a fork server for each set of imports, which are made once for all that share them.

The server makes exactly the imports that its programs begin with, so that one which forgets an
import fails as it would by itself.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from callsheet.verify.batch import Batch
from callsheet.verify.batch.host import PROGRAMS, hosted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callsheet.render import Snippet
    from callsheet.verify.bench import Bench


def imports(snippet: Snippet) -> tuple[str, ...] | None:
    """The imports that a program makes at its top level; None where it cannot be read."""
    try:
        tree = ast.parse(snippet.text)
    except (SyntaxError, ValueError):
        return None
    found = (node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom))
    return tuple(map(ast.unparse, found))


def _command(snippets: Sequence[Snippet], bench: Bench) -> tuple[str, ...]:
    return (bench.command[0], str(PROGRAMS / "python.py"), "\n".join(imports(snippets[0]) or ()))


BATCH = Batch(alike=imports, open=hosted(_command))
