"""Outcomes by hand: every status, and texts that would act on whoever shows them."""

from __future__ import annotations

from hashlib import sha256

from callsheet.spec.model import Position
from callsheet.verify.cells import Cell, Level, Outcome, Status, Verdict
from callsheet.verify.differences import Difference

SPEC = "spec/shop.yaml"
FENCE = "the network was not fenced: namespaces are not allowed here"

#: Each would do something in a terminal, a build server's log, a Markdown page or an XML file.
HOSTILE = (
    "\x1b[31mred\x1b[0m \x1b]8;;https://evil.example\x07link\x1b]8;;\x07",
    "::error file=/etc/passwd::owned",
    "   ::stop-commands::pause",
    "##[add-mask]secret ##vso[task.setvariable]x ##teamcity[buildStop]",
    "| @octocat | <script>alert(1)</script> | ``` | ~~~~ | `a` | #1",
    "[click](https://evil.example) ![x](https://evil.example/x.png) https://evil.example",
    "]]></failure><testcase/> &amp; <!-- \x00 \ufffe \U0001f600 \u202ereversed\u2066",
    "</pre></code></details><h1>owned</h1>",
)


def cell(example: str, sender: str, line: int = 12) -> Cell:
    language, _, client = sender.partition("/")
    text = sha256(f"{example}/{sender}".encode()).hexdigest()
    return Cell(example, language, client, Position(SPEC, line, 7), None, sha256=text)


def verdict(
    at: Cell,
    status: Status = "passed",
    level: Level = Level.MATCHED,
    reason: str = "",
    *differences: Difference,
    stderr: bytes = b"",
    stdout: bytes = b"",
    cached: bool = False,
) -> Verdict:
    versions = {"python": "3.11.7", "openai": "1.2.3"} if at.language == "python" else {}
    return Verdict(
        at,
        status,
        level,
        Level.MATCHED,
        reason,
        differences,
        stdout,
        stderr,
        0.0 if cached else 0.25,
        versions,
        cached,
    )


def outcome() -> Outcome:
    """Every status, each kind of failure, and friendly words alone."""
    verdicts = (*_orders(), *_photos())
    return Outcome(SPEC, verdicts, ("java",), (FENCE,), run="2026-11-24T09:30:00Z")


def _orders() -> tuple[Verdict, ...]:
    name = "create-order"
    changed = (
        Difference("method", "'POST'", "'PUT'"),
        Difference("header authorization", "['Bearer sk-cs-01ab']", "['Bearer sk-cs-01AB']"),
        Difference("body at items[0].price", "1.10", "1.1"),
        Difference("stdout", "a\nb\nc\n", "a\nB\nc\nd\n"),
    )
    trace = b"Traceback (most recent call last):\n\tFile \"snippet.py\", line 3\nKeyError: 'id'\n"
    return (
        verdict(cell(name, "curl/curl"), cached=True),
        verdict(
            cell(name, "python/openai"),
            "failed",
            Level.RAN,
            "",
            *changed,
            stderr=trace,
            stdout=b"order 7\n",
        ),
        verdict(cell(name, "python/requests"), cached=True),
        verdict(
            cell(name, "go/net-http"),
            "failed",
            Level.PARSED,
            "it does not compile",
            stderr=b'./main.go:9:2: "os" imported and not used\n',
        ),
        verdict(
            cell(name, "java/http-client"),
            "unavailable",
            Level.PARSED,
            "`javac` is not on PATH; Debian: `apt install default-jdk-headless`",
        ),
        verdict(
            cell(name, "php/curl"),
            "unavailable",
            Level.PARSED,
            "`php` is not on PATH; Debian: `apt install php-cli`",
        ),
    )


def _photos() -> tuple[Verdict, ...]:
    name, line = "upload-照片", 30
    healed = "it passes, but the spec says that it fails: remove the known failure"
    return (
        verdict(cell(name, "curl/curl", line)),
        verdict(
            cell(name, "python/openai", line),
            "unsupported",
            Level.RENDERED,
            "the SDK sends no multipart body",
        ),
        verdict(cell(name, "python/requests", line), "failed", Level.MATCHED, healed),
        verdict(
            cell(name, "go/net-http", line),
            "expected-failure",
            Level.RAN,
            "known until 2099-01-31: the charset is dropped",
            Difference("header content-type", "'text/plain; charset=utf-8'", "'text/plain'"),
        ),
        verdict(
            cell(name, "php/curl", line),
            "unavailable",
            Level.PARSED,
            "`php` is not on PATH; Debian: `apt install php-cli`",
        ),
    )


def hostile() -> Outcome:
    """Nothing but hostile texts wherever a text can stand."""
    lines = "\n".join(HOSTILE).encode() + b"\n\xff\xfe\x80 not UTF-8\rback\n"
    evil = HOSTILE[4]
    failed = verdict(
        cell(evil, f"python/{HOSTILE[6]}"),
        "failed",
        Level.RAN,
        "\n".join(HOSTILE),
        *(Difference(text, text, text[::-1]) for text in HOSTILE),
        Difference("\n".join(HOSTILE), "\n".join(HOSTILE), "\n".join(HOSTILE[1:])),
        stderr=lines,
        stdout=lines,
    )
    missing = verdict(cell(evil, HOSTILE[5]), "unavailable", Level.PARSED, "\n".join(HOSTILE))
    named = "\n".join((*HOSTILE, "\udcff"))
    return Outcome(f"{HOSTILE[7]}.yaml", (failed, missing), (HOSTILE[1],), (*HOSTILE, named))


def many(failures: int, passes: int = 0) -> Outcome:
    """So many failing examples, each with a client, and so many that pass."""
    found = Difference("method", "'POST'", "'PUT'")
    failing = (
        verdict(cell(f"bad-{n}", "curl/curl", n + 1), "failed", Level.RAN, "", found)
        for n in range(failures)
    )
    passing = (verdict(cell(f"good-{n}", "curl/curl", n + 1)) for n in range(passes))
    return Outcome(SPEC, (*failing, *passing))
