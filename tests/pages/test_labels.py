"""The tool's own words: catalogues, what stands in for what, and users' own."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from callsheet.errors import SpecError
from callsheet.options import Options
from callsheet.pages import catalogue, labels
from callsheet.pages.labels import direction, label, locale_name, translated
from pages import catalogues, cldr
from pages.made import EXAMPLE, own, pages_of
from support import HEAD, ROOT

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATES = ROOT / "templates/pages"


# --- What is shipped


@pytest.mark.parametrize("path", catalogues.files(), ids=catalogues.locale_of)
def test_a_catalogue_has_every_label_that_is_used_and_no_other(path: Path) -> None:
    assert path.read_text() == catalogues.current(path), "run `make locales`, and fill in the texts"
    assert all(catalogues.texts(path).values()), "a label without a text"


@pytest.mark.parametrize("path", catalogues.files(), ids=catalogues.locale_of)
def test_it_reads_as_babel_reads_it(path: Path) -> None:
    assert catalogue.read(path, {}) == catalogues.texts(path)


def test_a_label_of_a_template_is_found(tmp_path: Path) -> None:
    place = tmp_path / "templates/pages/own"
    place.mkdir(parents=True)
    (place / "page.md.jinja").write_text('{% if x %}{{ label("new") }}{% endif %}')
    assert catalogues.used("label", tmp_path) == {"new"}


def test_pybabel_finds_the_same(tmp_path: Path) -> None:
    words = ["extract", "-F", "pyproject.toml", "--no-default-keywords", "-k", "label", "."]
    command = [sys.executable, "-m", "babel.messages.frontend", *words, "-o", f"{tmp_path}/x.pot"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert set(catalogues.texts(tmp_path / "x.pot")) == catalogues.used("label")


def test_what_is_taken_from_the_cldr_is_current() -> None:
    assert cldr.FILE.read_text("utf-8") == cldr.text(), "run `make locales`"


# --- Locales


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "Copy"),
        ("zh", "复制"),
        ("zh-TW", "复制"),
        ("zh-Hans-CN", "复制"),
        ("fr", "Copy"),
        ("", "Copy"),
    ],
)
def test_a_label_falls_back_to_a_more_general_locale_and_to_english(locale: str, text: str) -> None:
    assert label("copy", locale) == text


@pytest.mark.parametrize(
    ("locale", "name", "written"),
    [
        ("en", "English", "ltr"),
        ("zh", "中文", "ltr"),
        ("zh-TW", "中文 (zh-TW)", "ltr"),
        ("zh-Hant", "中文 (繁體)", "ltr"),
        ("zh-Hant-HK", "中文 (繁體) (zh-Hant-HK)", "ltr"),
        ("fr", "français", "ltr"),
        ("pt-BR", "português (pt-BR)", "ltr"),
        ("ar-EG", "العربية (ar-EG)", "rtl"),
        ("he", "עברית", "rtl"),
        ("tr-Arab", "Türkçe (tr-Arab)", "rtl"),
        ("enm", "enm", "ltr"),
        ("ur-Latn", "اردو (ur-Latn)", "ltr"),
        ("dv", "ދިވެހިބަސް", "rtl"),
        ("xx", "xx", "ltr"),
        ("", "", "ltr"),
    ],
)
def test_a_locale_has_a_name_and_a_direction(locale: str, name: str, written: str) -> None:
    assert locale_name(locale) == name
    assert direction(locale) == written


@pytest.mark.parametrize(
    ("titles", "shown"),
    [
        ("{zh: 店, en: Shop}", {"p.zh.md": "店", "p.zh-TW.md": "店", "p.fr.md": "Shop"}),
        ("{pt: Loja, zh: 店}", {"p.pt-BR.md": "Loja", "p.fr.md": "Loja", "p.zh.md": "店"}),
        ("{zh-TW: 商店, zh: 店}", {"p.zh-TW.md": "商店", "p.zh-HK.md": "店", "p.md": "商店"}),
    ],
)
def test_a_title_falls_back_as_labels_do(
    tmp_path: Path, titles: str, shown: dict[str, str]
) -> None:
    spec = HEAD.replace("title: Shop", f"title: {titles}") + EXAMPLE
    made = pages_of(tmp_path, dict.fromkeys(shown, "{{ title }}\n"), spec)
    for name, title in shown.items():
        assert made[name].endswith(f"{title}\n")


#: A label with marks around it, in two pseudo-locales that differ in every one.
_MARKED = re.compile("\ue000.*?\ue001|\\bq[ab]\\b", re.DOTALL)
_SOURCE = """\
# P

{{ install() }}

{{ environment() }}

{{ tabs("it") }}

{{ response("it") }}
"""


@pytest.mark.parametrize("form", sorted(p.parent.name for p in TEMPLATES.glob("*/page.*.jinja")))
def test_the_locale_changes_labels_and_nothing_else_of_a_page(tmp_path: Path, form: str) -> None:
    pages = []
    for locale, text in (("qa", "\ue000{}\ue001"), ("qb", "\ue000{} at length\ue001")):
        words = {word: text.format(word) for word in catalogues.used("label")}
        options = Options(formats=(form,), folders=own(tmp_path / locale, locale, **words))
        made = pages_of(tmp_path / locale, {f"p.{locale}.md": _SOURCE}, options=options)
        pages.append({_MARKED.sub("", path): _MARKED.sub("", text) for path, text in made.items()})
    assert pages[0] == pages[1]
    text = "".join(pages[0].values())
    assert "https://api.shop.example/v2/items" in text or "snippets/it/" in text  # or its file


# --- Users' own


def test_users_change_words_and_add_locales(tmp_path: Path) -> None:
    own(tmp_path, "en", copy="Take")
    folders = own(tmp_path, "fr", copy="Copier")
    assert label("copy", "en", folders) == "Take"
    assert label("copy", "fr-CA", folders) == "Copier"
    assert label("copied", "fr", folders) == "Copied", "what is not translated is English"
    assert label("copy", "zh", folders) == "复制"
    assert label("copy", "en") == "Copy"


def test_babel_writes_territories_with_an_underscore(tmp_path: Path) -> None:
    folders = own(tmp_path, "pt_BR", copy="Copiar")
    assert label("copy", "pt-BR", folders) == "Copiar"
    assert label("copy", "pt", folders) == "Copy"


def test_the_first_folder_wins(tmp_path: Path) -> None:
    first = own(tmp_path / "a", "en", copy="One")
    second = own(tmp_path / "b", "en", copy="Two", run="Go")
    assert label("copy", "en", first + second) == "One"
    assert label("run", "en", first + second) == "Go"


def test_a_sentence_is_translated_by_its_english(tmp_path: Path) -> None:
    folders = own(tmp_path, "fr", **{"It is there.": "C’est là."})
    assert translated("It is there.", "fr", folders) == "C’est là."
    assert translated("It is there.", "zh", folders) == "It is there."


def test_a_page_says_them(tmp_path: Path) -> None:
    folders = own(tmp_path / "templates", "fr", variable="Variable d’environnement")
    text = '{{ tabs("it") }}\n\n{{ environment() }}\n'
    made = pages_of(tmp_path, {"p.fr.md": text}, options=Options(folders=folders))
    assert "| Variable d’environnement | Value |" in made["p.fr.md"]
    assert '<html lang="fr"' in made["p.fr.html"]
    assert "Variable d’environnement" in made["p.fr.html"]


def test_a_compiled_catalogue_is_read_where_there_is_no_other(tmp_path: Path) -> None:
    place = tmp_path / "locales/fr/LC_MESSAGES"
    place.mkdir(parents=True)
    made = Catalog("fr")
    made.add("copy", "Copier")
    with (place / "callsheet.mo").open("wb") as stream:
        write_mo(stream, made)
    assert label("copy", "fr", (tmp_path,)) == "Copier"
    own(tmp_path / "other", "fr", copy="Prendre")
    shutil.copy(tmp_path / "other/locales/fr/LC_MESSAGES/callsheet.po", place)
    labels.words.cache_clear()
    assert label("copy", "fr", (tmp_path,)) == "Prendre"


def test_an_unknown_label_of_a_template_says_what_was_meant(tmp_path: Path) -> None:
    place = tmp_path / "templates/pages/own"
    place.mkdir(parents=True)
    (place / "page.md.jinja").write_text('\n{{ label("copyed") }}')
    options = Options(formats=("own",), folders=(tmp_path / "templates",))
    with pytest.raises(SpecError, match=r"page\.md\.jinja:2:1: .*`copyed`; did you mean `copied`"):
        pages_of(tmp_path, {"p.md": "# P\n"}, options=options)
