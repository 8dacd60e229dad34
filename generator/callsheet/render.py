"""Request + client to Snippet: the Jinja environment, its guard, and the placement of literals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import jinja2

from callsheet import cache as disk
from callsheet import languages, resources
from callsheet.errors import Diagnostic, SpecError, Unsupported, with_source
from callsheet.layout import DOCUMENTS, columns, lay
from callsheet.message import with_type
from callsheet.sdk import bind
from callsheet.values import Text, Unwritten, Value, literal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from callsheet.clients import Client
    from callsheet.languages._base import Language
    from callsheet.layout import Doc
    from callsheet.request import Request

#: Stands for a document until its column is known.
MARK = re.compile("\0(\\d+)\0")
#: A template's line, which `trace` tells in what it prints; no writer lets a NUL through.
LINE = re.compile("\0(\\d+)@([^\0]+)\0")
#: Where a line that holds something begins.
_START = re.compile(f"^((?:{LINE.pattern})*)(?!{LINE.pattern})(?=[^\n])", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Snippet:
    """A program, printed.

    Attributes:
        example: Id of the example it calls.
        language: Its language.
        client: The library it calls through.
        text: The program, byte for byte as it is shown and run (UTF-8, LF).
        request: The call it makes.
    """

    example: str
    language: Language
    client: Client
    text: str
    request: Request

    @property
    def file(self) -> str:
        """Its path below the output folder."""
        name = f"{self.language.key}.{self.client.key}.{self.client.extension}"
        return f"snippets/{self.example}/{name}"


def render(request: Request, client: Client, folders: tuple[Path, ...] = ()) -> Snippet:
    """The snippet that makes a request through a client.

    Args:
        request: The call.
        client: The library it goes through.
        folders: Template folders that stand before the shipped ones.

    Raises:
        Unsupported: The client cannot make this request.
        SpecError: A template failed; says its file and line.
    """
    for feature in sorted(request.features):
        if feature in client.cannot:
            raise Unsupported(f"{client.title}: {client.cannot[feature]}")
    own = languages.get(client.language, folders).runtime.file
    if own.lower() in (name.lower() for name in request.files):
        raise Unsupported(f"the program is saved as `{own}`, beside a file of that name")
    text = renderer_of(client.language, folders).render(client, request)
    return snippet(text, request, client, folders)


def snippet(text: str, request: Request, client: Client, folders: tuple[Path, ...] = ()) -> Snippet:
    """A text that `render` printed, as the Snippet it is of."""
    return Snippet(request.example, languages.get(client.language, folders), client, text, request)


@cache
def renderer_of(language: str, folders: tuple[Path, ...]) -> Renderer:
    """What renders a language's snippets."""
    return Renderer(languages.get(language, folders), folders)


class Renderer:
    """One language's templates and filters."""

    def __init__(self, language: Language, folders: tuple[Path, ...]) -> None:
        self.literals = language.literals
        self.folders = folders
        self.docs: list[Doc] = []

    @cached_property
    def environment(self) -> jinja2.Environment:
        """Jinja with this language's filters; nothing else may print a value of the spec."""
        roots = (*self.folders, resources.templates())
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(roots),
            undefined=jinja2.StrictUndefined,
            finalize=guard,
            autoescape=False,  # noqa: S701  programs, not HTML; the writers do the quoting
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            bytecode_cache=disk.bytecode(),
        )
        environment.filters.update(self.filters(), indent=indented)
        return environment

    def filters(self) -> dict[str, Callable[..., Any]]:
        """What a template may do with a value of the spec."""
        writer = self.literals
        return {
            "lit": lambda text: self.place(writer.text(text)),
            "value": lambda value: self.place(writer.value(value.json)),
            "wire": lambda value: self.place(writer.wire(value.json)),
            "block": lambda text: self.place(writer.block_of(text)),
            "header": lambda line: self.place(writer.header(line)),
            "headers": lambda lines, *more: self.place(writer.headers(lines, *more)),
            "with_type": with_type,
            "code": lambda doc: self.place(self.document(doc)),
            "call": lambda *call: self.place(writer.call(*map(self.document, call))),
            **{name: self.nested(made) for name, made in writer.filters.items()},
            "at": lambda base, result: self.place(writer.at(base, result)),
            "loose_at": lambda base, result: self.place(writer.loose_at(base, result)),
            "reach": writer.reach,
            "names": lambda names: self.place(writer.value(list(names))),
            "guard": writer.guard,
            "shape": lambda result: self.place(writer.shape(result)),
            "comment": lambda text: writer.comment(literal(text)),
            "lower": lambda text: _word(text).lower(),
            "capitalize": lambda text: _word(text).capitalize(),
        }

    def nested(self, made: Callable[..., Any]) -> Callable[..., Any]:
        """A language's filter, which may take and make documents."""

        def placed(*arguments: Any) -> Any:  # noqa: ANN401
            result = made(*map(self.document, arguments))
            return self.place(result) if isinstance(result, DOCUMENTS) else result

        return placed

    def document(self, value: Any) -> Any:  # noqa: ANN401
        """The document behind a mark, also in a list; anything else as it is."""
        if isinstance(value, list):
            return [self.document(item) for item in value]
        mark = MARK.fullmatch(value) if isinstance(value, str) else None
        return self.docs[int(mark[1])] if mark else value

    def place(self, doc: Doc) -> str:
        """A mark where a document shall stand; its layout is decided once its column is known."""
        if isinstance(doc, str) and "\n" not in doc and "\0" not in doc:
            return doc
        self.docs.append(doc)
        return f"\0{len(self.docs) - 1}\0"

    def render(self, client: Client, request: Request) -> str:
        """The program's text."""
        try:
            printed = self.printed(self.environment, client, request)
            return "".join(self.laid(printed)).strip("\n") + "\n"
        except Unsupported:
            raise
        except (
            jinja2.TemplateError,
            Unwritten,
            ArithmeticError,
            LookupError,
            RuntimeError,
            TypeError,
            ValueError,
            AttributeError,
        ) as error:
            raise SpecError(
                [template_fault(error, client.template, roots(self.folders))]
            ) from error

    def printed(self, environment: jinja2.Environment, client: Client, request: Request) -> str:
        """What the template prints, with a mark for each document."""
        self.docs.clear()
        bound = bind(client.sdk, request, self.literals) if client.sdk else None
        return environment.get_template(client.template).render(
            request=request, client=client, sdk=bound, native=self.native(request)
        )

    def native(self, request: Request) -> bool:
        """Whether the body is JSON that the language's own values carry exactly."""
        body = request.body
        return (
            body is not None and body.json is not None and not self.literals.lacks(body.json.json)
        )

    def laid(self, printed: str) -> list[str]:
        """The text with every document at its place; only the template's own text is searched.

        Each second piece is a document's, in the place of its mark.
        """
        pieces = MARK.split(printed)
        out: list[str] = []
        line = ""
        for index, piece in enumerate(pieces):
            text = piece
            if index % 2:
                after = pieces[index + 1].partition("\n")[0]
                indent = line[: len(line) - len(line.lstrip())]
                text = lay(
                    self.docs[int(piece)],
                    self.literals.style,
                    indent=indent,
                    column=columns(line),
                    suffix=columns(after),
                )
            out.append(text)
            line = text.rpartition("\n")[2] if "\n" in text else line + text
        return out


def roots(folders: tuple[Path, ...]) -> tuple[Path, ...]:
    """Template folders in the order they are searched."""
    return (*folders, resources.templates())


def guard(value: Any) -> Any:  # noqa: ANN401
    """Refuses to print anything but text that a filter made, or a number of the template's own."""
    if isinstance(value, str | int) and not isinstance(value, bool):
        return value
    if isinstance(value, jinja2.Undefined | Text | Value):
        return str(value)  # raises: undefined, or unwritten
    raise Unwritten(f"{value!r} was printed without a filter")


def indented(text: str, width: int = 4, first: bool = False) -> str:  # noqa: FBT001, FBT002
    """Lines that hold something, moved to the right; Jinja's own would also cut at U+2028.

    Args:
        text: What a template printed.
        width: Spaces.
        first: Whether the first line is moved too.
    """
    head, end, rest = ("", "", text) if first else text.partition("\n")
    return head + end + _START.sub(rf"\1{' ' * width}", rest)


def _word(text: Text) -> str:
    word = literal(text)
    if not word.isalpha():
        raise Unsupported(f"the method `{word}` is not a plain word")
    return word


def template_fault(error: Exception, template: str, folders: tuple[Path, ...]) -> Diagnostic:
    """Where in which template an error arose."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        file, line = error.filename or template, error.lineno
    elif isinstance(error, jinja2.TemplateNotFound):
        return Diagnostic(template, 0, 0, "CS501", f"there is no template `{error.message}`")
    else:
        file, line = _origin(error, folders) or (template, 1)
    return with_source(Diagnostic(str(file), line, 1, "CS501", _message(error)))


def _message(error: Exception) -> str:
    if isinstance(error, jinja2.TemplateError):
        return error.message or "the template failed"
    return f"{error}"


def _origin(error: Exception, folders: tuple[Path, ...]) -> tuple[str, int] | None:
    """The innermost template line of a traceback."""
    found = None
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if any(name.startswith(str(folder)) for folder in folders):
            found = name, trace.tb_lineno
        trace = trace.tb_next
    return found
