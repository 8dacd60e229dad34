from __future__ import annotations

import os
import shlex
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from callsheet import clients, languages
from callsheet.verify import packages
from callsheet.verify.bench import Bench
from callsheet.verify.lead import Lead
from callsheet.verify.process import Limits
from callsheet.verify.runners import Missing, execute, failed, laid, prepare

if TYPE_CHECKING:
    from pytest_subprocess import FakeProcess
    from pytest_subprocess.fake_popen import FakePopen

SHELL = Bench(("sh", "example.sh"), "example.sh")


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALLSHEET_CACHE", str(tmp_path / "cache"))


@pytest.mark.parametrize("key", languages.keys())
def test_a_missing_runtime_is_named_with_the_way_to_install_it(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    language = languages.get(key)
    monkeypatch.setenv("PATH", "/nowhere")
    client = clients.find(None, language.key, language.client)
    with pytest.raises(Missing) as error:
        prepare(language, client)
    assert f"`{language.runtime.command}`" in str(error.value)
    assert language.runtime.install["debian"] in str(error.value)


@pytest.mark.parametrize("key", languages.keys())
def test_the_page_names_a_command_that_needs_no_shell(key: str) -> None:
    language = languages.get(key)
    words = shlex.split(language.runtime.run)
    assert words[-1] == language.runtime.file
    assert not set("|&;<>()$`*?~") & set(language.runtime.run)


def test_a_snippet_runs_in_a_fresh_folder_with_nothing_of_the_users(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "the user's")
    bench = replace(SHELL, environment={"KEPT": "1"}, files={"beside.txt": "b\n"})
    done = execute("ls; cat beside.txt; pwd; env\n", bench, {"KEY": "sk-1"})
    text = done.stdout.decode()
    assert text.startswith("beside.txt\nexample.sh\nb\n")
    assert "KEY=sk-1\n" in text
    assert "KEPT=1\n" in text
    assert "AWS_SECRET" not in text
    assert f"HOME={Path.home()}\n" not in text
    assert not Path(text.splitlines()[3]).exists()


def test_the_text_that_runs_is_the_text_that_was_given() -> None:
    text = "cat example.sh # é 你好\\ \r\n'\n"
    assert execute(text, replace(SHELL, command=("cat", "example.sh")), {}).stdout == text.encode()


def test_what_a_snippet_links_to_is_beside_it(tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "a").write_text("linked")
    bench = replace(SHELL, links={"modules": tmp_path / "library"})
    assert execute("cat modules/a", bench, {}).stdout == b"linked"
    assert (tmp_path / "library" / "a").exists()


def test_the_benchs_folders_come_before_the_users(tmp_path: Path) -> None:
    (tmp_path / "tool").write_text("#!/bin/sh\necho ours\n")
    (tmp_path / "tool").chmod(0o755)
    bench = replace(SHELL, command=("tool",), path=(tmp_path,))
    assert execute("", bench, {}).stdout == b"ours\n"


def test_what_a_build_makes_is_run() -> None:
    bench = replace(SHELL, build=("cp", "example.sh", "built"), command=("sh", "./built"))
    assert execute("echo built\n", bench, {}).stdout == b"built\n"
    assert execute("sleep 1", replace(bench, build=("sleep", "9")), {}, Limits(seconds=0.2)).cut


def test_a_build_is_given_neither_the_snippets_variables_nor_what_leads_it() -> None:
    led = Lead({"HTTPS_PROXY": "http://127.0.0.1:9"}, ("-u",), {".curlrc": "silent\n"})
    bench = replace(SHELL, build=("sh", "-c", "env; ls -A ../home; exit 3"))
    with laid('echo "$HTTPS_PROXY $KEY"; cat ~/.curlrc; echo $-', bench) as place:
        built, ran = place.build(), place.run({"KEY": "sk-1"}, led)
    assert built
    assert failed(built)
    assert b"PROXY" not in built.stdout
    assert b"KEY" not in built.stdout
    assert b".curlrc" not in built.stdout
    assert ran.stdout.startswith(b"http://127.0.0.1:9 sk-1\nsilent\n")
    assert b"u" in ran.stdout.splitlines()[2]


def test_a_snippet_that_hangs_is_ended() -> None:
    assert execute("sleep 60", SHELL, {}, Limits(seconds=0.2)).cut


def make_pip(process: FakePopen) -> None:
    """What `python -m venv FOLDER` leaves behind, as far as it matters here."""
    pip = packages.scripts(Path(str(process.args[-1]))) / "pip"
    pip.parent.mkdir(parents=True)
    pip.touch(0o755)


VENV = [sys.executable, "-m", "venv"]


def test_an_install_command_runs_once_in_an_environment_of_ours(fp: FakeProcess) -> None:
    fp.register([*VENV, fp.any()], callback=make_pip)
    fp.register([fp.any()], stdout="installed")
    folder = packages.python("pip install acme==1.2")
    pip = str(packages.scripts(folder) / "pip")
    assert list(fp.calls) == [[*VENV, str(folder)], [pip, "install", "acme==1.2"]]
    assert packages.python("pip install acme==1.2") == folder
    assert len(fp.calls) == 2


def test_each_install_command_has_a_folder_of_its_own(fp: FakeProcess) -> None:
    fp.register([*VENV, fp.any()], callback=make_pip, occurrences=2)
    fp.register([fp.any()], occurrences=2)
    assert packages.python("pip install a==1") != packages.python("pip install a==2")


def test_a_failed_installation_says_the_command_and_its_complaint(fp: FakeProcess) -> None:
    fp.register([*VENV, fp.any()], callback=make_pip, occurrences=2)
    fp.register([fp.any()], returncode=1, stderr="no such version", occurrences=2)
    for _ in range(2):  # a half-made folder is not taken for a whole one
        with pytest.raises(packages.NotInstalled, match="pip install acme==9` failed:\nno such"):
            packages.python("pip install acme==9")


def test_a_missing_installer_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "node").symlink_to(shutil.which("node") or "")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(packages.NotInstalled, match="needs `npm`"):
        packages.node("npm install acme")


def test_without_packages_python_finds_none_of_the_users() -> None:
    python = shutil.which("python", path=str(packages.scripts(packages.python(""))))
    assert python
    bench = Bench((python, "example.py"), "example.py")
    done = execute("import pytest", bench, {})
    assert done.status == 1
    assert b"No module named 'pytest'" in done.stderr


def test_a_misleading_variable_does_not_reach_the_installer(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PIP_TARGET", str(tmp_path / "users"))
    (tmp_path / "npm").write_text("#!/bin/sh\nenv > seen\n")
    (tmp_path / "npm").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    seen = packages.node("npm install acme") / "seen"
    assert "PIP_TARGET" not in seen.read_text()
    assert "npm_config_audit=false" in seen.read_text()
    assert os.environ["PIP_TARGET"]


def test_a_gradle_line_becomes_a_folder_of_jars(fp: FakeProcess) -> None:
    fp.register([fp.any()], occurrences=2)
    folder = packages.java('implementation("com.acme:acme-http:1.2")')
    maven = [Path(str(word)).name for word in list(fp.calls)[-1]]
    assert [maven[0], *maven[-2:]] == [
        "mvn",
        "dependency:copy-dependencies",
        "-DoutputDirectory=lib",
    ]
    project = (folder / "pom.xml").read_text()
    assert "<groupId>com.acme</groupId>" in project
    assert "<artifactId>acme-http</artifactId>" in project
    assert "<version>1.2</version>" in project
    assert (folder / "lib").is_dir()


def test_a_line_that_names_no_library_is_refused(fp: FakeProcess) -> None:
    fp.register([fp.any()])
    with pytest.raises(packages.NotInstalled, match="names no library"):
        packages.java("java get acme")


def test_a_nuget_package_comes_from_a_feed_where_its_registry_is_out_of_reach(
    fp: FakeProcess, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CALLSHEET_NUGET_FEED", str(tmp_path))
    monkeypatch.setattr(packages, "_said", lambda *_: "10.0.401")
    fp.register([fp.any()], returncode=1)
    fp.register([fp.any()])
    folder = packages.dotnet("dotnet package add Acme --version 1.2")
    _, second = fp.calls
    assert list(second)[-2:] == ["--source", str(tmp_path)]
    assert "<TargetFramework>net10.0<" in (folder / "packages.csproj").read_text()


def test_a_csharp_program_with_a_package_asks_no_source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "dotnet", Path)
    bench = prepare(languages.get("csharp"), clients.find(None, "csharp", "restsharp"))
    assert bench.environment["NUGET_PACKAGES"].endswith("packages")
    assert "<clear />" in bench.files["nuget.config"]
