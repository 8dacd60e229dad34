"""The types that several records of the format share."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from callsheet.spec.jsonvalues import ENV_HELP, ENV_NAME
from callsheet.spec.names import file_stem
from callsheet.spec.pairs import PairsType
from callsheet.spec.record import Key, Record
from callsheet.spec.texts import (
    MEDIA_TYPE,
    TOKEN,
    cookie_value,
    day,
    framing,
    header_value,
    one_line,
    sentence,
)
from callsheet.spec.types import Either, ListOf, MapOf, Scalar, Shared, Str

ID: Final = r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9_-])?"
#: RFC 5646, as far as pages need it.
LOCALE: Final = r"[a-zA-Z]{2,3}(-[A-Za-z0-9]{2,8})*"

ID_TYPE = Str("an id", ID, "letters, digits, `.`, `_` and `-`, the first a letter or digit", "-")
#: An example's id names files.
EXAMPLE_ID = replace(ID_TYPE, refuse=file_stem)
ENV_TYPE = Str("the name of an environment variable", ENV_NAME, ENV_HELP, "_")
HEADER_NAME = Str(
    "a header name",
    TOKEN,
    "letters, digits and `-`, as in `X-Request-Id`",
    "-",
    refuse=framing,
)
COOKIE_NAME = Str("a cookie's name", TOKEN, "letters, digits, `-` and `_`")
MEDIA = Str("a media type", MEDIA_TYPE, "as in `application/json` or `text/plain; charset=utf-8`")
FILE = Str("the path of a file", hint="a path starts in the spec's folder, as in `assets/cat.png`")

_LOCALE = Str("a locale", LOCALE, "as in `en` or `pt-BR`", "-")
_TITLE = Str("text", r"[^\r\n]*", check=one_line)
_IN_LOCALES = "text, or a mapping of locales to texts"
TITLE = Shared(
    "title",
    "one line of text, or one per locale",
    Either(_TITLE, MapOf(_TITLE, _IN_LOCALES, _LOCALE, empty=False), _IN_LOCALES),
)
TEXT = Shared(
    "text",
    "Markdown text, or one per locale",
    Either(Str(), MapOf(Str(), _IN_LOCALES, _LOCALE, empty=False), _IN_LOCALES),
)

HEADERS = Shared(
    "headers",
    "name → value; a list as value repeats the header",
    PairsType("header names to values", HEADER_NAME, Scalar(header_value)),
)
#: What a server answers, which no `!env` of the reader's can change.
FIXED_HEADERS = Shared(
    "response-headers",
    "name → value; a list as value repeats the header",
    PairsType("header names to values", HEADER_NAME, Scalar(header_value, environment=False)),
)
PAIRS = Shared(
    "pairs",
    "name → value; a list as value repeats the name",
    PairsType("names to values", Str("a name"), Scalar()),
)
COOKIES = Shared("cookies", "name → value", PairsType("cookies", COOKIE_NAME, Scalar(cookie_value)))
AUTH_NAMES = Shared(
    "auth-names",
    "an auth style of the spec, a list of them, or `none`",
    ListOf(Str("the name of an auth style"), "a list of auth styles", single=True),
)
CLIENTS = Shared(
    "clients",
    "language → client, or a list of clients",
    MapOf(
        ListOf(Str("the key of a client"), "a list of clients", single=True, empty=False),
        "a mapping of languages to clients",
    ),
)
_KNOWN_FAILURE = Record(
    "a known failure",
    {
        "language": Key(Str("the key of a language"), "the language", required=True),
        "client": Key(
            Str("the key of a client"), "the client; every one of the language otherwise"
        ),
        "reason": Key(Str("a reason", check=sentence), "why the snippet fails", required=True),
        "until": Key(
            Str("a date", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "as in `2027-01-31`", check=day),
            "the last day on which it may",
            required=True,
        ),
    },
)
KNOWN_FAILURES = Shared(
    "known-failures",
    "snippets that `callsheet verify` expects to fail",
    ListOf(_KNOWN_FAILURE, "a list of known failures"),
)
