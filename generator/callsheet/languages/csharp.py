"""C#: text as C# 12 writes it, JSON as raw string literals, headers as HttpClient takes them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from callsheet.errors import Unsupported
from callsheet.languages._base import Language, Runtime, message
from callsheet.languages._csharp_lines import HeaderLines, about_content, constructed, media
from callsheet.languages._csharp_parts import Parts, braced, foreign, read
from callsheet.languages._held import placeheld
from callsheet.languages._locals import local
from callsheet.languages._parts import quotes
from callsheet.languages._restsharp import RestSharp
from callsheet.layout import Items, Lines, Placed, Style
from callsheet.literals import Literals, pretty
from callsheet.values import Env, Json, Local, Text, fixed, literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from callsheet.layout import Doc
    from callsheet.message import Payload
    from callsheet.request import Request
    from callsheet.results import Result

#: https://learn.microsoft.com/dotnet/csharp/programming-guide/strings/#string-escape-sequences
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0"}
#: Controls, surrogates, ends of lines, and what the eye does not see.
_HIDDEN = (
    r"\x00-\x1f\x7f-\xa0\xad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
    r"\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0d\uffa0\U0001bca0-\U0001bca3"
    r"\U0001d173-\U0001d17a"
    r"\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff"
)
_UNSAFE = re.compile(rf'[\\"{_HIDDEN}]')
_UNSEEN = re.compile(rf"(?![\0\n])[{_HIDDEN}]")
#: https://learn.microsoft.com/dotnet/csharp/language-reference/tokens/raw-string: a line that
#: stands there as it is; a blank at its end would not be seen.
_SHOWN = re.compile(rf"(?:[^{_HIDDEN}]*[^ {_HIDDEN}])?")

#: https://learn.microsoft.com/dotnet/csharp/language-reference/keywords/
_KEYWORDS = (
    "abstract as await base bool break byte case catch char checked class const continue decimal"
    " default delegate do double else enum event explicit extern false finally fixed float for"
    " foreach goto if implicit in int interface internal is lock long namespace new null object"
    " operator out override params private protected public readonly ref return sbyte sealed short"
    " sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked"
    " unsafe ushort using virtual void volatile while"
)
_LOCALS = (
    "args body chunk client credentials error file form item json message request response"
    " signature stream text token tokenBody tokenRequest tokenResponse tokenUri uri"
)
_TAKEN = frozenset((*_KEYWORDS.split(), *_LOCALS.split()))

#: https://learn.microsoft.com/dotnet/api/system.net.http.httpmethod
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE")
#: What System.Uri sends otherwise than it is written: dot segments, escapes of characters that
#: need none or in small letters, and a `%` that escapes nothing.
_REWRITTEN = re.compile(
    r"/\.\.?(?=[/?]|$)|%(?![0-9A-F]{2})|%(?:2[DE]|3\d|4[1-9A-F]|5[0-9AF]|6[1-9A-F]|7[0-9AE])"
)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return _ESCAPES.get(match[0]) or (f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}")


class CSharpLiterals(Literals):
    """Text in double quotes, JSON in raw string literals; a variable is a local of its own."""

    style = Style(width=100, indent="    ")

    @property
    def filters(self) -> Mapping[str, Callable[..., object]]:
        parts = Parts(self)
        return {
            **RestSharp(self).filters,
            "local": _local,
            "verb": self._verb,
            "rewritten": lambda url: bool(_REWRITTEN.search(fixed(url))),
            "added": HeaderLines(self).added,
            "about_content": about_content,
            "named": lambda body: constructed(body) is not None,
            "content": self._content,
            "form": parts.form,
            "foreign": foreign,
            "braced": braced,
            "read": lambda file: f"await {read(self, file)}",
            "encodes": _encodes,
            "quotes": quotes,
            "shown": _shown,
            "signed": lambda signature, held: signature.text + Text((Local(held),)),
        }

    # --- text -----------------------------------------------------------------------------

    def string(self, text: str) -> str:
        return f'"{_UNSAFE.sub(_escape, text)}"'

    def env(self, env: Env) -> str:
        name = _local(env.name)
        return f"Uri.EscapeDataString({name})" if env.escape == "url" else name

    def concat(self, parts: tuple[str | Env, ...]) -> str:
        if len(parts) == 1:
            return super().concat(parts)
        words = (
            "{" + self.variable(part) + "}"
            if isinstance(part, Env)
            else _UNSAFE.sub(_escape, part).replace("{", "{{").replace("}", "}}")
            for part in parts
        )
        return f'$"{"".join(words)}"'

    def block(self, text: str) -> Doc:
        if all(_SHOWN.fullmatch(line) for line in text.split("\n")):
            return self._shown(text)
        lines = [self.string(line) for line in re.findall(r"[^\n]*\n|[^\n]+", text)]
        step = self.style.indent
        return Placed(self.string(text), lambda indent, *_: f" +\n{indent}{step}".join(lines))

    def _shown(self, text: str) -> Doc:
        return _raw(text) if re.search(r'[\n"\\]', text) else self.string(text)

    def comment(self, text: str) -> str:
        return "// " + " ".join(re.sub(rf"[{_HIDDEN}]", " ", text).split())

    # --- JSON -----------------------------------------------------------------------------

    def lacks(self, value: Json) -> str:  # noqa: ARG002  the text is shorter than objects of JSON
        return "JSON is written as text"

    def wire(self, value: Json) -> Doc:
        # Outside its strings JSON has nothing hidden, and inside them an escape is the same.
        text = _UNSEEN.sub(lambda m: json.dumps(m[0])[1:-1], pretty(placeheld(value)))
        if "\0" not in text:
            return self._shown(text)
        # More braces than any run in the text has, as with its quotes.
        depth = 1 + _longest(r"\{+|\}+", text)
        before, after = '"' + "{" * depth, "}" * depth + '"'
        names = re.compile("\0(.*?)\0")
        held = names.sub(lambda m: f"{before}JsonEncodedText.Encode({_local(m[1])}){after}", text)
        return _raw(held, "$" * depth)

    # --- the call -------------------------------------------------------------------------

    def call(self, name: str, *arguments: Doc) -> Doc:
        return Items(f"{name}(", arguments, ")", mode="hang")

    def _verb(self, method: Text) -> str:
        word = literal(method)
        if word in _METHODS:
            return f"HttpMethod.{word.capitalize()}"
        return f"new HttpMethod({self.string(word)})"

    def _content(self, body: Payload, text: str) -> Doc:
        """The content of a message, whose type is the declared one and no more.

        Args:
            body: The body.
            text: The local that holds it; nothing where a form's fields are written out.
        """
        media = constructed(body)
        if body.kind == "file":
            return f"new ByteArrayContent({text or 'await ' + read(self, body.file)})"
        if media is None:
            return f"new ByteArrayContent(Encoding.UTF8.GetBytes({text}))"
        if not text:
            pairs = tuple(f"new({self.text(n)}, {self.text(v)})" for n, v in body.fields)
            return Items("new FormUrlEncodedContent([", pairs, "])")
        if media == ("text/plain", "utf-8"):
            return f"new StringContent({text})"
        return f"new StringContent({text}, mediaType: new({', '.join(map(self.string, media))}))"

    # --- the response ---------------------------------------------------------------------

    def at(self, base: str, result: Result) -> str:
        mark = "!"
        for step, optional in zip(result.steps, result.optional, strict=True):
            base += f"{mark}[{step if isinstance(step, int) else self.string(step)}]"
            mark = "?" if optional else "!"
        return base

    def loose_at(self, base: str, result: Result) -> str:
        for step in result.steps:
            if isinstance(step, str):
                base += f"?[{self.string(step)}]"
            else:
                item = f"ElementAtOrDefault({step})" if step else "FirstOrDefault()"
                base += f"?.AsArray().{item}"
        return base


def _local(variable: str) -> str:
    return local(variable, _TAKEN)


def _raw(text: str, dollars: str = "") -> Doc:
    """A raw string literal, fenced by more quotes than any run in it."""
    fence = '"' * max(3, 1 + _longest('"+', text))
    if re.search(r'\n|^"|"$', text):
        return Lines(dollars + fence, tuple(text.split("\n")), fence, inside=True)
    return f"{dollars}{fence}{text}{fence}"


def _longest(runs: str, text: str) -> int:
    return max(map(len, re.findall(runs, text)), default=0)


def _shown(request: Request, text: str) -> str:
    """The answer's text, which .NET reads without a mark of its byte order."""
    content = request.response.content
    if request.response.kind == "text" and str(content).startswith("\ufeff"):
        raise Unsupported(".NET takes U+FEFF off the start of a text")
    return text


def _encodes(request: Request) -> bool:
    """Whether some text is encoded by hand."""
    body = request.body
    by_hand = request.basic or request.token or request.signature
    if body is None or body.kind == "file" or by_hand:
        return bool(by_hand)
    if body.kind != "multipart":
        return constructed(body) is None
    typed = (piece for piece in body.pieces if piece.type and piece.file is None)
    return foreign(body) or any(media(piece.type) is None for piece in typed)


LANGUAGE = Language(
    key="csharp",
    title="C#",
    order=80,
    client="http-client",
    lexer="csharp",
    grammar="tree_sitter_c_sharp",
    literals=CSharpLiterals(),
    note=message("HttpClient is part of .NET."),
    runtime=Runtime(
        command="dotnet",
        version=("--version",),
        file="Program.cs",
        run="dotnet run Program.cs",
        lowest="10",
        install={
            "debian": "curl -fsSL https://dot.net/v1/dotnet-install.sh | bash",
            "macos": "brew install dotnet",
            "windows": "winget install Microsoft.DotNet.SDK.10",
        },
        title=".NET",
    ),
)
