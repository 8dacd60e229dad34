"""Python-Markdown's extension, for MkDocs and Zensical: a line of a page becomes its block.

```yaml
markdown_extensions:
  - callsheet.markdown_extension: {spec: spec/shop.yaml}
```

A line that asks for a block reads `::: callsheet create-order langs="curl,python"`, or the same
within `<!-- -->` and without the colons.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from callsheet.errors import LINE_BREAK, CallsheetError, Diagnostic, SpecError, report
from callsheet.inject import shelf, syntaxes
from callsheet.inject.page import Page, Printed
from callsheet.inject.wishes import WishError
from callsheet.project import near

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown import Markdown

#: Before PyMdown's Snippets (32), which then finds its marks in code escaped, and all fences.
_PRIORITY = 40
_LINE = re.compile(
    r"(?P<indent>[ \t]*)(?P<beside>(?:(?:>|[-*+]|\d+[.)])[ \t]*)*)"
    r"(?::::[ \t]*callsheet(?P<colons>(?:[ \t].*)?)"
    r"|<!--[ \t]*callsheet(?P<comment>[ \t].*)?-->)[ \t]*"
)
_MARKDOWN = syntaxes.of(Path("page.md"))


class CallsheetExtension(Extension):
    """The extension and its settings."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401  Markdown checks them
        """Takes the settings as Markdown gives them."""
        self.config = {
            "spec": ["", "A spec or a list of them, relative to the site's configuration."],
            "format": ["mkdocs", "The page format of blocks that name none."],
            "locale": ["", "Of callsheet's own words, where no file's name says."],
            "templates": [[], "Folders of your templates, used before the shipped ones."],
            "server": ["", "Replaces the specs' server."],
        }
        super().__init__(**settings)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  Markdown's name
        """Registers the preprocessor."""
        md.registerExtension(self)
        md.preprocessors.register(_Blocks(md, self.getConfigs()), "callsheet", _PRIORITY)


def makeExtension(**settings: Any) -> CallsheetExtension:  # noqa: ANN401, N802  Markdown's name
    """What Python-Markdown calls."""
    return CallsheetExtension(**settings)


class _Place(NamedTuple):
    """A line that asks for a block.

    Attributes:
        number: From 0.
        indent: The spaces before it.
        wish: What it asks for.
        at: Where the wish begins.
        beside: What begins a quote or an item of a list on the same line.
    """

    number: int
    indent: str
    wish: str
    at: int
    beside: str = ""

    def checked(self, block: Printed | WishError) -> Printed | WishError:
        """The block, or that something stands before it on its line."""
        if not self.beside:
            return block
        message, way_out = "a block stands alone on its line", "move what is before it"
        return WishError("", message, f"{way_out} to another line")


class _Blocks(Preprocessor):
    """Replaces lines by the blocks that they ask for."""

    def __init__(self, md: Markdown, settings: dict[str, Any]) -> None:
        super().__init__(md)
        self.settings = settings

    def run(self, lines: list[str]) -> list[str]:
        places = _places(lines)
        if not places:
            return lines
        site = _Site.of(self.md)
        try:
            found = self._printed(places, site, lines)
        except SpecError as error:
            raise _stopping(report(error.diagnostics)) from None
        except CallsheetError as error:
            raise _stopping(f"callsheet: {error}") from None
        each = (found.get(number, line) for number, line in enumerate(lines))
        return [line for block in each for line in block.split("\n")]

    def _printed(
        self, places: Sequence[_Place], site: _Site, lines: Sequence[str]
    ) -> dict[int, str]:
        """Number of a line → its block.

        Raises:
            SpecError: Whatever is wrong on the page, or in a spec.
        """
        words = self.settings
        books = shelf.of(site.root, words["spec"], words["templates"], words["server"])
        site.watch(books.specs)
        page = Page(Path(site.name), books.sheets(), words["locale"])
        site.watch(books.files)
        printed = page.printed([place.wish for place in places], words["format"])
        blocks = [place.checked(block) for place, block in zip(places, printed, strict=True)]
        faults = [
            site.fault(place, block, lines)
            for place, block in zip(places, blocks, strict=True)
            if isinstance(block, WishError)
        ]
        if faults:
            raise SpecError(faults)
        return {
            place.number: _laid(block.text, place.indent)
            for place, block in zip(places, blocks, strict=True)
            if isinstance(block, Printed)
        }


def _laid(text: str, indent: str) -> str:
    """A block as deep as its line; a tab stays a tab."""
    return "\n".join(indent + line if line else "" for line in text.split("\n"))


def _places(lines: Sequence[str]) -> list[_Place]:
    found = [(number, _LINE.fullmatch(line)) for number, line in enumerate(lines)]
    code = _MARKDOWN.code(lines) if any(match for _, match in found) else set()
    return [
        _Place(number, match["indent"], _wish(match), _at(match), match["beside"])
        for number, match in found
        if match and number not in code
    ]


def _wish(match: re.Match[str]) -> str:
    return match["colons"] or match["comment"] or ""


def _at(match: re.Match[str]) -> int:
    group = "colons" if match["colons"] is not None else "comment"
    return match.start(group) if match[group] is not None else match.end("indent")


class _Site:
    """What is known of the page and the site that Markdown is made for.

    Attributes:
        root: The folder of the site's configuration.
        name: The page's file, as the user types it; "" where Markdown alone is used.
    """

    def __init__(
        self, root: Path, name: str, source: str, watched: list[str] | None = None
    ) -> None:
        self.root, self.name = root, name
        self._watched = watched
        self._lines = LINE_BREAK.split(source)

    @classmethod
    def of(cls, md: Markdown) -> _Site:
        """MkDocs and Zensical each leave the page with a processor of their own."""
        here, path, watched = Path.cwd(), None, None
        if "relpath" in md.treeprocessors:
            links: Any = md.treeprocessors["relpath"]
            path = Path(links.file.abs_src_path or links.file.src_uri)  # one that a plugin made
            here = Path(links.config.config_file_path or here / "mkdocs.yml").parent
            watched = links.config.watch
        elif "rendering_context" in md.preprocessors:
            context: Any = md.preprocessors["rendering_context"]
            here = Path(context.config["root_dir"])
            path = here / context.config["docs_dir"] / context.page.path
        source = path.read_text("utf-8-sig") if path and path.is_file() else ""
        return cls(here, str(near(path)) if path else "", source, watched)

    def watch(self, files: Sequence[Path]) -> None:
        """Has `mkdocs serve` build again when one of these changes."""
        if self._watched is not None:
            new = (str(file.resolve()) for file in files)
            self._watched.extend(file for file in new if file not in self._watched)

    def fault(self, place: _Place, error: WishError, lines: Sequence[str]) -> Diagnostic:
        """Where in the page's file a wish is at fault; its head is not among Markdown's lines."""
        line = lines[place.number]
        at, length = error.place or (0, 0)
        at, length = (place.at + at, length) if length else (0, len(line.strip()))
        nth = [number for number, other in enumerate(lines) if other == line].index(place.number)
        same = [number for number, other in enumerate(self._lines) if other == line]
        number = same[nth] if nth < len(same) else place.number
        name, message = self.name or "the page's text", str(error)
        return Diagnostic(name, number + 1, at + 1, "CS504", message, error.help, line, length)


def _stopping(message: str) -> Exception:
    """What ends the build; MkDocs shows its own kind without a traceback."""
    known = sys.modules.get("mkdocs.exceptions")
    return known.BuildError(f"\n{message}") if known else MarkdownFault(f"\n{message}")


class MarkdownFault(Exception):  # noqa: N818  as the other faults
    """A page asks for what cannot be had; says the file, the line and the way out."""
