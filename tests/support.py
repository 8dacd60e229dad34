"""Small specs for tests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from callsheet import clients, languages
from callsheet.render import render
from callsheet.request import Request, build
from callsheet.spec.read import load

if TYPE_CHECKING:
    from callsheet.spec.model import Spec

ROOT = Path(__file__).parents[1]
SPECS = Path(__file__).parent / "specs"

HEAD = """\
callsheet: 1
title: Shop
server: https://api.shop.example/v2
auth:
  key: {scheme: bearer, env: SHOP_KEY}
  header: {scheme: header, name: x-api-key, env: SHOP_KEY}
  basic: {scheme: basic, username_env: SHOP_USER, password_env: SHOP_PASSWORD}
"""


def spec_of(folder: Path, example: str, *, request: str = "POST /items", head: str = "") -> Spec:
    """A spec with one endpoint `items` and one example `it`, whose YAML is given in flow style."""
    text = f"{HEAD}{head}endpoints:\n  items:\n    request: {request}\n    examples:\n"
    path = folder / "shop.yaml"
    path.write_text(f"{text}      it: {example}\n")
    return load(path)


def request_of(spec: Spec, example: str = "it") -> Request:
    found = spec.find(example)
    assert found
    return build(spec, *found)


def printed(spec: Spec, client: str, example: str = "it", folders: tuple[Path, ...] = ()) -> str:
    """The text of a snippet, by `language/client` or by language alone."""
    language, _, key = client.partition("/")
    chosen = clients.find(spec, language, key or languages.get(language).client, folders)
    return render(request_of(spec, example), chosen, folders).text
