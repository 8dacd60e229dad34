"""A format's files beside its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callsheet.errors import SpecError
from callsheet.options import Options

from .made import pages_of

if TYPE_CHECKING:
    from pathlib import Path


def files_of(folder: Path, files: dict[str, str]) -> dict[str, str]:
    own = folder / "templates/pages/own"
    for name, text in {"page.md.jinja": "{{ body }}", **files}.items():
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        (own / name).write_text(text)
    options = Options(formats=("own",), folders=(folder / "templates",))
    return pages_of(folder, {"a.md": "# A\n", "b.md": "# B\n"}, options=options)


def test_a_file_stands_beside_the_pages_as_it_is(tmp_path: Path) -> None:
    made = files_of(tmp_path, {"files/theme/sync.js": "const a = `{{ x }}`;"})
    assert made["theme/sync.js"] == "const a = `{{ x }}`;"
    assert set(made) == {"a.md", "b.md", "theme/sync.js"}


def test_a_template_there_knows_all_pages(tmp_path: Path) -> None:
    text = "{% for page in pages %}- {{ page.title }}\n{% endfor %}"
    assert files_of(tmp_path, {"files/index.txt.jinja": text})["index.txt"] == "- A\n- B\n"


def test_one_that_fails_says_where(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match=r"files/index\.txt\.jinja:2:"):
        files_of(tmp_path, {"files/index.txt.jinja": "\n{{ nothing }}"})
