"""A page source (Markdown with Jinja calls) to a Document: prose with marks, and their blocks."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from callsheet.errors import SpecError, suggest
from callsheet.pages import labels
from callsheet.pages.blocks import (
    Answer,
    Answers,
    Block,
    Choice,
    Environment,
    Install,
    Requirement,
    Setting,
    Tabs,
)
from callsheet.pages.faults import Call, PageError, diagnostic
from callsheet.pages.marks import refuse_inline, refuse_marks
from callsheet.pages.prose import refuse_enclosed, title
from callsheet.pages.said import Said, Sayings
from callsheet.spec.load import compose, read_text
from callsheet.spec.record import Key, Record
from callsheet.spec.types import INVALID, Context, Str

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from callsheet.languages._base import Language
    from callsheet.render import Snippet
    from callsheet.sheet import Sheet

_FRONT = Record(
    "a page's head",
    {
        "title": Key(Str("text"), "the page's title"),
        "description": Key(Str("text"), "one sentence for search engines and readers"),
    },
)


@dataclass
class Document:
    """A page in one locale, not yet in any format.

    Attributes:
        path: Its source.
        sheet: The spec and its snippets.
        locale: Such as `en`; "" where the file's name holds none.
        title: From the page's head, else its first heading, else the spec's title.
        description: From the page's head, else the spec's description.
        text: Markdown with a mark for each block.
        blocks: What the marks stand for.
        used: How often each example is shown.
    """

    path: Path
    sheet: Sheet
    locale: str
    title: str = ""
    description: str = ""
    text: str = ""
    blocks: list[Block | Callable[[], Block]] = field(default_factory=list)
    used: Counter[str] = field(default_factory=Counter)

    @property
    def stem(self) -> str:
        """The file's name without its extension: `client-sdk.zh`."""
        return self.path.name.rpartition(".")[0]

    @property
    def name(self) -> str:
        """The name that a page's locales share: `client-sdk`."""
        return self.stem.removesuffix(f".{self.locale}") if self.locale else self.stem

    @cached_property
    def snippets(self) -> tuple[Snippet, ...]:
        """Every snippet that stands on the page."""
        tabs = (block for block in self.blocks if isinstance(block, Tabs))
        return tuple(s for block in tabs for choice in block.choices for s in choice.snippets)

    def block(self, number: int) -> Block:
        """The block of a mark; those that sum the page up are made once it is read."""
        found = self.blocks[number]
        return found() if callable(found) else found

    def label(self, word: str) -> str:
        """A label of the tool's own in the page's locale."""
        return labels.label(word, self.locale, self.sheet.folders)


def read(path: Path, sheet: Sheet) -> Document:
    """A page source, its calls resolved.

    Raises:
        SpecError: Its head or a call is at fault; says the line.
    """
    name = str(path)
    text = read_text(path, name)
    locale = locale_of(path.name)
    document = Document(path, sheet, locale)
    head, body, skipped = _split(text)
    front = _front(head, path) if head else {}
    refuse_marks(text, name)
    document.text = _called(body, document, skipped)
    document.title = front.get("title") or title(document.text) or sheet.spec.title.get(locale)
    document.description = front.get("description") or sheet.spec.description.get(locale)
    return document


def locale_of(name: str) -> str:
    """The locale in a file's name, `zh` in `client-sdk.zh.md`; "" where it holds none."""
    middle = name.split(".")[-2] if name.count(".") >= 2 else ""  # noqa: PLR2004
    return middle if re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", middle) else ""


def _split(text: str) -> tuple[str, str, int]:
    """The head between two `---` lines, the body, and the lines before the body."""
    match = re.match(r"---[ \t]*\r?\n(.*?\n)---[ \t]*(\r?\n|\Z)", text, re.DOTALL)
    if not match:
        return "", text, 0
    return match[1], text[match.end() :], match[0].count("\n")


def _front(head: str, path: Path) -> dict[str, Any]:
    context = Context(path.parent)
    rec = _FRONT.read(compose(f"\n{head}", str(path)), context)
    if context.faults or rec is INVALID:
        raise SpecError(context.faults)
    return rec.values


def _called(body: str, document: Document, skipped: int) -> str:
    """The body with its Jinja calls answered by marks.

    A page is prose: the sandbox keeps its calls from Python's own names.
    """
    sayings = Sayings()
    environment = ImmutableSandboxedEnvironment(
        finalize=sayings.mark,
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # Markdown; each format escapes for itself
        keep_trailing_newline=True,
    )
    environment.globals = names = dict(Calls(document).globals())
    try:
        text = environment.from_string("\n" * skipped + body).render()[skipped:]
        refuse_inline(text, skipped)
        refuse_enclosed(text, skipped)
        return sayings.placed(text, skipped)
    except Exception as error:  # what a page's own call raises is the page's fault
        raise SpecError([diagnostic(error, document.path, names)]) from error


class Calls:
    """What a page source may call; each call leaves its block with the document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.sheet = document.sheet

    def globals(self) -> Iterator[tuple[str, object]]:
        """Names of a page source."""
        one = f'"{next(iter(self.sheet.requests), "example")}"'
        usages = {"tabs": one, "response": one, "install": "", "environment": ""}
        for name, words in usages.items():
            yield name, Call(getattr(self, name), f"{name}({words})")
        yield "server", Said(self.sheet.spec.server)
        yield "title", Said(self.sheet.spec.title.get(self.document.locale))
        yield "locale", self.document.locale

    def tabs(self, example: str) -> str:
        """An example in all its languages."""
        endpoint, found = self._find(example)
        groups: dict[str, list[Snippet]] = {}
        for snippet in self.sheet.snippets[example]:
            groups.setdefault(snippet.language.key, []).append(snippet)
        choices = tuple(
            Choice(group[0].language, tuple(group)) for group in groups.values() if group
        )
        self.document.used[example] += 1
        used = self.document.used[example]
        anchor = f"{example}~{used}" if used > 1 else example  # no id holds a `~`
        return self._mark(Tabs(anchor, found, endpoint, self.sheet.requests[example], choices))

    def response(self, example: str, *others: str) -> str:
        """What the server answers to an example; of several, each answer under its status."""
        found = [self._find(name)[1] for name in (example, *others)]
        answers = tuple(Answer(one, one.response) for one in found)
        return self._mark(Answers(answers) if others else answers[0])

    def install(self) -> str:
        """What the page's snippets import, by language."""
        return self._mark(lambda: _install(self.document))

    def environment(self) -> str:
        """The variables that the page's snippets read."""
        return self._mark(lambda: _environment(self.document))

    def _find(self, example: str) -> Any:  # noqa: ANN401
        found = self.sheet.spec.find(example)
        if found is None:
            known = suggest(example, self.sheet.requests)
            raise PageError(example, f"unknown example `{example}`", known)
        return found

    def _mark(self, block: Block | Callable[[], Block]) -> str:
        self.document.blocks.append(block)
        return f"\ufdd0{len(self.document.blocks) - 1}\ufdd1"


def _install(document: Document) -> Install:
    used = {snippet.language.key: snippet.language for snippet in document.snippets}
    chosen = sorted(used.values(), key=lambda language: language.order)
    return Install(tuple(_requirement(language, document) for language in chosen))


def _requirement(language: Language, document: Document) -> Requirement:
    clients = [s.client for s in document.snippets if s.language.key == language.key]
    commands = _commands([client.install for client in clients if client.install])
    lowest = max((client.runtime for client in clients), key=_version)
    note = labels.translated(language.note, document.locale, document.sheet.folders)
    return Requirement(language, lowest, commands, "" if commands else note)


def _commands(lines: list[str]) -> tuple[str, ...]:
    """Commands that differ in their last word alone become one: `pip install a==1 b==2`."""
    words: dict[str, list[str]] = {}
    for line in dict.fromkeys(lines):
        head, space, last = line.rpartition(" ")
        words.setdefault(head if space else line, []).extend([last] if space else [])
    return tuple(" ".join([head, *packages]) for head, packages in words.items())


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", text))


def _environment(document: Document) -> Environment:
    spec = document.sheet.spec
    placeholder = document.label("placeholder")
    settings = {
        name: Setting(name, placeholder, "")
        for snippet in document.snippets
        for name in snippet.request.env
    }
    for variable in spec.variables:
        value = variable.value.replace("{server}", spec.server.rstrip("/")) or placeholder
        title = variable.title.get(document.locale)
        settings[variable.name] = Setting(variable.name, value, title)
    return Environment(tuple(settings.values()))
