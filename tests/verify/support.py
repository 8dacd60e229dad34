"""Small specs for the verifier's tests: an example's YAML in, its Request or Snippet out."""

from __future__ import annotations

from textwrap import indent
from typing import TYPE_CHECKING

from callsheet import clients
from callsheet.render import render
from callsheet.request import build
from callsheet.spec.read import load

if TYPE_CHECKING:
    from pathlib import Path

    from callsheet.render import Snippet
    from callsheet.request import Request

SERVER = "https://api.test/base"

_SPEC = """\
callsheet: 1
title: Test
server: {server}
auth:
  bearer: {{scheme: bearer, env: KEY}}
  basic: {{scheme: basic, username_env: NAME, password_env: PASSWORD}}
  header: {{scheme: header, name: x-api-key, env: KEY}}
  query: {{scheme: query, name: key, env: KEY}}
  cookie: {{scheme: cookie, name: session, env: KEY}}
endpoints:
  thing:
    request: {line}
    examples:
      example:
{example}"""


def request_of(
    folder: Path, example: str, line: str = "POST /v1/things", server: str = SERVER
) -> Request:
    """The request of an example that is written as YAML."""
    file = folder / "spec.yaml"
    body = indent(example.strip("\n") + "\n", " " * 8)
    file.write_text(_SPEC.format(server=server, line=line, example=body), "utf-8")
    spec = load(file)
    endpoint = spec.endpoints[0]
    return build(spec, endpoint, endpoint.examples[0])


def snippet_of(request: Request, language: str = "curl", client: str = "curl") -> Snippet:
    """That request in a language."""
    return render(request, clients.find(None, language, client))
