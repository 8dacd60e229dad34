"""The format of a binding: how a language calls an API through an SDK, as data."""

from __future__ import annotations

from callsheet.spec.format_auth import SDK_AUTH
from callsheet.spec.format_types import FIXED_HEADERS
from callsheet.spec.names import (
    install_command,
    lowest_version,
    package_name,
    package_version,
)
from callsheet.spec.record import Key, Record
from callsheet.spec.texts import STEPS_HELP, one_line, result_path
from callsheet.spec.types import Enum, ListOf, MapOf, Str

CODE = Str("code")
CODES = ListOf(CODE, "a list of code lines")
STYLES = (
    *("kwargs", "object", "named", "array"),
    *("struct", "builder", "initializer", "positional", "none"),
)

#: The lowest version of a language.
LOWEST = Str(check=lowest_version)
PACKAGE = Record(
    "a package",
    {
        "name": Key(Str(check=package_name), "its name in the registry", required=True),
        "version": Key(Str(check=package_version), "the pinned version", required=True),
        "install": Key(Str(check=install_command), "the command, with `{name}` and `{version}`"),
    },
)
OUTPUT = Record(
    "a result",
    {
        "text": Key(CODE, "code of the value that is written", required=True),
        "when": Key(CODE, "code of a condition around it"),
    },
    shorthand="text",
)
RESULTS = MapOf(
    OUTPUT,
    "a mapping of `prints` paths to code",
    Str("a path into the response", hint=STEPS_HELP, check=result_path),
)
STREAM = Record(
    "a streaming call",
    {
        "call": Key(CODE, "the method, where it is another one"),
        "bind": Key(CODE, "name of the local that holds the stream"),
        "item": Key(CODE, "name of the loop's local"),
        "omit": Key(ListOf(Str(), "a list of names"), "body fields that the method sets itself"),
        "results": Key(RESULTS, "what `prints` asks for → code that writes one piece"),
    },
)
FIELD = Record(
    "a field",
    {
        "code": Key(CODE, "code with `{str}`, `{num}`, `{int}`, `{bool}` or `{any}`"),
        "open": Key(CODE, "code before the items of a list"),
        "close": Key(CODE, "code after them"),
        "key": Key(Str(), "the member that tells items apart"),
        "items": Key(MapOf(CODE, "a mapping"), "that member's value → code"),
    },
    shorthand="code",
)
ARGUMENTS = Record(
    "arguments",
    {
        "style": Key(Enum(STYLES, "argument style"), "how the body becomes arguments"),
        "positional": Key(CODES, "arguments before the body's; `path.NAME` is a path parameter"),
        "known": Key(ListOf(Str(), "a list of names"), "fields that the method takes"),
        "extra": Key(CODE, "the argument that takes all other fields"),
        "rename": Key(MapOf(Str(), "a mapping of names"), "field → the SDK's name for it"),
        "type": Key(CODE, "the parameter object's type"),
        "fields": Key(MapOf(FIELD, "a mapping of fields"), "field → how it is written"),
        "raw": Key(CODE, "code that takes the exact JSON text, `{json}`"),
        "raw_imports": Key(CODES, "imports that `raw` needs"),
    },
)
CALL = Record(
    "a call",
    {
        "call": Key(CODE, "the method, as code", required=True),
        "bind": Key(CODE, "name of the local that holds the answer"),
        "arguments": Key(ARGUMENTS, "how the request becomes arguments"),
        "results": Key(RESULTS, "what `prints` asks for → code; attributes of `bind` otherwise"),
        "stream": Key(STREAM, "the streaming form"),
        "imports": Key(CODES, "further imports"),
    },
)
SDK = Record(
    "an SDK binding",
    {
        "title": Key(Str(check=one_line), "the name a tab shows"),
        "package": Key(PACKAGE, "what is installed", required=True),
        "runtime": Key(LOWEST, "lowest version of the language that runs it", required=True),
        "imports": Key(CODES, "import lines", required=True),
        "client": Key(CODE, "code that makes the client from `{key}` and `{base}`", required=True),
        "base": Key(Str(), "path that follows the server in the SDK's base URL"),
        "auth": Key(SDK_AUTH, "the auth style that the SDK sends with its key"),
        "sends": Key(FIXED_HEADERS, "headers that the SDK sends by itself, and their values"),
        "adds": Key(ListOf(Str(), "a list of names"), "what else it adds on the wire"),
        "headers": Key(CODE, "the argument for further headers"),
        "query": Key(CODE, "the argument for the query"),
        "calls": Key(
            MapOf(CALL, "a mapping of calls"),
            "endpoint id or `METHOD /path` → how it is called",
            required=True,
        ),
    },
)
SDKS = MapOf(
    SDK,
    "a mapping of `language/client` to bindings",
    Str("the name of a binding", r"[a-z0-9]+/[a-z0-9-]+", "as in `python/acme`"),
)
