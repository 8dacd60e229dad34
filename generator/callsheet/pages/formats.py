"""Formats: a folder of small templates each. In: a Document; out: a page in that dialect."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import jinja2

from callsheet import cache as disk
from callsheet import resources
from callsheet.errors import SpecError, UsageError, suggest
from callsheet.pages import markup
from callsheet.pages.source import MARK, Document
from callsheet.render import template_fault

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_LINE_MARK = re.compile(f"^([ \\t]*){MARK.pattern}[ \\t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Format:
    """A dialect of docs pages.

    Attributes:
        key: Word of the command line; the folder's name.
        extension: Of its pages, from `page.<extension>.jinja`.
        folders: Template folders, the first that has a template wins.
    """

    key: str
    extension: str
    folders: tuple[Path, ...]

    @property
    def is_html(self) -> bool:
        """Whether prose becomes HTML; it stays Markdown otherwise."""
        return self.extension == "html"

    @cached_property
    def environment(self) -> jinja2.Environment:
        """Jinja for this format's templates."""
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader([folder / "pages" / self.key for folder in self.folders]),
            undefined=jinja2.StrictUndefined,
            autoescape=self.is_html,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            bytecode_cache=disk.bytecode(),
        )
        environment.filters |= {
            "fence": markup.fence,
            "inline": markup.inline,
            "cell": markup.cell,
            "highlight": markup.highlight,
            "style": markup.style,
        }
        return environment

    def render(self, document: Document, siblings: Sequence[Document]) -> str:
        """The page.

        Args:
            document: What is printed.
            siblings: The same page in all its locales.

        Raises:
            SpecError: A template failed; says its file and line.
        """
        names = {"page": document, "label": document.label, "siblings": siblings, "format": self}
        try:
            body = self._body(document, names)
            template = self.environment.get_template(f"page.{self.extension}.jinja")
            return template.render(body=body, **names).strip("\n") + "\n"
        except (jinja2.TemplateError, LookupError, TypeError, ValueError, AttributeError) as error:
            folders = tuple(folder / "pages" for folder in self.folders)
            raise SpecError([template_fault(error, f"pages/{self.key}", folders)]) from error

    def _body(self, document: Document, names: dict[str, Any]) -> Any:  # noqa: ANN401
        """The prose with every mark replaced by its block."""
        if self.is_html:
            html, toc = markup.to_html(document.text)
            names["toc"] = toc
            page = re.sub(
                rf"<p>{MARK.pattern}</p>|{MARK.pattern}",
                lambda match: self._block(document, int(match[1] or match[2]), names),
                html,
            )
            return markup.safe(page)
        text = _LINE_MARK.sub(
            lambda match: _indented(self._block(document, int(match[2]), names), match[1]),
            document.text,
        )
        return MARK.sub(lambda match: self._block(document, int(match[1]), names), text)

    def _block(self, document: Document, number: int, names: dict[str, Any]) -> str:
        block = document.block(number)
        template = self.environment.get_template(f"{block.kind}.{self.extension}.jinja")
        return template.render(block=block, **names).strip("\n")


def _indented(text: str, indent: str) -> str:
    """A block in the place of its mark, as deep as the mark stood."""
    return "\n".join(f"{indent}{line}" if line else line for line in text.split("\n"))


@cache
def get(key: str, folders: tuple[Path, ...] = ()) -> Format:
    """A format by key.

    Raises:
        UsageError: No template folder holds such a format.
    """
    every = (*folders, resources.templates())
    found = {
        path.parent.name: path.name.removeprefix("page.").removesuffix(".jinja")
        for folder in reversed(every)
        for path in sorted(folder.glob("pages/*/page.*.jinja"))
    }
    if key not in found:
        raise UsageError(f"unknown format `{key}`; {suggest(key, found)}")
    return Format(key, found[key], every)
