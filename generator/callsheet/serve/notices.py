"""Pages of the server's own: what there is, that something is not there, and what is wrong."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import jinja2

from callsheet import resources
from callsheet.pages import markup

if TYPE_CHECKING:
    from callsheet.serve.site import Site


@cache
def text(name: str) -> str:
    """A file that lies beside this module."""
    return (resources.package() / "serve" / name).read_text("utf-8")


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    environment.filters["integrity"] = markup.integrity
    return environment.from_string(text("notice.html.jinja"))


def notice(title: str, site: Site, folder: str = "") -> bytes:
    """A page that links to the pages of a folder, and says what is wrong where there are none."""
    pages = site.below(folder) or site.pages
    style = markup.safe(text("notice.css"))
    fault = "" if pages else site.fault
    return _template().render(title=title, style=style, pages=pages, fault=fault).encode()
