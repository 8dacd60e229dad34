"""A number to a made-up spec of that many endpoints on stdout: `make_spec.py N > file`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = """\
callsheet: 1
title: {zh: 书店, en: Bookshop}
description: A made-up API, as large as one likes.
server: https://api.bookshop.example/v2

auth:
  bearer: {scheme: bearer, env: BOOKSHOP_TOKEN}
  key: {scheme: header, name: X-Api-Key, env: BOOKSHOP_KEY}
  basic: {scheme: basic, username_env: BOOKSHOP_USER, password_env: BOOKSHOP_PASSWORD}

endpoints:
"""

LIST = """\
  list-{noun}-{n}:
    title: {{zh: 列出第 {n} 类 {noun}, en: List {noun} of kind {n}}}
    request: GET /shops/{{shop}}/{noun}/{n}
    auth: bearer
    headers: {{Accept: application/json, X-Trace-Id: t-{n}}}
    examples:
      list-{noun}-{n}-page:
        title: A page of {noun}
        path: {{shop: shop {n}/a}}
        query: {{page: {page}, per_page: 50, sort: -made, tag: [red, blue], q: "\\"été\\" {n}"}}
        response:
          status: 200
          headers: {{X-Total: {n}, X-Page: {page}}}
          json:
            total: {n}
            items:
              - {{id: {n}1, title: Gödel & Söhne, price: 12.50, tags: [new, sale], stock: null}}
              - {{id: {n}2, title: 日本語の本, price: 1e2, tags: [], stock: 3}}
            next: https://api.bookshop.example/v2/{noun}?page={page}
        prints: items[0].title
"""

CREATE = """\
  create-{noun}-{n}:
    title: Create {noun} of kind {n}
    description: |
      Makes one and answers with it.
      Twice the same `Idempotency-Key` makes one only.
    request: POST /{noun}/{n}
    auth: [bearer, key]
    examples:
      create-{noun}-{n}-full:
        title: {{zh: 新建 {n}, en: Create {n}}}
        headers: {{Idempotency-Key: 8e03978e-40d5-43e8-bc93-{n:012d}}}
        body:
          json:
            title: The Art of "Quoting" {n}
            language: en
            in_stock: true
            price: {{amount: 12.10, currency: EUR}}
            authors:
              - {{name: Donald Knuth, born: 1938-01-10}}
              - {{name: 李白, born: null, notes: ["poet", "wanderer"]}}
            editions:
              - year: 1968
                formats: [hardcover, pdf]
                pages: 650
              - year: 2011
                formats: []
                pages: 0x2A
            description: >-
              A long text that goes over more than one line of the file,
              as descriptions do, with a colon: and "quotes".
        response:
          status: 201
          json: {{id: {n}, created: true, links: {{self: /{noun}/{n}, shelf: [1, 2, 3]}}}}
        prints: id
      create-{noun}-{n}-short:
        auth: basic
        body:
          json: {{title: Short {n}, price: 1.10}}
        response: {{status: 422, json: {{error: {{code: missing, field: language}}}}}}
"""

UPDATE = """\
  update-{noun}-{n}:
    title: Update {noun} of kind {n}
    request: {method} /{noun}/{{id}}/parts/{{part}}
    auth: key
    cookies: {{session: abc{n}}}
    examples:
      update-{noun}-{n}-form:
        path: {{id: {n}, part: a b}}
        body:
          form: {{title: New title {n}, note: "a=b&c", tag: [x, y]}}
        response: {{status: 200, text: ok {n}}}
"""

DELETE = """\
  delete-{noun}-{n}:
    title: Delete {noun} of kind {n}
    request: DELETE /{noun}/{{id}}
    auth: basic
    examples:
      delete-{noun}-{n}-one:
        path: {{id: !env BOOK_ID}}
        query: {{force: true}}
        response: {{status: 204}}
"""

STREAM = """\
  stream-{noun}-{n}:
    title: {{zh: 流式 {n}, en: Stream {n}}}
    request: POST /{noun}/{n}/chat
    auth: bearer
    examples:
      stream-{noun}-{n}-chat:
        body:
          json: !json |
            {{"model": "m-{n}", "stream": true, "temperature": 0.70,
             "messages": [{{"role": "user", "content": "Hello \\ud83d\\ude00"}}]}}
        response:
          sse:
            - {{id: c{n}, choices: [{{index: 0, delta: {{role: assistant, content: ""}}}}]}}
            - {{id: c{n}, choices: [{{index: 0, delta: {{content: Once upon}}}}]}}
            - {{id: c{n}, choices: [{{index: 0, delta: {{content: " a time"}}}}]}}
            - "[DONE]"
        prints: choices[0].delta.content
"""

SHAPES = (LIST, CREATE, UPDATE, LIST, CREATE, DELETE, LIST, CREATE, UPDATE, STREAM)
NOUNS = ("books", "authors", "orders", "carts", "reviews", "shelves", "invoices")


def pieces(count: int) -> Iterator[str]:
    """The spec's text, piece by piece."""
    yield HEAD
    for n in range(count):
        method = "PATCH" if n % 4 else "PUT"
        shape = SHAPES[n % len(SHAPES)]
        yield shape.format(n=n, page=n % 9 + 1, noun=NOUNS[n % len(NOUNS)], method=method)


def main() -> None:
    """Writes the spec."""
    if len(sys.argv) != 2 or not sys.argv[1].isdigit():  # noqa: PLR2004
        sys.exit("usage: python benchmarks/make_spec.py N > file.yaml")
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.writelines(pieces(int(sys.argv[1])))


if __name__ == "__main__":
    main()
