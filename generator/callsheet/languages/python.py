"""Python: literals as `ruff format` lays them out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callsheet.languages._base import Language, Runtime
from callsheet.layout import Items, Pair, Style
from callsheet.literals import Given, Literals
from callsheet.spec.model import Output
from callsheet.values import EMPTY, literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from callsheet.layout import Doc
    from callsheet.message import Payload, Piece
    from callsheet.results import Result
    from callsheet.values import Env, Text

#: https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
#: Characters that are escaped: controls, surrogates, and what changes the direction of text.
_UNSAFE = re.compile(
    r"[\\\x00-\x1f\x7f-\xa0\xad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
    r"\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    code = ord(char)
    return _ESCAPES.get(char) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


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
            "fields": self._fields,
            "parts": self._parts,
        }

    def _fields(self, fields: tuple[tuple[Text, Text], ...]) -> Doc:
        """A form's fields, each name once, as a dict."""
        return self.map_of([(literal(name), self.text(value)) for name, value in fields])

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
            return f"Path({self.text(piece.file)}).read_bytes()"
        return self.wire(piece.json.json) if piece.json else self.text(piece.text or EMPTY)

    def _bytes(self, text: Text) -> str:
        """A text as bytes."""
        return self._encoded(self.text(text), joined=bool(text.env))

    def _payload(self, body: Payload) -> str:
        """A body as bytes: a bytes literal where it is ASCII (ruff UP012), encoded otherwise."""
        text = str(self.wire(body.json.json) if body.json else self.block_of(body.text))
        return self._encoded(text, joined=bool(body.text.env))

    def _encoded(self, text: str, *, joined: bool) -> str:
        plain = text[0] in "\"'" and text.isascii() and "\\u" not in text
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
                base += f".get({self.string(step)}{'' if index == last else ', {}'})"
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
        plain = all(isinstance(step, int) or step.isidentifier() for step in steps)
        if result.kind == "json" or not plain:
            return super().attributes(base, result)
        path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
        first = next((index for index, step in enumerate(steps) if isinstance(step, int)), None)
        head = "".join(f".{step}" for step in steps[:first])
        return Output(base + path, "" if first is None else base + head)


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
