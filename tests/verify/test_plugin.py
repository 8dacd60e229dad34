"""pytest with a spec: each cell is a test, with the verdict that `callsheet verify` gives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from shop import SHIPPED, cells, logged, verify, without

from .plugged import CURL, FOUND, PHP, PYTHON, SPEC, counts, quiet, run, statuses, words

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "more", [(), ("-n", "2"), ("-n", "2", "--dist", "worksteal")], ids=" ".join
)
def test_each_cell_is_a_test_with_its_verdict(
    home: Path, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...]
) -> None:
    monkeypatch.setenv("PATH", without("php", home))
    asked = ("--no-cache", "--report", "out.json")
    assert verify(*words(*asked, prefix="--")[1:]).returncode == 1
    found = {
        f"{cell['example']}/{cell['language']}/{cell['client']}": cell["status"]
        for cell in cells(home / "out.json")
    }
    done = run(pytester, *words("--callsheet-no-cache", "--junit-xml=out.xml", *more))
    assert done.ret == 1
    assert statuses(home / "out.xml") == found == FOUND
    assert counts(done) == {
        "failed": "2",
        "passed": "2",
        "unavailable": "3",
        "unsupported": "1",
        "expected-failure": "1",
    }
    # What was not proven is said once, whichever process found it; what is no concern is not.
    said = done.stdout.str()
    assert said.count("? php/curl unavailable for add-item, add-lamp, say-hello: `php`, ") == 1
    assert "apt-get install php-cli" in said
    assert "plain text is left out" not in said


@pytest.mark.usefixtures("home")
def test_a_failure_is_what_the_text_report_says_of_it(pytester: pytest.Pytester) -> None:
    report = verify(*words("--no-cache", clients=CURL, prefix="--")[1:]).stdout
    shown = re.search(
        r"✗ add-item · curl/curl · shop.yaml:11:7\n.*?got       \[\]\n", report, re.DOTALL
    )
    again = re.search(r"  again: .* --example add-item .*", report)
    assert shown
    assert again
    said = quiet(run(pytester, *words("--callsheet-no-cache", clients=CURL)))
    assert shown[0] in said
    assert "stderr, 5 lines:" in said
    assert again[0] in said
    assert "FAILED shop.yaml::add-item/curl/curl - header x-trace: expected ['7'], got []" in said


def test_a_known_failure_that_heals_fails(home: Path, pytester: pytest.Pytester) -> None:
    (home / "mine/curl/curl.sh.jinja").write_text(SHIPPED)
    done = run(pytester, *words(clients=CURL))
    assert counts(done) == {"failed": "1", "passed": "2"}
    assert "it passes, so it is no known failure (a header is lost)" in quiet(done)


@pytest.mark.parametrize("more", [(), ("-n", "2")], ids=" ".join)
def test_a_fault_of_the_spec_is_an_error_in_our_own_words(
    home: Path, pytester: pytest.Pytester, more: tuple[str, ...]
) -> None:
    (home / "shop.yaml").write_text(SPEC.replace("auth: key", "auth: kee"))
    diagnostic = verify().stderr.strip()
    assert diagnostic.startswith("shop.yaml:8:11: error[CS301]: unknown auth style `kee`")
    done = run(pytester, "shop.yaml", *more)
    assert done.ret != 0
    assert diagnostic in quiet(done)
    assert counts(done)["error"] == "1"


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--callsheet-require", "pyton"), "unknown language `pyton`; did you mean `python`?"),
        (("--callsheet-client", "curl/*x"), "no client is like `curl/*x`; `*/*` is every one"),
        (("--callsheet-templates", "none"), "--callsheet-templates: there is no folder `none`"),
        (("--callsheet-timeout", "0"), "--callsheet-timeout: a program needs more than 0 s"),
        (("--callsheet-server", "ftp:"), "`ftp:` is not an http or https URL"),
    ],
)
def test_a_word_that_names_nothing_is_an_error(
    pytester: pytest.Pytester, more: tuple[str, ...], said: str
) -> None:
    done = run(pytester, "shop.yaml", *more)
    assert done.ret == pytest.ExitCode.INTERRUPTED
    assert f"error: {said}" in quiet(done)


@pytest.mark.usefixtures("home")
def test_names_and_words_choose(pytester: pytest.Pytester) -> None:
    def collected(*more: str) -> list[str]:
        done = run(pytester, "--collect-only", "-q", *words(*more)[1:])
        return [line for line in done.outlines if "::" in line]

    every = [f"shop.yaml::{name}" for name in FOUND]
    assert collected("shop.yaml") == every
    assert collected(every[1], every[5]) == [every[1], every[5]]
    assert collected("shop.yaml", "-k", "add-lamp and python") == [every[4]]
    assert collected("shop.yaml", *(f"--deselect={name}" for name in every[1:])) == every[:1]


def test_only_a_spec_that_is_named_is_collected(home: Path, pytester: pytest.Pytester) -> None:
    (home / "other.yaml").write_text("title: no spec\nmore: {callsheet: 1}\n")
    pytester.makeconftest(
        """
        import pytest

        def pytest_collect_file(file_path, parent):
            if file_path.name == "other.yaml":
                return Other.from_parent(parent, path=file_path)

        class Other(pytest.File):
            def collect(self):
                yield Fine.from_parent(self, name="fine")

        class Fine(pytest.Item):
            def runtest(self):
                pass
        """
    )
    done = run(pytester, "-v", ".", "other.yaml")
    assert counts(done) == {"passed": "1"}
    assert "other.yaml::fine PASSED" in done.stdout.str()
    # A name within a folder that is named as well is a name.
    done = run(pytester, ".", *words("-k", "urllib or fine"))
    assert counts(done) == {"passed": "3", "deselected": "6", "unsupported": "1"}
    pytester.makeini("[pytest]\ntestpaths = shop.yaml\n")
    done = run(pytester, *words("-k", "urllib")[1:])
    assert counts(done) == {"passed": "2", "deselected": "6", "unsupported": "1"}


@pytest.mark.parametrize(
    ("more", "ci", "failures"),
    [
        ((), "", 0),
        (("--callsheet-require", "python", "--callsheet-require", "curl"), "", 0),
        (("--callsheet-require", "all"), "", 3),
        (("--callsheet-require", "python,php"), "", 3),
        ((), "true", 3),
    ],
)
def test_a_missing_runtime_is_no_pass_and_fails_where_it_is_required(
    home: Path,
    pytester: pytest.Pytester,
    monkeypatch: pytest.MonkeyPatch,
    more: tuple[str, ...],
    ci: str,
    failures: int,
) -> None:
    monkeypatch.setenv("PATH", without("php", home))
    monkeypatch.setenv("CI", ci)
    done = run(pytester, "-v", *words(*more, clients=PHP))
    reason = "`php`, which runs PHP, is not on PATH (debian: `apt-get install php-cli"
    said = quiet(done)
    if failures:
        assert counts(done) == {"failed": "3"}
        assert said.count(f"reason: {reason}") == 3
        assert "compiled ?" in said
    else:
        assert counts(done) == {"unavailable": "3"}
        assert done.ret == 0
        assert f"? php/curl unavailable for add-item, add-lamp, say-hello: {reason}" in said
        assert "say-hello/php/curl UNAVAILABLE" in said


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("more", ["-v", "-rA", "-rs"])
def test_the_reasons_of_the_spec_and_of_clients_are_told_on_demand(
    pytester: pytest.Pytester, more: str
) -> None:
    said = quiet(run(pytester, *words(more, clients=(*PYTHON, *CURL))))
    assert "- python/urllib unsupported for say-hello: urllib: plain text is left out" in said
    assert "~ curl/curl expected-failure for add-lamp: a header is lost" in said


def test_what_is_proven_is_not_run_again(
    home: Path, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "mine/curl/curl.sh.jinja").write_text(SHIPPED)
    path, log = logged(home)
    monkeypatch.setenv("PATH", path)
    named = ("shop.yaml::add-item/curl/curl", "--callsheet-client=curl/curl")
    for more, calls in [((), 1), ((), 1), (("--callsheet-no-cache",), 2)]:
        assert counts(run(pytester, *named, *more)) == {"passed": "1"}
        assert log.read_text() == "x\n" * calls
    # The proofs are those of the command.
    assert "1 from the cache" in verify("--client=curl/curl", "--example=add-item").stdout
    assert log.read_text() == "x\n" * 2


def test_a_level_that_runs_nothing_runs_nothing(
    home: Path, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, log = logged(home)
    monkeypatch.setenv("PATH", path)
    done = run(pytester, *words("--callsheet-level=parsed", clients=CURL))
    assert counts(done) == {"passed": "3"}
    assert not log.exists()
