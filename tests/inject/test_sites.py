"""Real sites, whose own pages ask for blocks: what a reader copies is the snippet's file."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from html import unescape
from typing import TYPE_CHECKING

import pytest

from inject.made import HERE, SPEC, filled, marked, shop
from sites.site import TOOLS
from support import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PYTHON = TOOLS / "venv/bin/python"
BUILDS = {
    "mkdocs": ("mkdocs", "build", "--strict"),
    "zensical": ("zensical", "build", "--clean"),
    "sphinx": ("sphinx", "-W", "-q", "-b", "html", ".", "site"),
}
MKDOCS = """\
site_name: Shop
theme: {name: material, font: false, features: [content.tabs.link]}
markdown_extensions:
  - admonition
  - tables
  - pymdownx.highlight
  - pymdownx.snippets: {base_path: [included], check_paths: true}
  - pymdownx.superfences: {preserve_tabs: true}
  - pymdownx.tabbed: {alternate_style: true}
  - callsheet.markdown_extension: {spec: shop.yaml}
"""
PAGE = """\
---
title: Orders
---

# Orders

::: callsheet part=install

::: callsheet create-order

!!! note

    <!-- callsheet write-note langs="go,python" -->

1. one

    ::: callsheet write-note langs=java

```md
::: callsheet shown-as-it-is
```
"""
CONF = """\
project = "Shop"
extensions = ["myst_parser", "callsheet.sphinx_extension"]
callsheet_spec = "shop.yaml"
"""
RST = """\
Orders
======

.. callsheet::
   :part: install

.. callsheet:: create-order

.. note::

   .. callsheet:: write-note
      :langs: go,python

1. one

   .. callsheet:: write-note
      :langs: java

.. toctree::

   more
"""
MYST = """\
# More

```{callsheet} create-order
```

- one

  ```{callsheet} write-note
  :langs: go,python
  ```
"""


def by_hand(form: str, indent: str) -> str:
    """A page that `callsheet inject` filled, one of its blocks in a list."""
    first = marked(f'create-order langs="curl,python" format={form}')
    second = marked(f"write-note langs=go format={form}", indent=indent)
    return filled(f"# By hand\n\n{first}\n- one\n\n{second}")


BY_HAND = ("create-order", "curl", "python"), ("write-note", "go")


def missing(tool: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"on CI a site is built with {tool}, which is not there")
    pytest.skip(f"no {tool}; tests/sites/setup.sh installs it")


def built(tool: str, folder: Path, spec: str = "") -> subprocess.CompletedProcess[str]:
    """A build of the site in a folder, which has the shop's spec."""
    module, *words = BUILDS[tool]
    command = TOOLS / "venv/bin" / ("sphinx-build" if tool == "sphinx" else module)
    if not command.exists():
        missing(tool)
    (folder / "shop.yaml").write_text(spec or SPEC.read_text())
    paths = {"PYTHONPATH": str(ROOT / "generator"), "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(
        [str(command), *words],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1", **paths},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def mkdocs_site(folder: Path, page: str = PAGE, config: str = MKDOCS) -> Path:
    (folder / "docs").mkdir()
    (folder / "mkdocs.yml").write_text(config)
    (folder / "docs/index.md").write_text(page)
    return folder


def sphinx_site(folder: Path, rst: str = RST, myst: str = MYST) -> Path:
    for name, text in {"conf.py": CONF, "index.rst": rst, "more.md": myst}.items():
        (folder / name).write_text(text)
    return folder


def codes(page: Path) -> list[str]:
    """The text of every code block, without its last line break."""
    blocks = re.findall(r"<pre[^>]*>(.*?)</pre>", page.read_text(), re.DOTALL)
    return [unescape(re.sub(r"<[^>]*>", "", block)).removesuffix("\n") for block in blocks]


def texts(example: str, *languages: str) -> list[str]:
    found = shop()["shop"].snippets[example]
    keys = languages or tuple(dict.fromkeys(snippet.language.key for snippet in found))
    return [
        snippet.text.removesuffix("\n")
        for key in keys
        for snippet in found
        if snippet.language.key == key
    ]


@pytest.mark.parametrize("tool", ["mkdocs", "zensical"])
def test_lines_of_a_page_become_their_blocks(tool: str, tmp_path: Path) -> None:
    done = built(tool, mkdocs_site(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    page = tmp_path / "site/index.html"
    wanted = [*texts("create-order"), *texts("write-note", "go", "python", "java")]
    found = codes(page)
    assert [code for code in found if code in wanted] == wanted
    assert found[-1] == "::: callsheet shown-as-it-is"
    assert re.search(r'class="admonition note".*?class="tabbed-set', page.read_text(), re.DOTALL)
    assert found[0].startswith("pip install requests")


@pytest.mark.parametrize("tool", ["mkdocs", "zensical"])
def test_a_page_that_was_filled_is_read_as_its_format_is(tool: str, tmp_path: Path) -> None:
    done = built(tool, mkdocs_site(tmp_path, by_hand("mkdocs", "    ")))
    assert done.returncode == 0, done.stdout + done.stderr
    wanted = [text for words in BY_HAND for text in texts(*words)]
    assert codes(tmp_path / "site/index.html") == wanted


@pytest.mark.parametrize("tool", ["mkdocs", "zensical"])
def test_a_fault_stops_the_build_with_the_line_of_the_page(tool: str, tmp_path: Path) -> None:
    page = PAGE.replace("::: callsheet create-order", "::: callsheet creat-order")
    done = built(tool, mkdocs_site(tmp_path, page))
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert "docs/index.md:9:15: error[CS504]: unknown example `creat-order`" in said
    assert "did you mean `create-order`?" in said
    assert tool == "zensical" or "Traceback" not in said


def test_mkdocs_includes_the_snippets_own_files(tmp_path: Path) -> None:
    config = MKDOCS.replace("{spec: shop.yaml}", "{spec: shop.yaml, format: mkdocs-include}")
    (tmp_path / "included/snippets").mkdir(parents=True)
    for snippet in shop()["shop"].snippets["create-order"]:
        file = tmp_path / "included" / snippet.file
        file.parent.mkdir(exist_ok=True)
        file.write_text(snippet.text)
    done = built("mkdocs", mkdocs_site(tmp_path, "::: callsheet create-order\n", config))
    assert done.returncode == 0, done.stdout + done.stderr
    assert codes(tmp_path / "site/index.html") == texts("create-order")
    shutil.rmtree(tmp_path / "included")
    done = built("mkdocs", tmp_path)
    assert "create-order/curl.curl.sh" in done.stdout + done.stderr


def test_sphinx_reads_a_page_that_was_filled(tmp_path: Path) -> None:
    page = filled((HERE / "pages/page.rst").read_text(), "page.rst")
    (tmp_path / "hand.rst").write_text(f":orphan:\n\n{page}")
    (tmp_path / "hand2.md").write_text(f"---\norphan: true\n---\n{by_hand('sphinx-myst', '  ')}")
    done = built("sphinx", sphinx_site(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    for name in ("hand", "hand2"):
        wanted = [text for words in BY_HAND for text in texts(*words)]
        found = codes(tmp_path / f"site/{name}.html")
        assert [code for code in found if code in wanted] == wanted


@pytest.mark.parametrize("page", ["index", "more"])
def test_a_directive_becomes_its_block(page: str, tmp_path: Path) -> None:
    done = built("sphinx", sphinx_site(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    wanted = [*texts("create-order"), *texts("write-note", "go", "python")]
    wanted += texts("write-note", "java") if page == "index" else []
    found = codes(tmp_path / f"site/{page}.html")
    assert [code for code in found if code in wanted] == wanted


@pytest.mark.parametrize("page", ["index", "more"])
def test_a_directive_without_examples_sums_up_what_the_page_shows(
    page: str, tmp_path: Path
) -> None:
    rst = "A\n=\n\n.. callsheet:: create-order\n   :langs: node/axios\n\n.. toctree::\n\n   more\n"
    rst += "\n.. callsheet::\n   :part: install\n"
    myst = "# B\n\n```{callsheet} create-order\n:langs: node/axios\n```\n"
    myst += "\n```{callsheet}\n:part: install\n```\n"
    done = built("sphinx", sphinx_site(tmp_path, rst, myst))
    assert (done.returncode, done.stderr) == (0, "")
    _, install = codes(tmp_path / f"site/{page}.html")
    assert install.startswith("npm install axios")


def test_sphinx_names_the_line_of_the_page(tmp_path: Path) -> None:
    rst = RST.replace(".. callsheet:: create-order", ".. callsheet:: creat-order")
    myst = MYST.replace("go,python", "go,pythn")
    done = built("sphinx", sphinx_site(tmp_path, rst, myst))
    assert done.returncode != 0
    wanted = "index.rst:7: ERROR: unknown example `creat-order`; did you mean `create-order`?"
    assert wanted in done.stderr
    assert "more.md:8: ERROR: `pythn` is not printed here; did you mean `python`?" in done.stderr


def test_sphinx_reads_a_page_again_when_the_spec_changes(tmp_path: Path) -> None:
    built("sphinx", sphinx_site(tmp_path))
    done = built("sphinx", tmp_path, spec=SPEC.read_text().replace("lamp", "chair"))
    assert (done.returncode, done.stderr) == (0, "")
    found = "\n".join(codes(tmp_path / "site/index.html"))
    assert "chair" in found
    assert "lamp" not in found
