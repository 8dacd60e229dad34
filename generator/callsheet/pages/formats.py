"""Formats: a folder of small templates each. In: a Document; out: a page in that format."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import jinja2

from callsheet import cache as disk
from callsheet import resources
from callsheet.errors import SpecError, UsageError, suggest
from callsheet.pages import dialects, markup
from callsheet.pages.blocks import Answers
from callsheet.pages.labels import direction, locale_name
from callsheet.pages.marks import ALONE, MARK
from callsheet.render import indented, template_fault
from callsheet.spec import head
from callsheet.spec.record import Key, Record
from callsheet.spec.types import Enum, Str

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from markupsafe import Markup

    from callsheet.pages.blocks import Block
    from callsheet.pages.dialects._base import Dialect
    from callsheet.pages.source import Document

#: In Markdown a block stands on a line of its own, and takes the lines below it if it is empty.
_MARK = re.compile(rf"{ALONE.pattern}(\n*)", re.MULTILINE)
#: In HTML a block stands alone in a paragraph; headings tell how deep its own headings are.
_HTML_MARK = re.compile(f"<h([1-6])|<p>{MARK.pattern}</p>|{MARK.pattern}")


_META = Record(
    "a format's head",
    {
        "dialect": Key(Str("word"), "how the tool reads prose: a module of `pages/dialects`"),
        "like": Key(Str("word"), "the format whose templates it takes where it has none"),
        "titled": Key(Enum(("yes", "no"), "word"), "whether the tool prints a page's title itself"),
    },
)


@dataclass(frozen=True)
class Format:
    """A dialect of docs pages.

    Attributes:
        key: Word of the command line; the folder's name.
        extension: Of its pages, from `page.<extension>.jinja`.
        folders: Template folders, the first that has a template wins.
        like: The formats whose templates stand in for those that it lacks, in turn.
        dialect: How its tool reads a page; HTML has none.
        titled: Whether the tool prints a page's title itself.
    """

    key: str
    extension: str
    folders: tuple[Path, ...]
    like: tuple[str, ...]
    dialect: Dialect
    titled: bool = False

    @property
    def is_html(self) -> bool:
        """Whether prose becomes HTML; it stays Markdown otherwise."""
        return self.extension == "html"

    @property
    def keys(self) -> tuple[str, ...]:
        """Its own, and those of the formats it is like."""
        return (self.key, *self.like)

    @property
    def places(self) -> list[Path]:
        """Where its templates are looked for, in turn."""
        return [folder / "pages" / key for key in self.keys for folder in self.folders]

    @cached_property
    def environment(self) -> jinja2.Environment:
        """Jinja for this format's templates."""
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(self.places),
            undefined=jinja2.StrictUndefined,
            autoescape=self.is_html,  # noqa: S701  on wherever HTML is written
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            bytecode_cache=disk.bytecode(),
        )
        environment.globals["source"] = self.source
        environment.filters |= {
            **self.dialect.filters,
            "indent": indented,
            "integrity": markup.integrity,
            "direction": direction,
            "locale_name": locale_name,
            "highlight": _highlight,
        }
        if self.is_html:
            environment.filters["prose"] = _prose
        return environment

    def source(self, name: str) -> Markup:
        """A file of the format's folder as it is: CSS and scripts may hold what Jinja reads."""
        loader = self.environment.loader
        assert loader is not None  # noqa: S101  `environment` has one
        return markup.safe(loader.get_source(self.environment, name)[0])

    def render(self, document: Document, siblings: Sequence[Document]) -> str:
        """The page.

        A template may use `page`, `label(word)`, `siblings` and `format`; the page's own also
        `body`; a block's also `block` and `number`. In HTML there are `toc` and a block's `level`.

        Args:
            document: What is printed.
            siblings: The same page in all its locales.

        Raises:
            SpecError: A template failed; says its file and line.
        """
        names = self._names(document, siblings)
        with self._faults():
            body = self._body(document, names)
            return self._print(f"page.{self.extension}.jinja", body=body, **names)

    def fragment(self, document: Document, number: int, level: int = 2) -> str:
        """One block of a document, for a page that somebody else writes.

        Args:
            document: What holds the block.
            number: Which of its blocks.
            level: Of the headings in it, where the format is HTML.

        Raises:
            SpecError: A template failed; says its file and line.
        """
        names = self._names(document, [document]) | {"toc": [], "level": level}
        with self._faults():
            return str(self._block(document, number, names))

    def files(self, documents: Sequence[Document]) -> Iterator[tuple[str, str]]:
        """What stands beside the pages: the format's folder `files`.

        A template there, `callsheet.js.jinja`, may use `pages` and `format`; any other file is
        taken as it is.

        Raises:
            SpecError: A template failed; says its file and line.
        """
        names = {
            path.relative_to(place).as_posix(): None
            for place in self.places
            for path in sorted(place.glob("files/**/*"))
            if path.is_file()
        }
        for name in names:
            path = name.removeprefix("files/").removesuffix(".jinja")
            with self._faults():
                if name.endswith(".jinja"):
                    yield path, self._print(name, pages=documents, format=self)
                else:
                    yield path, str(self.source(name))

    def _names(self, document: Document, siblings: Sequence[Document]) -> dict[str, Any]:
        """What every template of a page may use."""
        return {"page": document, "label": document.label, "siblings": siblings, "format": self}

    def _print(self, template: str, **names: Any) -> str:  # noqa: ANN401
        return self.environment.get_template(template).render(**names).strip("\n") + "\n"

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except (jinja2.TemplateError, LookupError, TypeError, ValueError, AttributeError) as error:
            folders = tuple(folder / "pages" for folder in self.folders)
            raise SpecError([template_fault(error, f"pages/{self.key}", folders)]) from error

    def _body(self, document: Document, names: dict[str, Any]) -> Any:  # noqa: ANN401
        """The prose with every mark replaced by its block."""
        if self.is_html:
            return self._html(document, names)

        def placed(match: re.Match[str]) -> str:
            start, number, after = match.groups()
            text = self._block(document, int(number), names)
            return _continued(text, start) + after if text or start.strip() else ""

        return _MARK.sub(placed, self.dialect.prose(document.text, titled=self.titled))

    def _html(self, document: Document, names: dict[str, Any]) -> Markup:
        """The prose as HTML; `toc` and, for each block, `level` of its headings join the names."""
        from callsheet.pages.prose import linked, to_html

        html, names["toc"] = to_html(document.text)
        level = 1

        def placed(match: re.Match[str]) -> str:
            nonlocal level
            if match[1]:
                level = int(match[1])
                return match[0]
            names["level"] = min(level + 1, 6)
            return self._block(document, int(match[2] or match[3]), names)

        html = linked(html, document.sheet.spec.pages)
        return markup.safe(_HTML_MARK.sub(placed, html))

    def _block(self, document: Document, number: int, names: dict[str, Any]) -> str:
        return self._printed(document.block(number), number=number, **names)

    def _printed(self, block: Block, **names: Any) -> str:  # noqa: ANN401
        try:
            template = self.environment.get_template(f"{block.kind}.jinja")
        except jinja2.TemplateNotFound:
            if not isinstance(block, Answers):
                raise
            return "\n\n".join(self._printed(answer, **names) for answer in block.answers)
        return template.render(block=block, **names).strip("\n")


def _continued(text: str, start: str) -> str:
    """Text whose first line stands behind the start of a line, and the others below it."""
    below = re.sub(r"[^\s>]", " ", start)
    first, *others = text.split("\n")
    lines = [start + first, *(below + line if line else below.rstrip() for line in others)]
    return "\n".join(lines)


def _prose(text: str) -> Markup:
    """A sentence of Markdown as HTML."""
    from callsheet.pages.prose import sentence

    return markup.safe(sentence(text))


def _highlight(code: str, lexer: str) -> Markup:
    from callsheet.pages.highlight import highlight

    return highlight(code, lexer)


@cache
def get(key: str, folders: tuple[Path, ...] = ()) -> Format:
    """A format by key.

    Raises:
        UsageError: No template folder holds such a format.
    """
    every = (*folders, resources.templates())
    found = {
        path.parent.name: path
        for folder in reversed(every)
        for path in sorted(folder.glob("pages/*/page.*.jinja"))
    }
    likes = tuple(_likes(key, found))
    said = _said(found[key])
    return Format(
        key,
        found[key].name.removeprefix("page.").removesuffix(".jinja"),
        every,
        likes,
        dialects.get(said.get("dialect", "markdown")),
        titled=said.get("titled", "no") == "yes",
    )


def _likes(key: str, found: Mapping[str, Path]) -> Iterator[str]:
    """What a format is like, what that is like, and so on; none twice."""
    seen: list[str] = []
    while key and key not in seen:
        if key not in found:
            named = f", which `{seen[-1]}` is like" if seen else ""
            raise UsageError(f"unknown format `{key}`{named}; {suggest(key, found)}")
        yield from [key] if seen else []
        seen.append(key)
        key = _said(found[key]).get("like", "")


def _said(page: Path) -> dict[str, Any]:
    meta = head.read(page, _META)
    return meta.values if meta else {}
