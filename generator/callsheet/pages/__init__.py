"""Snippets + page sources to pages: source.py reads a page, formats.py prints it in each format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet import machine
from callsheet.options import FORMATS
from callsheet.pages import formats, reference, source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callsheet.options import Options
    from callsheet.pages.formats import Format
    from callsheet.pages.source import Document
    from callsheet.sheet import Sheet

#: Snippets on pages that are worth a process: about a fifth of a second of work.
_PART = 500


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
    printed = [(document, form) for document in documents for form in chosen]

    def texts(part: Sequence[tuple[Document, Format]]) -> list[str]:
        return [form.render(document, _siblings(document, documents)) for document, form in part]

    work = sum(len(document.snippets) for document, _ in printed)
    for (document, form), text in zip(
        printed, machine.shared(printed, texts, work // _PART), strict=True
    ):
        yield f"{document.stem}.{form.extension}", text
    for form in chosen:
        yield from form.files(documents)


def _siblings(document: Document, documents: Sequence[Document]) -> list[Document]:
    """The page in all its locales."""
    return [other for other in documents if other.name == document.name]
