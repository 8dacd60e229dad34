"""Literals to a program that prints their bytes: the language itself says what a literal means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet import clients
from callsheet.layout import Doc, columns, lay
from callsheet.values import Value
from callsheet.verify.runners import execute, prepare

if TYPE_CHECKING:
    from callsheet.languages._base import Language
    from callsheet.values import Json

#: Language → (program around the statements, one statement, an expression that writes JSON).
#: `§` is where a literal or the statements go, `¶` PHP's flags. A statement prints UTF-8 in hex.
PROBES: dict[str, tuple[str, str, str]] = {}

PROBES["curl"] = (
    """\
out() { printf %s "$1" | od -An -v -tx1 | tr -d " \\n"; echo; }
§""",
    "out §",
    "",
)
PROBES["python"] = (
    """\
import json


def out(text):
    print(text.encode("utf-8", "surrogatepass").hex())


§""",
    "out(§)",
    "json.dumps(§)",
)
PROBES["node"] = (
    """\
const out = (text) => console.log(Buffer.from(text).toString("hex"));
§""",
    "out(§);",
    "JSON.stringify(§)",
)
PROBES["go"] = (
    """\
package main

import "fmt"

func out(text string) { fmt.Printf("%x\\n", text) }

func main() {
§}
""",
    "out(§)",
    "",
)
PROBES["java"] = (
    """\
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

class Main {
  static void out(String text) {
    System.out.println(HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)));
  }

  public static void main(String[] args) {
§  }
}
""",
    "    out(§);",
    "",
)
PROBES["php"] = (
    """\
<?php

function out(string $text): void
{
    echo bin2hex($text), PHP_EOL;
}

§""",
    "out(§);",
    "json_encode(§¶)",
)
PROBES["ruby"] = (
    """\
require "json"

def out(text) = puts(text.unpack1("H*"))

§""",
    "out(§)",
    "(§).to_json",
)
PROBES["csharp"] = (
    """\
using System.Text;

static void Out(string text) =>
    Console.WriteLine(Convert.ToHexString(Encoding.UTF8.GetBytes(text)));

§""",
    "Out(§);",
    "",
)


def text_literal(language: Language, text: str) -> str:
    """A statement that prints a string literal's bytes."""
    return _statement(language, language.literals.string(text), "§")


def json_literal(language: Language, value: Json) -> str:
    """A statement that prints what a JSON value becomes: a native literal, else its exact text."""
    writer = language.literals
    if writer.lacks(value):
        return _statement(language, writer.wire(value), "§")
    flags = writer.filters.get("flags")
    more = str(flags(Value(value))) if flags else ""
    return _statement(language, writer.value(value), PROBES[language.key][2].replace("¶", more))


def block_literal(language: Language, text: str) -> str:
    """A statement that prints the bytes of a text of several lines."""
    return _statement(language, language.literals.block(text), "§")


def _statement(language: Language, doc: Doc, expression: str) -> str:
    line = PROBES[language.key][1]
    before, _, after = line.replace("§", expression).partition("§")
    indent = before[: len(before) - len(before.lstrip())]
    style = language.literals.style
    text = lay(doc, style, indent=indent, column=columns(before), suffix=len(after))
    return f"{before}{text}{after}\n"


def bytes_of(language: Language, statements: list[str]) -> list[bytes]:
    """What each statement printed, from one run of the real language."""
    program = PROBES[language.key][0].replace("§", "".join(statements))
    plain = clients.of_language(language.key)[language.client]
    run = execute(program, prepare(language, plain), {})
    assert run.status == 0, run.stderr.decode("utf-8", "replace") + program
    return [bytes.fromhex(line) for line in run.stdout.decode().splitlines()]
