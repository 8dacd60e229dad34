"""cURL: words of a POSIX shell, exact in sh, bash and zsh, typed or run."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from callsheet.errors import Unsupported
from callsheet.languages._base import Language, Runtime, message
from callsheet.languages._curl_form import STDIN, form_word, is_string
from callsheet.languages._dots import has_dots
from callsheet.layout import Style
from callsheet.literals import Literals, pretty
from callsheet.urls import encoded, percent
from callsheet.values import EMPTY, Env, Local, Text, env_names, fixed, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from callsheet.message import Header, Payload, Piece, Signature
    from callsheet.request import Request
    from callsheet.results import Result
    from callsheet.values import Json

#: What a terminal acts on when it is pasted, a page loses, or the eye does not see.
_HIDDEN = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
    r"\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0d\uffa0\U0001bca0-\U0001bca3"
    r"\U0001d173-\U0001d17a"
    r"\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
#: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_03, and `!`,
#: with which a shell that is typed at recalls commands.
_SPECIAL = re.compile(r'[$`"\\!]')
#: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/printf.html
_FORMAT = {"\\": "\\\\", "%": "%%", "'": "'\\''", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SURROGATE = re.compile("[\ud800-\udfff]")
#: Longest argument of a command in bytes, the smallest of the common limits: MAX_ARG_STRLEN of
#: https://man7.org/linux/man-pages/man2/execve.2.html
_LONGEST = 2**17 - 1


class ShellLiterals(Literals):
    """Single quotes, in which nothing is special; double ones around variables."""

    style = Style(width=80, indent="  ")

    @property
    def filters(self) -> Mapping[str, Callable[..., object]]:
        return {
            "word": lambda text: fixed(text) if fixed(text).isalpha() else self.text(text),
            "address": _address,
            "appended": _appended,
            "field": self._field,
            "form": self._form,
            "path": self._path,
            "piped": _piped,
            "printf": self._printf,
            "message": self._message,
            "dotted": has_dots,
            "globbed": lambda url: bool(re.search(r"[\[\]{}]", fixed(url))),
        }

    def string(self, text: str) -> str:
        if _is_long(text):
            raise Unsupported("an argument of a command cannot be longer than 128 KiB")
        if _HIDDEN.search(text):
            if text.endswith("\n") or "\0" in text:
                raise Unsupported("a shell cannot pass on U+0000 or a last line end")
            return f'"$(printf {_format((text,))})"'
        if _SURROGATE.search(text):
            raise Unsupported("a shell cannot hold a lone surrogate")
        if "'" in text and not _SPECIAL.search(text):
            return f'"{text}"'
        return "'" + text.replace("'", "'\\''") + "'"

    def local(self, name: str) -> str:
        """What could not be found out ends the program; a token with the answer to its call."""
        reason = "$answer" if name == "token" else ""
        return f'"${{{name}:?{reason}}}"'

    def env(self, env: Env) -> str:
        if env.escape:
            raise Unsupported("cURL percent-encodes a variable in values of the query alone")
        return f'"${{{env.name}:?}}"'

    def concat(self, parts: tuple[str | Env, ...]) -> str:
        plain = all(isinstance(part, Env) or not _SPECIAL.search(part) for part in parts)
        if plain and not any(isinstance(part, str) and _HIDDEN.search(part) for part in parts):
            words = (part if isinstance(part, str) else self.variable(part)[1:-1] for part in parts)
            return f'"{"".join(words)}"'
        return "".join(self.variable(p) if isinstance(p, Env) else self.string(p) for p in parts)

    def lacks(self, value: Json) -> str:  # noqa: ARG002  a shell has no values of its own
        return "a shell has only text"

    def wire(self, value: Json) -> str:
        return self.string(_json(value))

    def comment(self, text: str) -> str:
        return "# " + " ".join(_HIDDEN.sub(" ", text).split())

    def header(self, line: Header) -> str:
        """A header line; curl drops one without a value unless it ends in `;`."""
        if not line.value:
            return self.text(line.name + joined(";"))
        return self.text(line.name + joined(": ") + line.value)

    def at(self, base: str, result: Result) -> str:
        raise Unsupported(f"a shell cannot read `{result.path}` of {base}")

    def block_of(self, text: Text) -> str:
        return self.text(text)

    def _field(self, pair: tuple[Text, Text]) -> str:
        """The option for a field of a form; curl percent-encodes its value, but not its name."""
        name, value = pair
        if not name or _HIDDEN.search(fixed(value)):
            return f"--data-raw {self.text(encoded([pair]))}"
        return f"--data-urlencode {self.text(percent(name) + joined('=') + value)}"

    def _form(self, piece: Piece) -> str:
        """The option for a part of a multipart body."""
        content = _json(piece.json.json) if piece.json else ""
        piped = _piped_part(piece) is not None
        option = "--form-string" if is_string(piece) and not piped else "--form"
        word = form_word(piece, STDIN if piped else content)
        return f"{option} {self.text(word)}"

    def _path(self, name: Text, before: str = "") -> str:
        """A file's name, which curl takes for no option, and not for stdin."""
        path = fixed(name)
        return self.string(before + (f"./{path}" if path.startswith("-") else path))

    def _printf(self, text: Text) -> str:
        """The command that writes a text, where no quotes could show it."""
        return " ".join(["printf", _format(text.parts), *map(self.variable, text.env)])

    def _message(self, signature: Signature, body: Payload | None) -> str:
        """The command that writes what is signed; a body of text is in a variable of that name."""
        parts = signature.text.parts
        if body is None:
            return self._printf(signature.text)
        if body.kind == "multipart":
            raise Unsupported("cURL makes a multipart body as it sends it, too late to sign it")
        if body.kind == "file":
            return f"{{ {self._printf(signature.text)}; cat {self._path(body.file)}; }}"
        variables = map(self.variable, signature.text.env)
        return " ".join(["printf", _format((*parts, Local("body"))), *variables, '"$body"'])


def _format(parts: tuple[str | Env, ...]) -> str:
    """The format that `printf` is given to write a text, with a place for each variable."""
    if any(isinstance(part, str) and _SURROGATE.search(part) for part in parts):
        raise Unsupported("a shell cannot hold a lone surrogate")
    shown = "".join(
        re.sub(rf"[\\%'\n]|{_HIDDEN.pattern}", _escape, part) if isinstance(part, str) else "%s"
        for part in parts
    )
    return "'" + (f"\\055{shown[1:]}" if shown[:1] == "-" else shown) + "'"


def _escape(match: re.Match[str]) -> str:
    octal = "".join(f"\\{byte:03o}" for byte in match[0].encode())
    return _FORMAT.get(match[0]) or octal


def _json(value: Json) -> str:
    """JSON text without what is hidden, which stands in its strings alone, where it has escapes."""
    if any(env_names(value)):
        raise Unsupported("a shell cannot escape a variable inside JSON text")
    return _HIDDEN.sub(lambda match: json.dumps(match[0])[1:-1], pretty(value))


def _is_long(text: str) -> bool:
    return len(text.encode(errors="surrogatepass")) > _LONGEST


def _piped(body: Payload) -> Text | None:
    """The text that reaches curl through a pipe: no argument could hold it, or show it."""
    if body.kind == "json" and body.json:
        text = _json(body.json.json)
        return joined(text) if _is_long(text) else None
    if body.kind == "text":
        text = fixed(body.text)
        return body.text if _HIDDEN.search(text) or _is_long(text) else None
    found = list(filter(None, map(_piped_part, body.pieces)))
    if len(found) > 1:
        raise Unsupported("a shell can pipe no more than one part into cURL")
    return found[0] if found else None


def _piped_part(piece: Piece) -> Text | None:
    """The same for a part; of one with a type, curl would read a variable's value as more."""
    text = joined(_json(piece.json.json)) if piece.json else piece.text or EMPTY
    known = fixed(text)
    lost = "\0" in known or (known.endswith("\n") and bool(_HIDDEN.search(known)))
    read = bool(text.env) and not is_string(piece)
    return text if lost or read or _is_long(known) else None


def _appended(request: Request) -> tuple[tuple[Text, Text], ...]:
    """The query from its first variable on, which curl encodes and appends to the URL."""
    first = next((i for i, (_, value) in enumerate(request.query) if value.env), None)
    return () if first is None else request.query[first:]


def _address(request: Request) -> Text:
    """The URL without what is appended to it."""
    appended = _appended(request)
    if not appended:
        return request.url
    if request.body is not None:
        raise Unsupported("cURL encodes a variable in the query only where there is no body")
    kept = request.query[: -len(appended)]
    return joined(request.server) + request.path + joined("?" if kept else "") + encoded(kept)


LANGUAGE = Language(
    key="curl",
    title="cURL",
    order=10,
    client="curl",
    lexer="bash",
    grammar="tree_sitter_bash",
    literals=ShellLiterals(),
    note=message("cURL ships with macOS, Linux and Windows 10 or later."),
    runtime=Runtime(
        command="curl",
        version=("--version",),
        file="example.sh",
        run="sh example.sh",
        lowest="7.76",
        install={
            "debian": "apt-get install curl",
            "macos": "brew install curl",
            "windows": "winget install cURL.cURL",
        },
    ),
)
