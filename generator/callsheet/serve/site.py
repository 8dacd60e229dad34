"""Built files to a Site: what a browser may ask for, and what of it are pages."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from callsheet.spec.locales import chain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TITLE = re.compile(rb"<title>(.*?)</title>", re.DOTALL)
_LANG = re.compile(rb"<html\b[^>]*\blang=\"?([\w-]+)")
#: What a change of which shows on every page.
_SHARED = (".css", ".js")


@dataclass(frozen=True, slots=True)
class Page:
    """An HTML page: its path below the root, its title, and the locale that it says it is in."""

    path: str
    title: str
    locale: str

    @property
    def name(self) -> str:
        """The path that a page's locales share."""
        return self.path.removesuffix(".html").removesuffix(f".{self.locale}")


@dataclass(frozen=True)
class Site:
    """All that is served at one time.

    Attributes:
        files: Path below the root → content.
        fault: What is wrong with the sources now, as a terminal would show it, or "".
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    fault: str = ""

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The pages, in the order of their paths."""
        return tuple(
            _page(path, data) for path, data in sorted(self.files.items()) if path.endswith(".html")
        )

    @cached_property
    def _shared(self) -> bytes:
        return b"".join(data for path, data in self.files.items() if path.endswith(_SHARED))

    def digest(self, path: str) -> str:
        """Changes with what a browser shows of a path; "" where there is no such file."""
        if path in self.files:
            content = self.files[path] + self._shared
        elif self.is_folder(path) and self.pages:
            content = repr(self.pages).encode()
        else:
            return ""
        return sha256(content).hexdigest()[:16]

    def is_folder(self, path: str) -> bool:
        """Whether a path is the root, or the folder of a spec's pages: `shop/`."""
        return path == "" or (path.endswith("/") and bool(self.below(path)))

    def below(self, folder: str) -> Sequence[Page]:
        """The pages in a folder."""
        return [page for page in self.pages if page.path.startswith(folder)]

    def front(self, folder: str, languages: Sequence[str]) -> Page | None:
        """The page that a folder stands for: its only one, in the locale that a reader prefers.

        Args:
            folder: "" or a path that ends in `/`.
            languages: What the reader reads, the best first.
        """
        pages = self.below(folder)
        if len({page.name for page in pages}) != 1:
            return None
        by_locale = {page.locale: page for page in reversed(pages)}
        wished = (tag for language in languages for tag in chain(language)[:-1] or (language,))
        return next((by_locale[tag] for tag in wished if tag in by_locale), pages[0])


def _page(path: str, data: bytes) -> Page:
    title = _TITLE.search(data)
    locale = _LANG.search(data)
    shown = html.unescape(title[1].decode("utf-8", "replace")).strip() if title else ""
    return Page(path, shown or PurePosixPath(path).name, locale[1].decode() if locale else "")
