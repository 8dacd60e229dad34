"""YAML to nodes: line breaks, encodings, anchors, and the same whatever parser is at hand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callsheet.errors import SpecError
from callsheet.spec import load as loading
from callsheet.spec.load import compose, read_text
from callsheet.spec.nodes import MappingNode, Node, ScalarNode, SequenceNode
from callsheet.spec.read import load
from callsheet.spec.source import Source

if TYPE_CHECKING:
    from callsheet.errors import Diagnostic

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "spec" / "clawdrouter.yaml"


def shape(node: Node) -> object:
    """A tree as tuples: tags, values and places."""
    place = (node.mark.line, node.mark.column)
    if isinstance(node, ScalarNode):
        return (node.tag, node.value, node.style, *place)
    if isinstance(node, SequenceNode):
        return (*place, [shape(item) for item in node.value])
    return (*place, [(shape(key), shape(value)) for key, value in node.value])


def plain(node: Node) -> object:
    """A tree as plain data."""
    if isinstance(node, MappingNode):
        return {key.value: plain(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.value]
    return node.value


def fault_of(text: str) -> tuple[int, int, str]:
    with pytest.raises(SpecError) as raised:
        compose(text, "shop.yaml")
    (fault,) = raised.value.diagnostics
    return fault.line, fault.column, fault.source


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=repr)
def test_every_line_break_is_read_alike(newline: str) -> None:
    text = SPEC.read_text(encoding="utf-8")
    assert shape(compose(text.replace("\n", newline), "a")) == shape(compose(text, "a"))
    assert fault_of(f"a: 1{newline}b: 2{newline}a: 3{newline}") == (3, 1, "a: 3")


@pytest.mark.parametrize("char", ["\u2028", "\u2029", "\x85", "\ue000\u2028", "\ufeff"], ids=ascii)
def test_what_yaml_1_1_took_for_a_line_break_is_text(char: str) -> None:
    text = f"a: x{char}b\nc: \"d {char} e\"\nf: |\n  g{char}h\n# i{char}j: k\nl: 'm{char}'\n"
    expected = {"a": f"x{char}b", "c": f"d {char} e", "f": f"g{char}h\n", "l": f"m{char}"}
    assert plain(compose(text, "a")) == expected
    assert fault_of(f"a: x{char}y\nb: 1\nb: 2\n") == (3, 1, "b: 2")


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_text(tmp_path / "a.yaml", "a.yaml") == "a: 1\n"
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbfa: 1\nb: \xff\n")
    with pytest.raises(SpecError) as raised:
        read_text(tmp_path / "a.yaml", "a.yaml")
    (fault,) = raised.value.diagnostics
    assert (fault.line, fault.column, fault.source) == (2, 4, "b: \ufffd")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: &x 1\nb: *x\n", {"a": "1", "b": "1"}),
        ("&k a: &v b\n*v : *k\n", {"a": "b", "b": "a"}),
        ("a: &x 1\nb: &x 2\nc: *x\n", {"a": "1", "b": "2", "c": "2"}),
        ("a: &x {b: &x 1, c: *x }\nd: *x\n", {"a": {"b": "1", "c": "1"}, "d": "1"}),
        ('{"a":1, "b": [c: d, {e: f}]}', {"a": "1", "b": [{"c": "d"}, {"e": "f"}]}),
        ("? a\n: b\n? c\n", {"a": "b", "c": ""}),
        ('"<<": 1\n"": 2\n', {"<<": "1", "": "2"}),
        ("%YAML 1.2\n---\na: 1\n...\n", {"a": "1"}),
        ("{a: # one\n  1, b : 2}", {"a": "1", "b": "2"}),
        ("a:\t1\t# one\n", {"a": "1"}),
    ],
)
def test_yaml_is_read_so(text: str, value: object) -> None:
    assert plain(compose(text, "a")) == value


def test_faults_that_leave_a_tree_can_be_gathered() -> None:
    faults: list[Diagnostic] = []
    root = compose("a: 1\na: !no 2\nb: *c\n", "a", faults)
    assert [fault.code for fault in faults] == ["CS104", "CS101", "CS102"]
    assert isinstance(root, MappingNode)
    assert [key.value for key, _ in root.value] == ["a", "a", "b"]


@pytest.mark.parametrize("path", [SPEC, *sorted((ROOT / "templates").rglob("*.yaml"))], ids=str)
def test_without_libyaml_the_tree_is_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = path.read_text(encoding="utf-8")
    expected = shape(compose(text, "a"))
    monkeypatch.setattr(loading, "Parser", loading.PythonParser)
    assert shape(compose(text, "a")) == expected


@pytest.mark.parametrize("text", ["a: [", "a: @b", "a: 'b", "\tb: 1", "a: b: c", "[" * 5000])
def test_without_libyaml_broken_syntax_is_a_fault_as_well(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "Parser", loading.PythonParser)
    assert fault_of(text)[0] == 1


#: What turns a good spec into a bad one.
TOKENS = st.sampled_from(
    [
        *("*a ", "&a ", "!env ", "!json ", "!include x", "!!str ", "<<: ", "&a [*a]", "? ", "- "),
        *("{", "}", "[", "]", ": ", ", ", '"', "'", "|\n", ">-\n", "#", "%", "@", "`", "\\", "~"),
        *("\n", "\r", "\t", "  ", "\u2028", "\x85", "\ufeff", "\0", "---\n", "...\n"),
        *("1e400", ".inf", "\\u12", "status: 204", "prints: a", "sse: ", "\U0001f600"),
    ]
)
EDITS = st.lists(
    st.tuples(st.integers(0, 9000), st.integers(0, 40), TOKENS), min_size=1, max_size=5
)


def check_places(faults: tuple[Diagnostic, ...], file: Path, text: str) -> None:
    lines = Source("", text.removeprefix("\ufeff")).lines
    assert faults
    for fault in faults:
        assert fault.help
        if fault.line and fault.file == str(file):
            assert fault.source == lines[fault.line - 1]
            assert 1 <= fault.column <= len(fault.source) + 1
            assert fault.column + fault.length <= len(fault.source) + 2


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edits=EDITS)
def test_a_damaged_spec_is_read_or_refused_with_places(
    edits: list[tuple[int, int, str]], tmp_path: Path
) -> None:
    text = SPEC.read_text(encoding="utf-8")
    for at, removed, token in edits:
        text = text[:at] + token + text[at + removed :]
    (tmp_path / "pages").mkdir(exist_ok=True)
    (tmp_path / "pages" / "page.md").write_text("")
    path = tmp_path / "spec.yaml"
    path.write_bytes(text.encode())
    try:
        load(path)
    except SpecError as error:
        check_places(error.diagnostics, path, text)


def test_the_collector_is_left_as_it_was() -> None:
    code = (
        "import gc, sys; from callsheet.spec.read import load\n"
        "load(sys.argv[1]); assert gc.isenabled()\n"
        "gc.disable(); load(sys.argv[1]); assert not gc.isenabled()\n"
    )
    subprocess.run([sys.executable, "-c", code, str(SPEC)], check=True)
