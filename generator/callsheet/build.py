"""Sheet to Plan: the snippets' files, their index, and the pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from callsheet.errors import UsageError
from callsheet.output import Plan, digest
from callsheet.state import GLOB

if TYPE_CHECKING:
    from callsheet.options import Options
    from callsheet.render import Snippet
    from callsheet.sheet import Sheet
    from callsheet.spec.model import Spec


def plan(made: Sheet, options: Options) -> Plan:
    """The files of a build.

    Raises:
        SpecError: A page or one of its templates failed.
        UsageError: There is no such format, or two files would have one name.
    """
    files = {
        snippet.file: snippet.text.encode() for group in made.snippets.values() for snippet in group
    }
    files["snippets.json"] = index(made)
    if made.spec.pages or made.spec.pageless:
        from callsheet import pages

        for path, text in pages.render_all(made, options):
            if path in files:
                raise UsageError(
                    f"two formats both write `{path}`; build one at a time with `--format`"
                )
            files[path] = text.encode()
    return Plan(files, input_names(made.spec))


def index(made: Sheet) -> bytes:
    """`snippets.json`: every snippet with what a reader needs to run it, a line each."""
    snippets = (snippet for group in made.snippets.values() for snippet in group)
    lines = ",\n".join(json.dumps(_entry(snippet), ensure_ascii=False) for snippet in snippets)
    return f'{{"snippets": [\n{lines}\n]}}\n'.encode()


def _entry(snippet: Snippet) -> dict[str, object]:
    package = snippet.client.package
    install = {"install": snippet.client.install}
    return {
        "example": snippet.example,
        "language": snippet.language.key,
        "client": snippet.client.key,
        "file": snippet.file,
        "sha256": digest(snippet.text.encode()),
        "env": list(snippet.request.env),
        "packages": [{"name": package.name, "version": package.version, **install}]
        if package
        else [],
        "runtime": snippet.client.runtime,
    }


def input_names(spec: Spec) -> tuple[str, ...]:
    """Files and page patterns of a spec, below its folder; what `state.key` covers."""
    files = (path.relative_to(spec.root) for path in (*spec.files, *spec.pages))
    names = sorted({path.as_posix() for path in files})
    return (*names, *(f"{GLOB}{pattern}" for pattern in spec.patterns))
