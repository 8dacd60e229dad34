"""Sphinx's extension: the directive `callsheet`, for reStructuredText and MyST.

```rst
.. callsheet:: create-order
   :langs: curl,python
```
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive, Parser, directives
from docutils.utils import new_document

from callsheet import __version__
from callsheet.errors import CallsheetError
from callsheet.inject import shelf, wishes
from callsheet.inject.page import Page
from callsheet.inject.wishes import WishError
from callsheet.output import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from callsheet.render import Snippet
    from callsheet.sheet import Sheet

#: Stands for a tab while reStructuredText is parsed, which would make spaces of it.
_TAB = "\ufdef"
#: The directive in a page's source, in either syntax: what it names, and its options.
_DIRECTIVE = re.compile(
    r"^[ \t]*(?:\.\. callsheet::|[`:~]{3,}[ \t]*\{callsheet\})[ \t]+(\S.*)\n"
    r"((?:[ \t]*:[\w-]+:.*\n)*)",
    re.MULTILINE,
)
_OPTION = re.compile(r":([\w-]+):[ \t]*(.*)")


class CallsheetDirective(Directive):
    """A block, named by its example."""

    optional_arguments = 99
    option_spec: ClassVar = dict.fromkeys(wishes.OPTIONS, directives.unchanged_required)

    def run(self) -> list[nodes.Node]:
        """The block's nodes.

        Raises:
            DirectiveError: It asks for what cannot be had; Sphinx says where.
        """
        environment = self.state.document.settings.env
        try:
            text = self._text(self._sheets(environment), environment)
        except WishError as error:
            raise self.error(f"{error}; {error.help}") from None
        except CallsheetError as error:
            raise self.error(f"callsheet: {error}") from None
        return self._parsed(text)

    def _sheets(self, environment: Any) -> Mapping[str, Sheet]:  # noqa: ANN401  Sphinx's own
        """The specs' snippets; the page is read again when one of their files changes."""
        settings = environment.config
        books = shelf.of(
            Path(environment.app.confdir),
            settings.callsheet_spec,
            settings.callsheet_templates,
            settings.callsheet_server,
            _tabless,
        )
        for path in books.specs:
            environment.note_dependency(str(path))  # even where it cannot be read yet
        sheets = books.sheets()
        for path in books.files:
            environment.note_dependency(str(path))
        return sheets

    def _text(self, sheets: Mapping[str, Sheet], environment: Any) -> str:  # noqa: ANN401  as above
        """The block as reStructuredText.

        Raises:
            WishError: There is no such block.
        """
        wish = wishes.wish(self.arguments, self.options)
        path, settings = Path(environment.doc2path(environment.docname)), environment.config
        page = Page(path, sheets, settings.language or "")
        asked = [*_others(path), wish] if not wish.ids else [wish]
        found = page.printed(asked, settings.callsheet_format)[-1]
        if isinstance(found, WishError):
            raise found
        return found.text

    def _parsed(self, text: str) -> list[nodes.Node]:
        """Nodes of a text; it is reStructuredText, whatever the page is written in."""
        document = new_document(self.state.document["source"], self.state.document.settings)
        Parser().parse(text.replace("\t", _TAB), document)
        for node in document.findall():
            node.source, node.line = document["source"], self.lineno
            if isinstance(node, nodes.literal_block):
                _restore_tabs(node)
        return list(document.children)


def _tabless(sheet: Sheet) -> Sheet:
    """The snippets with what stands for a tab, and proven as they were."""
    proofs = dict(sheet.proofs) if sheet.proofs is not None else None
    groups = {key: tuple(map(_without_tabs, group)) for key, group in sheet.snippets.items()}
    for old, new in zip(_each(sheet.snippets), _each(groups), strict=True):
        if proofs and (key := digest(old.text.encode())) in proofs:
            proofs[digest(new.text.encode())] = proofs[key]
    return replace(sheet, snippets=groups, proofs=proofs)


def _without_tabs(snippet: Snippet) -> Snippet:
    return replace(snippet, text=snippet.text.replace("\t", _TAB))


def _each(groups: Mapping[str, tuple[Snippet, ...]]) -> Iterator[Snippet]:
    return chain.from_iterable(groups.values())


def _others(path: Path) -> Iterator[wishes.Wish]:
    """The tabs on a page, which a block that names no example sums up."""
    for ids, options in _DIRECTIVE.findall(path.read_text("utf-8", "replace") + "\n"):
        with suppress(WishError):  # the directive itself says what is wrong
            found = wishes.wish(ids.split(), dict(_OPTION.findall(options)))
            if found.part == "tabs":
                yield found


def _restore_tabs(block: nodes.literal_block) -> None:
    block.rawsource = block.rawsource.replace(_TAB, "\t")
    for text in list(block.findall(nodes.Text)):
        text.parent.replace(text, nodes.Text(text.replace(_TAB, "\t")))


def setup(app: Any) -> dict[str, object]:  # noqa: ANN401  Sphinx is no dependency of ours
    """What Sphinx calls."""
    app.setup_extension("sphinx_design")
    app.add_config_value("callsheet_spec", [], "env", types=(str, list, tuple))
    app.add_config_value("callsheet_format", "sphinx-rst", "env", types=(str,))
    app.add_config_value("callsheet_templates", [], "env", types=(list, tuple))
    app.add_config_value("callsheet_server", "", "env", types=(str,))
    app.add_directive("callsheet", CallsheetDirective)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
