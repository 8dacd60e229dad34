"""Python: literals as `ruff format` lays them out."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from keyword import iskeyword
from operator import itemgetter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from callsheet.errors import Unsupported
from callsheet.languages._base import Language, Runtime
from callsheet.languages._held import placeheld
from callsheet.languages._parts import quotes
from callsheet.languages._python_asked import escapes, guessed, listed, lone, rounded
from callsheet.layout import Items, Pair, Placed, Style, lay
from callsheet.literals import Given, Literals, pretty
from callsheet.spec.bodies import MEDIA_TYPES
from callsheet.spec.model import Output
from callsheet.values import EMPTY, Env, env_names, joined, literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from callsheet.layout import Doc
    from callsheet.message import Header, Payload, Piece
    from callsheet.results import Result
    from callsheet.values import Json, Text

#: https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
#: Characters that are escaped: controls, surrogates, and what changes the direction of text.
_UNSAFE = re.compile(
    r"[\\\x00-\x1f\x7f-\xa0\xad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
    r"\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0d\uffa0\U0001bca0-\U0001bca3"
    r"\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    r"\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
#: An escape that stands for one byte in a bytes literal, and for more in UTF-8.
_BEYOND_ASCII = re.compile(r"(?<!\\)(?:\\\\)*\\(?:x[89a-f]|u)")


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    code = ord(char)
    if code > 0xFFFF:
        return f"\\U{code:08x}"
    return _ESCAPES.get(char) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


def _is_attribute(name: str) -> bool:
    """Whether a name can be asked for after a dot; Python reads one in other scripts as NFKC."""
    return name.isascii() and name.isidentifier() and not iskeyword(name)


class PythonLiterals(Literals):
    """Double quotes unless single ones need fewer escapes; 88 columns."""

    style = Style(width=88, indent="    ")
    words = {None: "None", True: "True", False: "False"}
    whole_low, whole_high = -(10**4000), 10**4000
    surrogates = True

    @property
    def filters(self) -> Mapping[str, Callable[..., object]]:
        return {
            "payload": self._payload,
            "bytes": self._bytes,
            "sum": self._sum,
            "fields": self._fields,
            "lines": self._lines,
            "parts": self._parts,
            "typed": _typed,
            "dumped": quotes,
            "listed": listed,
            "repeats": lambda body: len({*map(itemgetter(0), body.fields)}) < len(body.fields),
            "quotes": escapes,
            "lone": lambda value: lone(value.json),
            "guessed": guessed,
            "rounded": rounded,
        }

    def _fields(self, fields: tuple[tuple[Text, Text], ...]) -> Doc:
        """A form's fields as a dict, in which a name that is repeated has a list."""
        pairs: list[tuple[str, Doc]] = []
        for name, group in groupby(fields, key=lambda field: literal(field[0])):
            values = tuple(self.text(value) for _, value in group)
            pairs.append((name, values[0] if len(values) == 1 else self.list_of([*values], [])))
        return self.map_of(pairs)

    def _lines(self, lines: tuple[Header, ...]) -> Doc:
        """Header lines as pairs, for a client that can repeat a name."""
        pairs = ((self.text(line.name), self.text(line.value)) for line in lines)
        items = tuple(Items("(", pair, ")", self.trailing) for pair in pairs)
        return Items("[", items, "]", self.trailing)

    def _parts(self, pieces: tuple[Piece, ...]) -> Doc:
        """The parts of a multipart body: `(name, (filename, content, type))`."""
        return Items("[", tuple(map(self._part, pieces)), "]", self.trailing, mode="break")

    def _part(self, piece: Piece) -> Doc:
        filename: Doc = self.text(piece.filename) if piece.filename else "None"
        type_ = (self.text(piece.type),) if piece.type else ()
        content = Items("(", (filename, self._content(piece), *type_), ")", self.trailing)
        return Items("(", (self.text(piece.name), content), ")", self.trailing)

    def _content(self, piece: Piece) -> Doc:
        if piece.file is not None:
            return self._read(piece.file)
        return self.wire(piece.json.json) if piece.json else self.text(piece.text or EMPTY)

    def _read(self, file: Text) -> str:
        """The bytes of a file beside the program."""
        return f"Path({self.text(file)}).read_bytes()"

    def _bytes(self, text: Text) -> str:
        """A text as bytes."""
        return self._encoded(self.text(text), joined=bool(text.env))

    def _sum(self, name: str, first: str, second: str) -> Doc:
        """An assignment of two texts, joined."""
        words = (first, f"+ {second}")
        broken = Items(f"{name} = (", words, ")", trailing="", separator="", mode="args")
        line = f"{name} = {first} + {second}"
        return Placed(line, lambda indent, *_: lay(broken, self.style, indent=indent))

    def _payload(self, body: Payload) -> Doc:
        """A body as bytes: a bytes literal where it is ASCII (ruff UP012), encoded otherwise."""
        if body.kind == "file":
            return self._read(body.file)
        if body.kind == "multipart":
            raise Unsupported("a multipart body is made when it is sent, too late to be signed")
        if body.json and body.env:
            return self._filled(body.json.json, ".encode()")
        text = str(self.wire(body.json.json) if body.json else self.block_of(body.text))
        return self._encoded(text, joined=bool(body.text.env))

    def wire(self, value: Json) -> Doc:
        return self._filled(value) if any(env_names(value)) else super().wire(value)

    def _filled(self, value: Json, end: str = "") -> Doc:
        """JSON text that holds variables: of Python's own values, else in pieces."""
        if not self.lacks(value):
            return self._dumps(value, end)
        pieces = pretty(placeheld(value)).split("\0")
        words = [
            f"json.dumps({self.env(Env(piece))})" if index % 2 else self.string(piece)
            for index, piece in enumerate(pieces)
            if piece
        ]
        if not end:
            return " + ".join(words)
        items = (words[0], *(f"+ {word}" for word in words[1:]))
        return Items("(", items, f"){end}", trailing="", separator="")

    def _dumps(self, value: Json, end: str = "") -> Doc:
        """JSON text of Python's own values, and what follows it."""
        return Items("json.dumps(", (self.value(value),), f"){end}", trailing="", mode="args")

    def _encoded(self, text: str, *, joined: bool) -> str:
        plain = text[0] in "\"'" and text.isascii() and not _BEYOND_ASCII.search(text)
        if joined and text[0] != "f":
            return f"({text}).encode()"
        return f"b{text}" if plain else f"{text}.encode()"

    def string(self, text: str) -> str:
        quote = "'" if text.count('"') > text.count("'") else '"'
        return quote + _UNSAFE.sub(_escape, text).replace(quote, "\\" + quote) + quote

    def env(self, env: Env) -> str:
        value = f"os.environ[{self.string(env.name)}]"
        return f'quote({value}, safe="")' if env.escape == "url" else value

    def concat(self, parts: tuple[str | Env, ...]) -> str:
        if len(parts) == 1:
            return super().concat(parts)
        words = [
            part.replace("{", "{{").replace("}", "}}") if isinstance(part, str) else part
            for part in parts
        ]
        if any(isinstance(word, str) and ('"' in word or "\\" in word) for word in words):
            return super().concat(parts)
        inner = (
            _UNSAFE.sub(_escape, word)
            if isinstance(word, str)
            else "{" + self.variable(word).replace('"', "'") + "}"
            for word in words
        )
        return f'f"{"".join(inner)}"'

    def block(self, text: str) -> Doc:
        if "\n" not in text:
            return self.string(text)
        lines = re.sub(r"[^\n]+", lambda line: _UNSAFE.sub(_escape, line[0]), text)
        safe = lines.replace('"""', '""\\"')
        return f'"""{safe[:-1]}\\""""' if safe.endswith('"') else f'"""{safe}"""'

    def comment(self, text: str) -> str:
        return "# " + " ".join(_UNSAFE.sub(" ", text).split())

    def at(self, base: str, result: Result) -> str:
        last, loose = len(result.steps) - 1, False
        for index, (step, optional) in enumerate(zip(result.steps, result.optional, strict=True)):
            loose = loose or optional
            if isinstance(step, int):
                base += f"[{step}]"
            elif loose:
                found = f"{base}.get({self.string(step)})"
                base = found if index == last else f"({found} or {{}})"
            else:
                base += f"[{self.string(step)}]"
        return base

    def loose_at(self, base: str, result: Result) -> str:
        """A stream's piece behind its guard: only what follows the list may be missing."""
        lists = [index for index, step in enumerate(result.steps) if isinstance(step, int)]
        head = lists[0] + 1 if lists else 0
        text = self.at(self.at(base, result.head(head).certain), result.tail(head))
        return f'{text} or ""' if any(result.optional[head:]) else text

    def call(self, name: str, *arguments: Doc) -> Doc:
        return Items(f"{name}(", arguments, ")", self.trailing, mode="args")

    def arguments(self, given: Given) -> Doc:
        if given.style not in ("kwargs", "none"):
            return super().arguments(given)
        named = (Pair(f"{name}=", value) for name, value in (*given.named, *given.options))
        mode = "break" if given.named else "args"
        return Items("(", (*given.positional, *named), ")", mode=mode)

    def attributes(self, base: str, result: Result) -> Output:
        steps = result.steps
        plain = all(isinstance(step, int) or _is_attribute(step) for step in steps)
        if result.kind == "json" or not plain:
            return super().attributes(base, result)
        path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
        first = next((index for index, step in enumerate(steps) if isinstance(step, int)), None)
        head = "".join(f".{step}" for step in steps[:first])
        return Output(base + path, "" if first is None else base + head)


def _typed(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Parts with the type of those that httpx would take from the machine's table of names."""
    return tuple(map(_told, pieces))


def _told(piece: Piece) -> Piece:
    if piece.type or not piece.filename:
        return piece
    if piece.file is None:
        return replace(piece, type=joined("text/plain"))
    known = PurePosixPath(literal(piece.filename)).suffix not in ("", ".bin")
    return replace(piece, type=joined(MEDIA_TYPES["file"])) if known else piece


LANGUAGE = Language(
    key="python",
    title="Python",
    order=20,
    client="requests",
    lexer="python",
    grammar="tree_sitter_python",
    literals=PythonLiterals(),
    runtime=Runtime(
        command="python3",
        version=("--version",),
        file="example.py",
        run="python example.py",
        lowest="3.8",
        install={
            "debian": "apt-get install python3",
            "macos": "brew install python",
            "windows": "winget install Python.Python.3.13",
        },
    ),
)
