"""Pages of a small spec."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.options import Options
from callsheet.pages import render_all
from callsheet.sheet import sheet
from callsheet.spec.read import load
from support import HEAD

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE = """\
endpoints:
  items:
    request: POST /items
    auth: key
    examples:
      it: {title: It, body: {json: {a: 1}}, response: {status: 201, json: {id: 7}}}
pages: "*.md"
"""


def pages_of(
    folder: Path,
    pages: dict[str, str],
    spec: str = HEAD + EXAMPLE,
    options: Options = Options(),  # noqa: B008  frozen
) -> dict[str, str]:
    """The pages of a small spec, in every format."""
    for name, text in pages.items():
        (folder / name).write_text(text)
    (folder / "shop.yaml").write_text(spec)
    made = sheet(load(folder / "shop.yaml"), options)
    return dict(render_all(made, options))


def own(folder: Path, locale: str, **texts: str) -> tuple[Path, ...]:
    """A template folder with a catalogue of its own."""
    entries = [f'msgid "{word}"\nmsgstr "{text}"\n' for word, text in texts.items()]
    return written(folder, locale, "\n".join(entries))


def written(folder: Path, locale: str, text: str) -> tuple[Path, ...]:
    place = folder / "locales" / locale / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "callsheet.po").write_text(text)
    return (folder,)
