"""A small spec with a page that builds at once. In: a folder; out: the files `init` wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SPEC = """\
# Write each API call once; `callsheet build` prints it in every language.
callsheet: 1
title: Bookshop
server: https://api.bookshop.example

auth:
  key: {scheme: bearer, env: BOOKSHOP_API_KEY}

pages: pages/*.md

endpoints:
  books:
    title: Books
    request: GET /v1/books/{isbn}
    auth: key
    examples:
      get-book:
        title: Look up a book
        path: {isbn: "9780131103627"}
        query: {fields: "title,author"}
        response:
          json: {isbn: "9780131103627", title: The C Programming Language, author: Kernighan}
        prints: title

  orders:
    title: Orders
    request: POST /v1/orders
    auth: key
    examples:
      create-order:
        title: Place an order
        body:
          json: {isbn: "9780131103627", quantity: 2, gift: false}
        response:
          status: 201
          json: {id: ord_1f8Qk2, status: accepted}
        prints: id
"""

_PAGE = """\
# Bookshop API

Every example on this page is a whole program: copy it, set your key, run it.

## Set up

{{ environment() }}

{{ install() }}

## Look up a book

{{ tabs("get-book") }}

{{ response("get-book") }}

## Place an order

{{ tabs("create-order") }}

{{ response("create-order") }}
"""

_FILES = {"spec/bookshop.yaml": _SPEC, "spec/pages/bookshop.en.md": _PAGE}


def write(folder: Path) -> Iterator[Path]:
    """Writes the files of a first spec.

    Raises:
        UsageError: One of them, or another spec, is there already; nothing is written then.
    """
    paths = {folder / name: text for name, text in _FILES.items()}
    taken = [path for path in paths if path.exists()] or sorted((folder / "spec").glob("*.yaml"))
    if taken:
        raise UsageError(f"{taken[0]} is there already; `init` starts in a folder without a spec")
    for path, text in paths.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
        except OSError as error:
            raise UsageError(f"{path} cannot be written: {error.strerror}") from None
        yield path
