"""The structure that ARCHITECTURE.md describes, held by tests."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from callsheet import clients, languages

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "generator" / "callsheet"

#: Each module imports only from those before it; the names are modules or sub-packages.
LAYERS = [
    {"errors", "values", "wire", "cache", "machine", "resources", "options", "proven"},
    {"layout"},
    {"spec"},
    {"results", "urls"},
    {"message"},
    {"signing"},
    {"request"},
    {"literals"},
    {"languages"},
    {"clients"},
    {"sdk"},
    {"render"},
    {"press"},
    {"trace"},
    {"sheet"},
    {"pages"},
    {"output"},
    {"state"},
    {"build"},
    {"api"},
    {"project", "runtimes", "terminal", "starter", "words"},
    {"verify"},
    {"inventory", "serve"},
    {"inject"},
    {"commands"},
    {"cli", "pytest_plugin", "markdown_extension", "sphinx_extension"},
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
FILES = sorted(PACKAGE.rglob("*.py"))


def layer_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    """Layers that a module imports when it is loaded or run; type-checking imports left out."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = []
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "callsheet":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("callsheet."):
            found.add((node.module or "").split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("callsheet.")}
    return {name for name in found if not name.startswith("__")}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_imports_only_from_layers_before_its_own(path: Path) -> None:
    own = layer_of(path)
    if own in {"__init__", "__main__"}:
        return
    level = LEVEL[own]
    late = {
        name
        for name in imports_of(path)
        if name != own and LEVEL[name] >= level and not (level == LEVEL[name] == 0)
    }
    assert not late


@pytest.mark.parametrize("path", [*FILES, *sorted((ROOT / "tests").rglob("*.py"))], ids=str)
def test_no_file_is_longer_than_300_lines(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 300


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_function_is_longer_than_25_lines(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
            start = node.body[1].lineno if documented and len(node.body) > 1 else first.lineno
            length = (node.end_lineno or 0) - start + 1
            assert length <= 25, f"{node.name} has {length} lines"


def test_every_language_has_a_template_for_its_plain_client() -> None:
    for language in languages.every():
        assert language.client in clients.of_language(language.key)


def test_the_languages_are_the_eight_in_the_order_of_the_tabs() -> None:
    keys = [language.key for language in languages.every()]
    assert keys == ["curl", "python", "node", "go", "java", "php", "ruby", "csharp"]


def test_the_issue_names_these_clients() -> None:
    found = {
        f"{language.key}/{client}"
        for language in languages.every()
        for client in clients.of_language(language.key)
    }
    assert found >= {
        "curl/curl",
        *("python/openai", "python/anthropic", "python/requests"),
        *("node/openai", "node/anthropic", "node/fetch"),
        *("go/net-http", "java/http-client", "php/curl", "ruby/net-http", "csharp/http-client"),
    }
