"""A reader of a site's page: what is shown, chosen and copied; and what should have been."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING

from callsheet.options import Options
from callsheet.pages import formats, source
from callsheet.pages.blocks import Answer, Answers, Tabs
from callsheet.pages.marks import MARK
from callsheet.pages.prose import parser
from callsheet.sheet import sheet
from callsheet.spec.read import load
from sites.site import SPECS, TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from markdown_it.token import Token
    from playwright.sync_api import Locator, Page

    from callsheet.pages.source import Document
    from callsheet.render import Snippet
    from callsheet.sheet import Sheet
    from sites.site import Tool

#: The text of each element, its last line end aside, and whether it is seen.
_TEXTS = """(all, lines) => {
    const bare = (element) => element.textContent.replace(/\\n$/, '');
    const text = (code) =>
        lines ? [...code.querySelectorAll(lines)].map(bare).join('\\n') : bare(code);
    return all.map((code) => [text(code), code.checkVisibility({visibilityProperty: true})]); }"""
_SHOWN = """(main) => {
    const copy = main.cloneNode(true);
    copy.querySelectorAll('script, style, template, pre').forEach((element) => element.remove());
    return copy.textContent; }"""


@dataclass(frozen=True)
class Source:
    """What a page is made of, as its author and the spec have it.

    Attributes:
        document: The page.
        folder: Where callsheet built it.
        titled: Whether the tool prints the title of the page's head in place of its first heading.
    """

    document: Document
    folder: Path
    titled: bool

    @cached_property
    def snippets(self) -> dict[str, Snippet]:
        """Text of a snippet's file, its last line end aside → the snippet."""
        files = ((snippet, self.folder / snippet.file) for snippet in self.document.snippets)
        return {_bare(path.read_bytes().decode()): snippet for snippet, path in files}

    @cached_property
    def examples(self) -> set[str]:
        """The examples that have tabs on the page."""
        return {block.example.id for block in self._blocks() if isinstance(block, Tabs)}

    @property
    def choices(self) -> dict[str, list[str]]:
        """Title of a language → the titles of its clients on the page, where it has several."""
        found: dict[str, set[str]] = {}
        for snippet in self.snippets.values():
            found.setdefault(snippet.language.title, set()).add(snippet.client.title)
        return {key: sorted(titles) if len(titles) > 1 else [] for key, titles in found.items()}

    @property
    def codes(self) -> list[str]:
        """Every code block that is not the tool's own: snippets, answers, fences of the prose."""
        fences = [token.content for token in self._tokens() if token.type in _CODE]
        return [*self.snippets, *(_bare(code) for code in (*self._answers(), *fences) if code)]

    @property
    def texts(self) -> list[str]:
        """The text of every paragraph, heading, cell and item of the prose."""
        tokens, titles = self._tokens(), []
        if self.titled:
            title = next((place for place, token in enumerate(tokens) if _is_title(token)), -2)
            tokens = [token for place, token in enumerate(tokens) if place != title + 1]
            titles = [self.document.title]
        inline = (token for token in tokens if token.type == "inline")
        texts = (normal("".join(map(_words, token.children or ()))) for token in inline)
        return [text for text in (*texts, *titles) if text]

    def _answers(self) -> Iterator[str]:
        for block in self._blocks():
            if isinstance(block, Answer):
                yield block.text
            elif isinstance(block, Answers):
                yield from (answer.text for answer in block.answers)

    def _blocks(self) -> Iterator[object]:
        yield from map(self.document.block, range(len(self.document.blocks)))

    def _tokens(self) -> list[Token]:
        return parser().parse(MARK.sub("", self.document.text))


_CODE = ("fence", "code_block")


def _is_title(token: Token) -> bool:
    return token.type == "heading_open" and token.tag == "h1"


def _words(token: Token) -> str:
    if token.type == "image":
        return ""
    return " " if token.type in ("softbreak", "hardbreak") else token.content


def _bare(code: str) -> str:
    return code.removesuffix("\n")


def untagged(text: str) -> str:
    """Text without what looks like tags, which some themes leave out of a description."""
    return normal(re.sub("<script>.*?</script>|<[^>]*>", "", text))


def normal(text: str) -> str:
    """Text with its white space made alike."""
    return " ".join(text.split())


@cache
def _sheet(name: str) -> Sheet:
    return sheet(load(SPECS[name]), Options(folders=(TEMPLATES,)))


def source_of(page: str, content: Path, form: str) -> Source:
    """What `hostile/hostile.en` below a site's content folder is made of, in a format."""
    name, _, stem = page.partition("/")
    made = _sheet(name)
    (path,) = (path for path in made.spec.pages if path.name == f"{stem}.md")
    return Source(source.read(path, made), content / name, formats.get(form).titled)


@dataclass
class Reader:
    """Reads one page in a browser.

    Attributes:
        tool: Where things stand on its pages.
        page: The page, open.
        source: What it is made of.
        complaints: Faults of scripts, and requests that would have left this machine.
    """

    tool: Tool
    page: Page
    source: Source
    complaints: list[str] = field(default_factory=list)

    def codes(self, *, seen: bool = False) -> list[str]:
        """The text of every code block, last line end aside; or only of those that are seen."""
        found = self.page.locator(self.tool.code).evaluate_all(_TEXTS, self.tool.lines)
        return [code for code, is_seen in found if is_seen or not seen]

    def text(self) -> str:
        """All that the page's author wrote, as it is shown."""
        return normal(str(self.page.locator(self.tool.main).first.evaluate(_SHOWN)))

    def description(self) -> str:
        """What the page says to search engines; "" if nothing."""
        found = self.page.locator("head meta[name=description]")
        return found.first.get_attribute("content") or "" if found.count() else ""

    def tabs(self, title: str, also: str = "") -> Locator:
        """The tabs of a title that can be clicked now; `also` is what may stand behind it."""
        exact = re.compile(rf"^\s*{re.escape(title)}(?:{re.escape(also)})?\s*$")
        return self.page.locator(self.tool.tab).filter(has_text=exact, visible=True)

    def seen(self) -> set[tuple[str, str]]:
        """Example and title of the language of each snippet that is seen."""
        shown = (self.source.snippets.get(code) for code in self.codes(seen=True))
        return {(found.example, found.language.title) for found in shown if found}

    def choose(self, language: str, client: str = "") -> None:
        """Clicks every tab of a language, and within it of a client.

        A client may be called as a language is, cURL; its tab then says its own language too, or
        else the language that was meant is chosen once more.
        """
        self._click(language)
        if client:
            self._click(client, f" ({language})")
            if {title for _, title in self.seen()} != {language}:
                self._click(language)

    def _click(self, title: str, also: str = "") -> None:
        self.tabs(title, also).evaluate_all("tabs => tabs.forEach((tab) => tab.click())")

    def copied(self) -> Iterator[tuple[str, str]]:
        """Of each snippet that is seen: its text, and what its button copies."""
        blocks = self.page.locator(self.tool.code)
        for index, (code, seen) in enumerate(blocks.evaluate_all(_TEXTS, self.tool.lines)):
            if seen and code in self.source.snippets:
                yield code, _bare(self._copy(blocks.nth(index)))

    def _copy(self, code: Locator) -> str:
        self.page.evaluate("navigator.clipboard.writeText('nothing yet')")
        box = code.evaluate_handle("(code, box) => code.closest(box)", self.tool.box).as_element()
        assert box, f"a code block stands in no `{self.tool.box}`"
        box.hover()
        # Some tools' scripts add it once the page is there.
        button = box.wait_for_selector(self.tool.copy, state="attached", timeout=5000)
        assert button
        button.click()
        for _ in range(200):
            text = str(self.page.evaluate("navigator.clipboard.readText()"))
            if text != "nothing yet":
                return text
            self.page.wait_for_timeout(25)
        return ""
