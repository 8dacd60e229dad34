"""Catalogues as users write them: what is read of one, and what is said of one that is none."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po
from hypothesis import given
from hypothesis import strategies as st

from callsheet.errors import SpecError
from callsheet.pages import catalogue
from callsheet.pages.labels import label
from pages import catalogues
from pages.made import written

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_fuzzy_untranslated_or_obsolete_is_not_used(tmp_path: Path) -> None:
    text = """\
msgid ""
msgstr ""
"Language: fr\\n"

#. Copy
#, fuzzy, python-brace-format
msgid "copy"
msgstr "Copieur"

msgid "run"
msgstr ""

#~ msgid "save"
#~ msgstr "Garder"

msgid "toc"
msgstr ""
"Sur cette "
"page"
"""
    folders = written(tmp_path, "fr", text)
    words = [label(word, "fr", folders) for word in ("copy", "run", "save", "toc")]
    assert words == ["Copy", "Run", "Save as", "Sur cette page"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('msgid "copy"\nmsgstr Copier\n', r"callsheet\.po:2:1: error\[CS503\]: this line is none"),
        ('msgid "a"\nmsgid_plural "b"\n', r"callsheet\.po:2:1: error\[CS503\]"),
        ('msgid "a"\nmsgstr "b"\n' * 2, r"callsheet\.po:4:1: error\[CS503\]: `a` stands twice"),
        (
            'msgid "runtime"\nmsgstr "{version} de {langage}"\n',
            r"callsheet\.po:2:1: error\[CS503\]: nothing fills `\{langage\}`",
        ),
        ('msgid "server"\nmsgstr "{ {url}"\n', r"callsheet\.po:2:1: .*: nothing fills `\{` in"),
        ('msgid "server"\nmsgstr "{url} }"\n', r"callsheet\.po:2:1: .*: nothing fills `\}` in"),
        ('msgid "server"\nmsgstr "{url!r}"\n', r"callsheet\.po:2:1: .*: nothing fills `\{` in"),
        ('msgid "server"\nmsgstr "{{url}}"\n', r"callsheet\.po:2:1: .*: nothing fills `\{` in"),
    ],
)
def test_a_catalogue_that_is_none_says_where(tmp_path: Path, text: str, message: str) -> None:
    folders = written(tmp_path, "fr", text)
    with pytest.raises(SpecError, match=message):
        label("copy", "fr", folders)


@pytest.mark.parametrize(
    "data", [b"", b"no", b"no catalogue at all", b"\xde\x12\x04\x95" + bytes(9)]
)
def test_so_does_a_compiled_one(tmp_path: Path, data: bytes) -> None:
    place = tmp_path / "locales/fr/LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "callsheet.mo").write_bytes(data)
    with pytest.raises(SpecError, match=r"callsheet\.mo: error\[CS503\]: .* no compiled catalogue"):
        label("copy", "fr", (tmp_path,))


@pytest.mark.parametrize(
    ("charset", "text", "message"),
    [
        ("utf-8", "URL {serveur}", r"callsheet\.mo: error\[CS503\]: nothing fills `\{serveur\}`"),
        ("klingon", "URL {url}", r"callsheet\.mo: error\[CS503\]: .* no compiled catalogue"),
    ],
)
def test_what_is_wrong_in_a_compiled_one_is_said(
    tmp_path: Path, charset: str, text: str, message: str
) -> None:
    place = tmp_path / "locales/fr/LC_MESSAGES"
    place.mkdir(parents=True)
    made = Catalog("fr")
    made.add("server", text)
    stream = BytesIO()
    write_mo(stream, made)
    data = stream.getvalue().replace(b"charset=utf-8", f"charset={charset}".ljust(13).encode()[:13])
    (place / "callsheet.mo").write_bytes(data)
    with pytest.raises(SpecError, match=message):
        label("copy", "fr", (tmp_path,))


@given(st.dictionaries(st.text(min_size=1), st.text(min_size=1), max_size=5))
def test_what_babel_writes_is_read_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, texts: dict[str, str]
) -> None:
    made = Catalog("fr")
    for word, text in texts.items():
        made.add(word, text.replace("{", "("))
    path = tmp_path_factory.mktemp("po") / "callsheet.po"
    with path.open("wb") as stream:
        write_po(stream, made, width=20)
    read = catalogue.read(path, {})
    assert read == catalogues.texts(path)
