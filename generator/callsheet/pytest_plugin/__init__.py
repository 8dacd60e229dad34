"""pytest's plugin: a spec to a test for each cell, with the verdict of `callsheet verify`.

pytest imports this wherever callsheet is installed, so nothing else is loaded before a spec is
found. `bench.py` verifies; `summary.py` says what the closing line has no room for.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from _pytest._code.code import TerminalRepr

    from callsheet.pytest_plugin.bench import Bench
    from callsheet.verify.cells import Cell, Verdict

#: Ends of a spec's name, and what one of its lines begins with.
_ENDS = (".yaml", ".yml")
_HEAD = re.compile(rb"""^(?:\xef\xbb\xbf)?\{?\s*["']?callsheet["']?\s*:""", re.MULTILINE)
#: What neither passes nor fails → its letter, and its word.
_OTHERS = {
    "unavailable": ("?", "UNAVAILABLE"),
    "unsupported": ("-", "UNSUPPORTED"),
    "expected-failure": ("~", "EXPECTED-FAILURE"),
}
#: Option → what argparse must know of it.
_SEVERAL: dict[str, Any] = {"action": "append", "default": []}
_OPTIONS: dict[str, dict[str, Any]] = {
    "client": _SEVERAL
    | {
        "metavar": "L/C",
        "help": "This client, printed or not; `python/*` is every one of Python, `*/*` every one.",
    },
    "level": {
        "choices": ("parsed", "compiled", "ran", "matched"),
        "default": "matched",
        "help": "How far to prove; matched otherwise.",
    },
    "require": _SEVERAL
    | {
        "metavar": "all|L,...",
        "help": "Fail where these languages cannot be run here; CI=true requires all.",
    },
    "timeout": {
        "metavar": "S",
        "type": float,
        "default": 120.0,
        "help": "Seconds that a program may take; 120 otherwise.",
    },
    "no-cache": {
        "action": "store_true",
        "help": "Run everything; neither read nor keep proofs.",
    },
    "fence": {
        "choices": ("auto", "require", "off"),
        "default": "auto",
        "help": "Programs reach nothing but this machine, where the system can do that.",
    },
    "templates": _SEVERAL
    | {"metavar": "DIR", "help": "Your templates, used before the shipped ones."},
    "server": {"metavar": "URL", "default": "", "help": "Print this URL as the server."},
}
_BENCH = pytest.StashKey["Bench"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of `callsheet verify` that matter here, with its words and defaults."""
    group = parser.getgroup("callsheet", "specs of API calls: a test for each snippet")
    for name, said in _OPTIONS.items():
        group.addoption(f"--callsheet-{name}", **said)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> SpecFile | None:
    """A spec, where it is named; any other file is none of ours."""
    named = file_path.suffix in _ENDS and _is_named(file_path, parent.session)
    if named and _HEAD.search(file_path.read_bytes()):
        return SpecFile.from_parent(parent, path=file_path)
    return None


def _is_named(file: Path, session: pytest.Session) -> bool:
    """Whether a file is an argument; pytest forgets those that lie in another argument's folder."""
    folder = session.config.invocation_params.dir
    words = (folder / word.partition("::")[0] for word in session.config.args)
    return session.isinitpath(file) or any(os.path.normpath(word) == str(file) for word in words)


class SpecFile(pytest.File):
    """A spec, whose tests are its cells."""

    def collect(self) -> Iterator[CellItem]:
        """A test for each cell, in the order of the spec.

        Raises:
            CallsheetError: The spec has faults, or an option names what does not exist.
        """
        for cell in _bench(self.config).cells(self.path):
            yield CellItem.from_parent(self, name=cell.name, cell=cell)

    def repr_failure(
        self,
        excinfo: pytest.ExceptionInfo[BaseException],
        style: object = None,  # noqa: ARG002
    ) -> str | TerminalRepr:
        """Our own words for what is the user's to mend."""
        return _said(excinfo.value) or super().repr_failure(excinfo)


class _Failed(Exception):  # noqa: N818  names the fault
    """A cell failed; its verdict says why."""


class CellItem(pytest.Item):
    """A cell: an example through a client, named `example/language/client`.

    Attributes:
        cell: The cell.
        verdict: What verifying it found; None before that.
    """

    def __init__(self, *, cell: Cell, name: str, parent: SpecFile) -> None:
        super().__init__(name, parent)
        self.cell = cell
        self.verdict: Verdict | None = None
        self._place = Path(cell.position.file).absolute()

    def runtest(self) -> None:
        """Verifies the cell.

        Raises:
            _Failed: It failed.
            CallsheetError: It cannot be verified at all, as where a fence is required.
        """
        self.verdict = None
        self.verdict = _bench(self.config).verdict(self.cell)
        if _bench(self.config).fails(self.verdict):
            raise _Failed

    def repr_failure(
        self,
        excinfo: pytest.ExceptionInfo[BaseException],
        style: object = None,  # noqa: ARG002
    ) -> str | TerminalRepr:
        """What the text report says of a failure."""
        if self.verdict and isinstance(excinfo.value, _Failed):
            return self._shown(self.verdict)
        return _said(excinfo.value) or super().repr_failure(excinfo)

    def _shown(self, verdict: Verdict) -> TerminalRepr:
        """In pytest's own form, whose crash is what short summaries and build servers show."""
        from _pytest._code import code

        reason, text = _bench(self.config).words(self.path, verdict)
        entries = [code.ReprEntryNative([f"{text}\n"])]
        crash = code.ReprFileLocation(str(self._place), self.cell.position.line, reason)
        return code.ReprExceptionInfo(code.ReprTraceback(entries, None, "native"), crash)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the example stands in the spec; the line counts from 0."""
        return self._place, self.cell.position.line - 1, self.name


def pytest_collection_finish(session: pytest.Session) -> None:
    """Only what is chosen is asked for its runtime."""
    bench = session.config.stash.get(_BENCH, None)
    if bench:
        bench.chosen = [item.cell for item in session.items if isinstance(item, CellItem)]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What a report must say of a cell, in a form that goes from process to process."""
    report = yield
    if isinstance(item, CellItem) and call.when == "call" and item.verdict:
        found = _bench(item.config).facts(item.verdict)
        vars(report)["callsheet"] = found  # a report keeps, and sends, what it is given
        if report.passed and found["status"] != "passed":
            report.outcome = "skipped"  # to whoever knows no more: it has not passed
            path, line, _ = item.reportinfo()
            report.longrepr = str(path), line + 1, f"{found['status']}: {found['reason']}"
    return report


def pytest_report_teststatus(
    report: pytest.CollectReport | pytest.TestReport,
) -> tuple[str, str, tuple[str, dict[str, bool]]] | None:
    """Categories of their own for what neither passes nor fails."""
    found = getattr(report, "callsheet", None)
    if not found or report.failed or found["status"] not in _OTHERS:
        return None
    letter, word = _OTHERS[found["status"]]
    return found["status"], letter, (word, {"yellow": True})


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says aloud what was not proven, and why."""
    reports = (report for reports in terminalreporter.stats.values() for report in reports)
    found = [report.callsheet for report in reports if hasattr(report, "callsheet")]
    if found:
        from callsheet.pytest_plugin.summary import lines

        asked = terminalreporter.verbosity > 0 or any(map(terminalreporter.hasopt, "sx"))
        said = list(lines(found, everything=asked))
        if said:
            terminalreporter.write_sep("=", "callsheet")
        for line, colour in said:
            terminalreporter.write_line(line, **{colour: True})


def _bench(config: pytest.Config) -> Bench:
    """The one of this process, which ends with the session."""
    if _BENCH not in config.stash:
        from callsheet.pytest_plugin.bench import Bench

        bench = config.stash[_BENCH] = Bench(config.option)
        config.add_cleanup(bench.close)
    return config.stash[_BENCH]


def _said(error: BaseException) -> str:
    """What callsheet says of a fault that is the user's, else ""."""
    from callsheet.errors import CallsheetError, SpecError, report

    if isinstance(error, SpecError):
        return report(error.diagnostics)
    return f"error: {error}" if isinstance(error, CallsheetError) else ""
