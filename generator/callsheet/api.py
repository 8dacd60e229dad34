"""One example, one language, one snippet: what `callsheet.render` and `callsheet show` do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet import clients, languages
from callsheet.errors import Unsupported, UsageError, suggest
from callsheet.options import Options
from callsheet.render import Snippet, render
from callsheet.request import build
from callsheet.sheet import chosen

if TYPE_CHECKING:
    from pathlib import Path

    from callsheet.spec.model import Spec


def render_one(
    spec: Spec, example: str, language: str, client: str | None, folders: tuple[Path, ...] = ()
) -> Snippet:
    """The snippet of an example; the first client that can make the call where none is named.

    Raises:
        UsageError: There is no such example, language or client.
        Unsupported: No client can make the call.
    """
    found = spec.find(example)
    if found is None:
        ids = [sample.id for endpoint in spec.endpoints for sample in endpoint.examples]
        raise UsageError(f"unknown example `{example}`; {suggest(example, ids)}")
    languages.get(language, folders)
    request = build(spec, *found)
    if client:
        return render(request, clients.find(spec, language, client, folders), folders)
    reason = Unsupported(f"no client of {language} makes this call")
    for choice in chosen(spec, found[1], language, Options(folders=folders)):
        try:
            return render(request, choice, folders)
        except Unsupported as error:
            reason = error
    raise reason
