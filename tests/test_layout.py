"""Documents at a width: what is flat, what breaks, and how."""

from __future__ import annotations

import pytest

from callsheet.layout import Doc, Items, Pair, Placed, Style, columns, lay

STYLE = Style(width=20, indent="  ")


AB = f"[{'a' * 8}, {'b' * 6}]"


def chain(*docs: Doc) -> Items:
    return Items("", docs, "", "", mode="chain", separator="", gap="")


def at(indent: str, column: int, suffix: int) -> str:
    """A text that tells where it was placed."""
    return f"{indent!r} {column} {suffix}"


def items(*docs: Doc, mode: str = "fit", pad: str = "") -> Items:
    return Items("[", docs, "]", ",", pad, mode)


@pytest.mark.parametrize(
    ("doc", "column", "suffix", "text"),
    [
        (items(), 0, 0, "[]"),
        (items("a", "b"), 0, 0, "[a, b]"),
        (items("a", "b", pad=" "), 0, 0, "[ a, b ]"),
        (items("a", mode="break"), 0, 0, "[\n  a,\n]"),
        (items("a" * 8, "b" * 8), 0, 0, f"[{'a' * 8}, {'b' * 8}]"),
        (items("a" * 8, "b" * 8), 1, 0, f"[\n  {'a' * 8},\n  {'b' * 8},\n]"),
        (items("a" * 8, "b" * 8), 0, 1, f"[\n  {'a' * 8},\n  {'b' * 8},\n]"),
        (items("中" * 4, "中" * 4), 0, 0, f"[{'中' * 4}, {'中' * 4}]"),
        (items("中" * 5, "中" * 5), 0, 0, f"[\n  {'中' * 5},\n  {'中' * 5},\n]"),
        (items(*"123456789", mode="fill"), 0, 0, "[\n  1, 2, 3, 4, 5, 6,\n  7, 8, 9,\n]"),
        (items("a" * 9, "b" * 7, mode="args"), 2, 0, f"[\n  {'a' * 9}, {'b' * 7}\n]"),
        (Pair("key: ", items("a")), 0, 0, "key: [a]"),
        (Pair("long: ", '"' + "x" * 14 + '"', hang=True), 0, 0, f'long:\n  "{"x" * 14}"'),
        (Pair("long: ", '"' + "x" * 11 + '"', hang=True), 0, 1, f'long: "{"x" * 11}"'),
        (Pair("long: ", items("a" * 8, "b" * 6), hang=True), 0, 0, f"long:\n  {AB}"),
        (items("a" * 8, "b" * 8, mode="hang"), 1, 0, f"[\n  {'a' * 8},\n  {'b' * 8}]"),
        (items("a" * 8, "b" * 6, mode="hang"), 9, 0, f"[\n  {'a' * 8}, {'b' * 6}]"),
        (items("a" * 8, "b" * 6, mode="hang"), 9, 2, f"[\n  {'a' * 8},\n  {'b' * 6}]"),
        (chain("a" * 8, ".b()", ".c()"), 0, 0, f"{'a' * 8}.b().c()"),
        (chain("a" * 8, ".b()", ".c()"), 5, 0, f"{'a' * 8}\n  .b()\n  .c()"),
        (chain("a" * 8, ".b()", ".c()"), 3, 2, f"{'a' * 8}\n  .b()\n  .c()"),
        (Placed("x" * 9, at), 11, 0, "x" * 9),
        (Placed("x" * 9, at), 11, 1, "'' 11 1"),
        (items("a" * 9, Placed(None, at)), 0, 0, f"[\n  {'a' * 9},\n  '  ' 2 1,\n]"),
    ],
)
def test_lay(doc: Doc, column: int, suffix: int, text: str) -> None:
    assert lay(doc, STYLE, column=column, suffix=suffix) == text


def test_inner_groups_break_only_where_they_must() -> None:
    doc = items(items("a", "b"), items("c" * 10, "d" * 10))
    assert lay(doc, STYLE) == f"[\n  [a, b],\n  [\n    {'c' * 10},\n    {'d' * 10},\n  ],\n]"


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("中文", 4), ("é", 1), ("e\u0301", 1), ("ａ", 2), ("😀", 2)]
)
def test_columns(text: str, width: int) -> None:
    assert columns(text) == width
