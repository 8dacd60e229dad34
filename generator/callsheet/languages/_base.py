"""What a language is: names, literal writer, runtime."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from callsheet.literals import Literals


def message(text: str) -> str:
    """The text itself: the call tells `pybabel extract` that the catalogues translate it."""
    return text


@dataclass(frozen=True, slots=True)
class Runtime:
    """The tool that runs a language's snippets.

    Attributes:
        command: The tool on PATH.
        version: Arguments that print its version.
        file: Name a reader saves the snippet under.
        run: Command line that runs that file.
        lowest: Lowest version that runs the plain HTTP snippets.
        install: System (`debian`, `macos`, `windows`) → command that installs it.
        title: Its name on the page where that is not the language's, such as `.NET`.
    """

    command: str
    version: tuple[str, ...]
    file: str
    run: str
    lowest: str
    install: Mapping[str, str]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Language:
    """A language that snippets are printed in.

    Attributes:
        key: Word of the command line and of file names.
        title: Word of the page.
        order: Place among the tabs.
        client: Key of its plain HTTP client.
        lexer: Name that Markdown fences and Pygments know it by.
        literals: Its literal writer.
        runtime: The tool that runs it.
        note: What ships with the language, for the page's install section: English, which the
            catalogues translate.
        grammar: Module of its tree-sitter grammar, or `module:function`; "" for none.
    """

    key: str
    title: str
    order: int
    client: str
    lexer: str
    literals: Literals
    runtime: Runtime
    note: str = ""
    grammar: str = ""

    @property
    def platform(self) -> str:
        """What its versions are versions of: Python, but .NET."""
        return self.runtime.title or self.title
