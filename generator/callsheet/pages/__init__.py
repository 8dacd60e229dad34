"""Snippets + page sources to pages: source.py reads a page, formats.py prints it in each format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.options import FORMATS
from callsheet.pages import formats, reference, source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.options import Options
    from callsheet.pages.source import Document
    from callsheet.sheet import Sheet


def documents_of(sheet: Sheet) -> list[Document]:
    """Every page of a spec; the reference page where the spec says nothing of pages.

    Raises:
        SpecError: A page failed; says its file and line.
    """
    if sheet.spec.pageless:
        return reference.documents(sheet)
    return [source.read(path, sheet) for path in sheet.spec.pages]


def render_all(sheet: Sheet, options: Options) -> Iterator[tuple[str, str]]:
    """Every page of a spec in every format, and the files beside them, as (path, text).

    Paths lie below the output folder.

    Raises:
        SpecError: A page or a format's template failed; says its file and line.
        UsageError: There is no such format.
    """
    chosen = [formats.get(key, options.folders) for key in options.formats or FORMATS]
    documents = documents_of(sheet)
    for document in documents:
        siblings = [other for other in documents if other.name == document.name]
        for form in chosen:
            yield f"{document.stem}.{form.extension}", form.render(document, siblings)
    for form in chosen:
        yield from form.files(documents)
