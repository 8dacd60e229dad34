"""API examples that cannot be wrong: a spec in; snippets in eight languages and a page out.

>>> import callsheet
>>> spec = callsheet.load("spec/clawdrouter.yaml")
>>> print(callsheet.render(spec, "streaming", "python", "requests").text)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from os import PathLike

    from callsheet.render import Snippet
    from callsheet.spec.model import Spec

__version__ = "0.1.0"
__all__ = ["__version__", "load", "render"]


def load(path: str | PathLike[str], *, server: str = "") -> Spec:
    """Reads a spec.

    Args:
        path: A YAML file, or a folder whose `*.yaml` files are one spec together.
        server: Replaces the spec's server, as it stands.

    Raises:
        callsheet.errors.SpecError: Every fault of the spec, each with its place.
    """
    from pathlib import Path

    from callsheet.clients import catalog
    from callsheet.spec.read import load as read

    return read(Path(path), server=server, catalog=catalog())


def render(spec: Spec, example: str, language: str, client: str | None = None) -> Snippet:
    """Prints one example in one language.

    Args:
        spec: What `load` returned.
        example: The example's id.
        language: Key of a language, such as `python`.
        client: Key of a client, such as `requests`; the one the spec chooses otherwise.

    Returns:
        The snippet; its `text` is the program.

    Raises:
        callsheet.errors.UsageError: There is no such example, language or client.
        callsheet.errors.Unsupported: The client cannot make this request.
    """
    from callsheet.api import render_one

    return render_one(spec, example, language, client)
