"""The HTML page around the prose: its head, its labels, its colours."""

from __future__ import annotations

import re
from html import unescape
from itertools import product
from typing import TYPE_CHECKING

import pytest

from callsheet.errors import SpecError
from callsheet.options import Options
from callsheet.pages import markup
from pages.made import EXAMPLE, pages_of
from support import HEAD, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

TEMPLATES = ROOT / "templates/pages"
STYLE = (TEMPLATES / "html/style.css").read_text()


# --- The page


def test_the_head_of_a_page(tmp_path: Path) -> None:
    text = '---\ntitle: Buying & selling\ndescription: How to "buy".\n---\n\n# Buying\n'
    html = pages_of(tmp_path, {"buy.ar.md": text, "buy.md": "# Buy"})["buy.ar.html"]
    assert html.startswith("<!doctype html>\n")
    assert '<html lang="ar" dir="rtl">' in html
    assert "<title>Buying &amp; selling · Shop</title>" in html
    assert '<meta name="description" content="How to &#34;buy&#34;.">' in html
    assert '<meta name="color-scheme" content="light dark">' in html


def test_a_title_that_is_the_specs_stands_once(tmp_path: Path) -> None:
    html = pages_of(tmp_path, {"shop.en.md": "# Shop"})["shop.en.html"]
    assert "<title>Shop</title>" in html


@pytest.mark.parametrize(
    ("link", "leads_to"),
    [
        ("errors.en.md", "errors.en.html"),
        ("./errors.en.md#not-found", "errors.en.html#not-found"),
        ("<fehler übersicht.de.md>", "fehler%20%C3%BCbersicht.de.html"),
        ("other.md", "other.md"),
        ("../errors.en.md", "../errors.en.md"),
        ("https://a.example/errors.en.md", "https://a.example/errors.en.md"),
    ],
)
def test_a_link_to_another_page_leads_to_what_becomes_of_it(
    tmp_path: Path, link: str, leads_to: str
) -> None:
    pages = {"home.md": f'# Home\n\n[there]({link}) `<a href="errors.en.md">`\n'}
    pages |= {"errors.en.md": "# Errors", "fehler übersicht.de.md": "# Fehler"}
    made = pages_of(tmp_path, pages)
    assert f'<a href="{leads_to}">there</a>' in made["home.html"]
    assert "<code>&lt;a href=&quot;errors.en.md&quot;&gt;</code>" in made["home.html"]
    assert f"[there]({link})" in made["home.md"]


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (
            "# Buy *now* at `{x}` [here](https://a.example) &amp; \\*there\\* #",
            "Buy now at {x} here & *there*",
        ),
        ("```sh\n# not this\n```\n\nBut this\n========", "But this"),
        ("> # Nor a quoted one\n\n# Mine", "Mine"),
        ("    # indented code\n\n## Two", "Shop"),
        ("#\n\ntext", "Shop"),
        ("# {{ title }} of `{{ server }}`", "Shop of https://api.shop.example/v2"),
    ],
)
def test_a_title_is_what_a_reader_sees_of_the_first_heading(
    tmp_path: Path, page: str, title: str
) -> None:
    html = pages_of(tmp_path, {"p.md": page})["p.html"]
    shown = unescape(html.partition("<title>")[2].partition("</title>")[0])
    assert shown.removesuffix(" · Shop") == title


def test_a_block_ends_the_paragraph_that_it_stands_in(tmp_path: Path) -> None:
    page = "Before:\n{{ response('it') }}\nand *after*.\n\n- {{ response('it') }}\n"
    html = pages_of(tmp_path, {"p.md": page})["p.html"]
    assert re.search(r'<p>Before:</p>\n<div class="box', html)
    assert re.search(r"</div>\n<p>and <em>after</em>\.</p>\n<ul>\n<li><div", html)
    assert "<p></p>" not in html


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("# A\n\n```json\n{{ response('it') }}\n```\n", 4),
        ("---\ntitle: A\n---\n\n- one\n\n  ~~~\n  a\n  {{ tabs('it') }}\n  ~~~\n", 9),
        ("text\n\n    {{ tabs('it') }}\n", 3),
        ("text\n\n{{ tabs('it') }}\n---\n", 3),
    ],
)
def test_a_block_in_code_or_in_a_heading_is_refused(tmp_path: Path, page: str, line: int) -> None:
    with pytest.raises(SpecError) as caught:
        pages_of(tmp_path, {"p.md": page})
    (found,) = caught.value.diagnostics
    assert found.message == "a block cannot stand in code, nor in a heading"
    assert found.line == line
    assert "{% raw %}" in found.help


def test_a_call_may_be_shown_as_code(tmp_path: Path) -> None:
    page = "```\n{% raw %}{{ tabs('it') }}{% endraw %}\n```\n"
    assert "{{ tabs('it') }}" in pages_of(tmp_path, {"p.md": page})["p.html"]


def test_a_page_without_a_heading_gets_its_title(tmp_path: Path) -> None:
    html = pages_of(tmp_path, {"a.md": "---\ntitle: A\n---\n## B", "b.md": "# B"})
    assert "<h1>A</h1>" in html["a.html"]
    assert html["b.html"].count("<h1") == 1


def test_locales_link_to_each_other_and_a_page_alone_to_none(tmp_path: Path) -> None:
    pages = {"buy.en.md": "# Buy", "buy.zh.md": "# 购买", "a b.md": "# A"}
    html = pages_of(tmp_path, pages)
    assert '<a href="buy.zh.html" lang="zh">中文</a>' in html["buy.en.html"]
    assert '<link rel="alternate" hreflang="zh" href="buy.zh.html">' in html["buy.en.html"]
    assert '<span aria-current="page">中文</span>' in html["buy.zh.html"]
    assert "<nav" not in html["a b.html"]


def test_the_page_asks_nobody_for_anything(tmp_path: Path) -> None:
    html = pages_of(tmp_path, {"buy.en.md": "# Buy\n\n{{ tabs('it') }}"})["buy.en.html"]
    assert re.findall(r'(?:src|href)="(?!#|data:,)[^"]*"', html) == []
    assert not re.search(r"@import|url\(|\son\w+=|\sstyle=", html)


def test_the_policy_names_the_pages_own_scripts_and_style(tmp_path: Path) -> None:
    html = pages_of(tmp_path, {"buy.en.md": "# Buy"})["buy.en.html"]
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    inline = re.findall(r"<(?:script|style)[^>]*>(.*?)</(?:script|style)>", html, re.DOTALL)
    assert len(inline) == 3
    for text in inline:
        assert markup.integrity(text).replace("'", "&#39;") in policy[1]
    assert "unsafe" not in policy[1]


def test_scripts_hold_nothing_that_ends_them() -> None:
    for path in TEMPLATES.glob("html/*.[cj]s*"):
        if path.suffix != ".jinja":
            assert "</" not in path.read_text()


def test_a_block_takes_its_heading_level_from_where_it_stands(tmp_path: Path) -> None:
    text = "# A\n\n{{ tabs('it') }}\n\n### C\n\n- {{ tabs('it') }}"
    html = pages_of(tmp_path, {"buy.en.md": text})["buy.en.html"]
    levels = re.findall(r'<h(\d) class="label">cURL', html)
    assert levels == ["2", "4"]


def test_an_example_that_stands_twice_has_anchors_of_its_own_each_time(tmp_path: Path) -> None:
    spec = HEAD + EXAMPLE + EXAMPLE.partition("examples:\n")[2].replace("it:", "it-2:")
    spec = spec.replace('pages: "*.md"\n', "", 1)
    text = "# A\n\n{{ tabs('it') }}\n\n{{ tabs('it') }}\n\n{{ tabs('it-2') }}\n\n{{ install() }}"
    html = pages_of(tmp_path, {"buy.en.md": text + "\n\n{{ install() }}"}, spec)["buy.en.html"]
    ids = re.findall(r'\sid="([^"]*)"', html)
    assert len(ids) == len(set(ids)) > 30


def test_a_folder_of_the_users_own_comes_first(tmp_path: Path) -> None:
    own = tmp_path / "own/pages/html"
    own.mkdir(parents=True)
    (own / "style.css").write_text(".a{#b{color:red}}")
    (own / "response.jinja").write_text("<p>{{ block.status }}</p>")
    options = Options(folders=(tmp_path / "own",))
    text = "# A\n\n{{ response('it') }}"
    html = pages_of(tmp_path, {"buy.en.md": text}, options=options)["buy.en.html"]
    assert "<style>.a{#b{color:red}}</style>" in html
    assert markup.integrity(".a{#b{color:red}}").replace("'", "&#39;") in html
    assert "<p>201 Created</p>" in html


def test_what_does_not_exist_is_not_drawn(tmp_path: Path) -> None:
    spec = HEAD + EXAMPLE.replace("    auth: key\n", "").replace(", json: {id: 7}", "")
    text = "# A\n\n{{ environment() }}\n\n{{ install() }}\n\n{{ response('it') }}"
    pages = pages_of(tmp_path, {"buy.en.md": text}, spec)
    assert "201 Created" in pages["buy.en.html"]
    main = pages["buy.en.html"].partition("<main")[2]
    assert not re.search("<pre|<table|tabs", main.partition("</main>")[0])
    assert pages["buy.en.md"].endswith("# A\n\n**Response** `201 Created`\n")


# --- Colours


def colours(theme: int) -> dict[str, str]:
    """The palette of `style.css`: name → colour, in light (0) or dark (1)."""
    found = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", STYLE)
    return {name: pair[theme] for name, *pair in found}


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        parts = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def pairs() -> Iterable[tuple[int, str, str]]:
    everywhere = ("text", "muted", "accent", "good", "bad")
    code = ("keyword", "string", "number", "name", "escape")
    yield from product((0, 1), everywhere, ("page", "code"))
    yield from product((0, 1), code, ("code",))
    yield from product((0, 1), ("text",), ("raised", "line"))
    yield from product((0, 1), ("muted",), ("line",))


@pytest.mark.parametrize(("theme", "text", "ground"), list(pairs()))
def test_text_has_the_contrast_that_wcag_aa_asks_for(theme: int, text: str, ground: str) -> None:
    palette = colours(theme)
    assert contrast(palette[text], palette[ground]) >= 4.5
