"""The page that is made of a spec which says nothing of pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callsheet.options import Options
from callsheet.pages import reference, render_all
from callsheet.pages.parameters import Parameter, parameters
from callsheet.pages.prose import parser
from callsheet.sheet import sheet
from callsheet.spec.model import Localized
from callsheet.spec.read import load
from support import HEAD, ROOT, spec_of

if TYPE_CHECKING:
    from pathlib import Path

    from callsheet.spec.model import Spec
    from conftest import Golden

SHOP = ROOT / "tests/browser/shop.yaml"
FEW = ("curl", "python")


def built(spec: Spec, form: str = "markdown", languages: tuple[str, ...] = FEW) -> dict[str, str]:
    options = Options(languages=languages, formats=(form,))
    return dict(render_all(sheet(spec, options), options))


def spec_with(folder: Path, endpoints: str, head: str = "") -> Spec:
    (folder / "shop.yaml").write_text(f"{HEAD}{head}endpoints:\n{endpoints}")
    return load(folder / "shop.yaml")


def paths(*lines: str) -> str:
    """Endpoints without bodies, by their request lines."""
    value = {True: "{path: {id: x}}", False: "{}"}
    return "".join(
        f'  e{n}: {{request: "{line}", examples: {{x{n}: {value["{" in line]}}}}}\n'
        for n, line in enumerate(lines)
    )


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_the_page_of_a_shop(golden: Golden, locale: str) -> None:
    text = built(load(SHOP))[f"reference.{locale}.md"]
    golden(ROOT / f"tests/golden/reference/shop.{locale}.md", text)


@pytest.mark.parametrize(
    ("form", "title"),
    [
        ("html", "Photos {of} &lt;all&gt;</a></h3>"),
        ("mkdocs", "\n### Photos \\{of\\} &#60;all\\>\n"),
        ("docusaurus", "\n### Photos \\{of\\} \\<all\\>\n"),
    ],
)
def test_every_format_prints_it_in_its_own_syntax(form: str, title: str) -> None:
    made = built(load(SHOP), form)
    english = next(text for name, text in made.items() if name.startswith("reference.en."))
    assert title in english
    assert len(made) == 2


def test_there_is_one_for_each_locale_of_the_specs_texts(tmp_path: Path) -> None:
    assert set(built(load(SHOP))) == {"reference.en.md", "reference.zh.md"}
    plain = spec_with(tmp_path, paths("GET /a"))
    assert set(built(plain)) == {"reference.md"}
    late = paths("GET /a").replace("{request", "{title: {fr: Un}, request")
    assert set(built(spec_with(tmp_path, late))) == {"reference.fr.md"}


@pytest.mark.parametrize(
    ("pages", "made"), [("pages: []\n", set()), ("pages: a.md\n", {"a.md"}), ("", {"reference.md"})]
)
def test_a_spec_that_says_what_its_pages_are_has_no_other(
    tmp_path: Path, pages: str, made: set[str]
) -> None:
    (tmp_path / "a.md").write_text("# A\n")
    assert set(built(spec_with(tmp_path, paths("GET /a"), pages))) == made


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("GET /a", "GET /b"), [""]),
        (("GET /a", "POST /a"), [""]),
        (("GET /a", "GET /b", "GET /a/{id}"), ["/a", "/b"]),
        (("GET /v1/a", "GET /v2/b", "GET /v1/a/x", "GET /v2/a"), ["/v1/a", "/v2/b", "/v2/a"]),
        (
            ("GET /api/v2.1/a", "GET /api/v2.1/b", "GET /api/v2.1/b/c"),
            ["/api/v2.1/a", "/api/v2.1/b"],
        ),
        (("GET /", "GET /{id}", "GET /a"), ["/", "/a"]),
        (("GET /v1/{id}", "GET /v1/{id}/x", "GET /v1/a"), ["/v1", "/v1/a"]),
    ],
)
def test_endpoints_are_grouped_by_the_start_of_their_paths_where_that_helps(
    tmp_path: Path, lines: tuple[str, ...], found: list[str]
) -> None:
    spec = spec_with(tmp_path, paths(*lines))
    groups = reference.groups(spec.endpoints)
    assert list(groups) == found
    assert sum(map(len, groups.values())) == len(lines)


def test_a_refusal_of_the_same_call_is_another_status_of_it() -> None:
    spec = load(SHOP)
    found = [[one.id for one in group] for group in reference.calls(spec.endpoints[0])]
    assert found == [["create-order", "create-order-401"], ["create-order-404"]]
    found = [[one.id for one in group] for group in reference.calls(spec.endpoints[-1])]
    assert found == [["health"], ["health-cookie"]], "with other credentials it is another call"


def test_a_refusal_that_the_spec_names_first_is_shown_behind_what_it_refuses(
    tmp_path: Path,
) -> None:
    examples = "{no: {response: {status: 401}}, ok: {response: {status: 200}}}"
    spec = spec_with(tmp_path, f'  a: {{request: "GET /a", examples: {examples}}}\n')
    found = [[one.id for one in group] for group in reference.calls(spec.endpoints[0])]
    assert found == [["ok", "no"]], "the same program twice"


def test_what_is_said_of_a_refusal_keeps_its_own_punctuation(tmp_path: Path) -> None:
    said = 'title: "No key.", description: "Why?"'
    examples = f"{{ok: {{}}, no: {{{said}, response: {{status: 401}}}}}}"
    spec = spec_with(tmp_path, f'  a: {{request: "GET /a", examples: {examples}}}\n')
    assert "\n- `401 Unauthorized` No key. · Why?\n" in built(spec)["reference.md"]


@pytest.mark.parametrize(
    ("example", "found"),
    [
        ("{query: {q: [a, b], p: 1}}", [("query", "q", "a", "b"), ("query", "p", "1")]),
        ("{headers: {X: !env ONE}, query: {q: a}}", [("query", "q", "a"), ("header", "X", "$ONE")]),
        ("{body: {json: {n: 1.10, t: x}}}", [("body", "n", "1.10"), ("body", "t", '"x"')]),
        ("{body: {json: {k: [!env ONE]}}}", [("body", "k", '["$ONE"]')]),
        ("{body: {json: [1, 2]}}", [("body", "application/json", "[1,2]")]),
        ("{body: {text: hi}}", [("body", "text/plain; charset=utf-8", "hi")]),
        ("{body: {ndjson: [1, {a: 2}]}}", [("body", "application/x-ndjson", '1\n{"a":2}')]),
        ("{body: {ndjson: []}}", [("body", "application/x-ndjson", "")]),
        ("{body: {form: {a: [x, y]}}}", [("body", "a", "x", "y")]),
        ("{body: {multipart: [{name: m, json: {a: 1}}]}}", [("body", "m", '{"a":1}')]),
        ("{body: {file: shop.yaml}}", [("body", "application/octet-stream", "shop.yaml")]),
    ],
)
def test_parameters_are_what_the_examples_send(
    tmp_path: Path, example: str, found: list[tuple[str, ...]]
) -> None:
    spec = spec_of(tmp_path, example)
    rows = parameters(spec.endpoints[0].examples)
    assert [(row.place, row.name, *row.values) for row in rows] == found


def test_each_parameter_stands_once_with_the_value_of_the_first_that_has_it() -> None:
    rows = parameters(load(SHOP).endpoints[0].examples)
    assert [row.name for row in rows] == ["Idempotency-Key", "isbn", "quantity", "gift"]
    assert Parameter("body", "isbn", ('"9780131103627"',)) in rows


def test_a_long_value_is_cut_and_an_empty_one_seen(tmp_path: Path) -> None:
    spec = spec_of(tmp_path, f'{{query: {{a: "", b: {"x" * 99}, c: "1\\n2"}}}}')
    text = built(spec)["reference.md"]
    assert '| `a` | query | `""` |' in text
    assert f"| `b` | query | `{'x' * 60}…` |" in text
    assert "| `c` | query | `1\\n2` |" in text


def test_a_key_without_a_name_is_seen(tmp_path: Path) -> None:
    text = built(spec_of(tmp_path, '{body: {json: {"": 1}}}'))["reference.md"]
    assert '| `""` | body | `1` |' in text


#: All that Markdown keeps: it replaces NUL, and the page what marks are made of.
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=["Cn"]))


@given(WORDS.filter(str.strip))
def test_the_specs_words_are_shown_as_they_are_whatever_they_hold(
    tmp_path_factory: pytest.TempPathFactory, words: str
) -> None:
    folder = tmp_path_factory.mktemp("spec")
    spec = spec_of(folder, "{response: {status: 204}}")
    said = Localized({"": words})
    endpoint = replace(spec.endpoints[0], title=said, description=said)
    spec = replace(spec, title=said, endpoints=(endpoint,))
    (page,) = reference.documents(sheet(spec, Options(languages=("curl",))))
    tokens = parser().parse(page.text)
    shown = [
        "".join(child.content for child in token.children or ())
        for token in tokens
        if token.type == "inline"
    ]
    assert shown.count(" ".join(words.split())) == 3, "the title, the endpoint's and what it is"
    assert {token.type for token in tokens} <= {
        *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline"),
    }


def test_the_specs_words_cannot_stand_for_a_block(tmp_path: Path) -> None:
    spec = spec_with(tmp_path, paths("GET /a"), 'description: "x \\uFDD00\\uFDD1 y"\n')
    assert "x \ufffd0\ufffd y\n" in built(spec)["reference.md"]
