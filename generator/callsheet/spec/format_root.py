"""The root of the spec format, and its JSON Schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from callsheet.spec.format import ENDPOINT, VARIABLE
from callsheet.spec.format_auth import AUTH
from callsheet.spec.format_sdk import SDKS
from callsheet.spec.format_types import CLIENTS, ENV_TYPE, FILE, ID_TYPE, TEXT, TITLE
from callsheet.spec.record import Key, Record
from callsheet.spec.texts import PLACEHOLDER, SERVER_HELP, server_url
from callsheet.spec.types import Int, ListOf, MapOf, Str

if TYPE_CHECKING:
    from callsheet.spec.types import Schema

ROOT = Record(
    "the spec",
    {
        "callsheet": Key(Int(1, 1, "a version of the format"), "1", required=True),
        "title": Key(TITLE, "the API's name, or one per locale", required=True),
        "description": Key(TEXT, "what the API is for, or one text per locale"),
        "server": Key(
            Str("a URL", f"https?://[^?#]+|{PLACEHOLDER}", SERVER_HELP, check=server_url),
            "the URL every path is appended to, or a placeholder such as `__API_ORIGIN__`",
            required=True,
        ),
        "auth": Key(
            MapOf(AUTH, "a mapping of names to auth styles", ID_TYPE), "auth styles by name"
        ),
        "clients": Key(CLIENTS, "which client each language prints"),
        "sdks": Key(SDKS, "bindings of your own SDKs"),
        "variables": Key(
            MapOf(VARIABLE, "a mapping of variables", ENV_TYPE),
            "environment variables the page explains beside those the snippets read",
        ),
        "pages": Key(
            ListOf(FILE, "a list of paths", single=True),
            "page sources beside the spec; `*` is allowed in a file's name",
        ),
        "endpoints": Key(
            MapOf(ENDPOINT, "a mapping of ids to endpoints", ID_TYPE),
            "the API's endpoints by id",
            required=True,
        ),
    },
)


def json_schema() -> Schema:
    """JSON Schema (draft-07) of a spec, for editors.

    Source of the draft: https://json-schema.org/draft-07/json-schema-release-notes.
    """
    definitions: Schema = {}
    root = ROOT.properties(definitions)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        **root,
        "title": "callsheet spec",
        "description": "API calls, written once; callsheet prints, proves and documents them.",
        "definitions": definitions,
    }


def schema_text() -> str:
    """The schema as the text of a file."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
