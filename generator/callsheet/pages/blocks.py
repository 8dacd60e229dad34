"""What a page source asks for, as data: every format prints the same blocks in its own syntax."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from callsheet.literals import pretty
from callsheet.pages.statuses import named
from callsheet.wire import compact

if TYPE_CHECKING:
    from collections.abc import Callable

    from callsheet.languages._base import Language
    from callsheet.render import Snippet
    from callsheet.request import Request
    from callsheet.spec.model import Endpoint, Event, Example, Response
    from callsheet.values import Text


@dataclass(frozen=True, slots=True)
class Choice:
    """One language of a tab group, with its clients in the order they are offered."""

    language: Language
    snippets: tuple[Snippet, ...]


@dataclass(frozen=True, slots=True)
class Tabs:
    """One example in all its languages.

    Attributes:
        kind: Name of the format's template.
        id: Stable on the page, for anchors.
        example: The example.
        endpoint: Its endpoint.
        request: Its request.
        choices: The languages in the order of the tabs.
    """

    id: str
    example: Example
    endpoint: Endpoint
    request: Request
    choices: tuple[Choice, ...]
    kind: str = "tabs"


@dataclass(frozen=True, slots=True)
class Requirement:
    """What one language needs before the page's snippets run.

    Attributes:
        language: The language.
        runtime: Lowest version that runs every snippet of the page in this language.
        install: Command lines, each once, in the order of the page.
        note: What ships with the language, in the page's locale, where nothing is installed.
    """

    language: Language
    runtime: str
    install: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Install:
    """What the snippets of the page import, by language."""

    requirements: tuple[Requirement, ...]
    kind: str = "install"


@dataclass(frozen=True, slots=True)
class Setting:
    """An environment variable: its value as a reader sets it, and what it is for."""

    name: str
    value: str
    title: str


@dataclass(frozen=True, slots=True)
class Environment:
    """The variables that the page's snippets read, and those the spec explains besides."""

    settings: tuple[Setting, ...]
    kind: str = "environment"

    @property
    def shells(self) -> tuple[tuple[str, str, str], ...]:
        """(system, lexer, lines) of each shell that a reader may use; the lexer is its key."""
        return (
            ("macOS / Linux", "bash", _lines(self.settings, _export)),
            ("Windows PowerShell", "powershell", _lines(self.settings, _powershell)),
            ("Windows cmd", "bat", _lines(self.settings, _cmd)),
        )


def _lines(settings: tuple[Setting, ...], write: Callable[[Setting], str]) -> str:
    return "".join(f"{write(setting)}\n" for setting in settings)


def _export(setting: Setting) -> str:
    """POSIX sh: nothing is special in single quotes."""
    quoted = setting.value.replace("'", "'\\''")
    return f"export {setting.name}='{quoted}'"


def _powershell(setting: Setting) -> str:
    """PowerShell: any of its five single quotes is doubled in single quotes.

    Source: https://learn.microsoft.com/dotnet/api/system.management.automation.language.codegeneration.escapesinglequotedstringcontent
    """
    quoted = re.sub("['\u2018-\u201b]", r"\g<0>\g<0>", setting.value)
    return f"$env:{setting.name} = '{quoted}'"


def _cmd(setting: Setting) -> str:
    """cmd: the quotes around the whole assignment keep `&`, `<` and blanks literal.

    A quote would end them, so a value that holds one is written with carets.
    """
    quoted = setting.value.replace("%", "%%")
    if '"' in quoted:
        return f"set {setting.name}=" + re.sub(r'["&()<>^|]', r"^\g<0>", quoted)
    return f'set "{setting.name}={quoted}"'


@dataclass(frozen=True)
class Answer:
    """The declared response of an example.

    Attributes:
        example: The example.
        response: Its response.
    """

    example: Example
    response: Response
    kind: str = field(default="response")

    @property
    def status(self) -> str:
        """The status with its name: `200 OK`."""
        return named(self.response.status)

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """Names and values of the declared headers."""
        return tuple((name, shown(value)) for name, value in self.response.headers)

    @property
    def file(self) -> str:
        """Path beside the spec of a content that is a file."""
        return str(self.response.content) if self.response.kind == "file" else ""

    @cached_property
    def lexer(self) -> str:
        """Name of the content's language for fences and highlighting."""
        return "json" if self.response.kind in ("json", "ndjson") else "text"

    @cached_property
    def text(self) -> str:
        """The content as it is shown, with one line end at its end; "" where there is none."""
        text = self._written().rstrip("\n")
        return f"{text}\n" if text else ""

    def _written(self) -> str:
        content = self.response.content
        if self.response.kind == "json":
            return pretty(content)  # type: ignore[arg-type]
        if self.response.kind == "ndjson" and isinstance(content, list):
            return "\n".join(compact(value) for value in content)
        if isinstance(content, tuple):
            return "\n\n".join(_event(event) for event in content)
        return content if self.response.kind == "text" and isinstance(content, str) else ""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the server may answer to one call, by status.

    A format that has no template of that name prints the answers one after the other.
    """

    answers: tuple[Answer, ...]
    kind: str = "responses"

    def repeats(self, answer: Answer) -> bool:
        """Whether another of the answers has the same status."""
        return [other.status for other in self.answers].count(answer.status) > 1


def shown(value: Text) -> str:
    """Text with its variables as a shell names them."""
    return "".join(part if isinstance(part, str) else f"${part.name}" for part in value)


def _event(event: Event) -> str:
    lines = [f"event: {event.event}"] if event.event else []
    lines += [f"id: {event.id}"] if event.id else []
    return "\n".join([*lines, *(f"data: {line}" for line in event.data.split("\n"))])


Block = Tabs | Install | Environment | Answer | Answers
