"""An Outcome to JUnit XML: a test suite for each example, a test case for each client of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from callsheet.verify.reports._cells import by_example, missed, sender, why
from callsheet.verify.reports._details import details, heading, headline
from callsheet.verify.reports._format import Format, in_repository
from callsheet.verify.reports._lines import inert

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callsheet.verify.cells import Outcome, Verdict

FORMAT = Format("junit", "for the test reports of CI servers", (".xml",))

#: What is no character of XML 1.0 (section 2.2), escaped or not.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(outcome: Outcome) -> str:
    """The report, in the form that Jenkins, GitLab and GitHub's actions for it read."""
    root = _element("testsuites", name="callsheet verify", **_counts(outcome, outcome.verdicts))
    for example, verdicts in by_example(outcome).items():
        file = in_repository(verdicts[0].cell.position.file)
        suite = _element("testsuite", name=example, file=file, **_counts(outcome, verdicts))
        suite.extend([_case(outcome, verdict) for verdict in verdicts])
        root.append(suite)
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _counts(outcome: Outcome, verdicts: Iterable[Verdict]) -> dict[str, str]:
    found = list(verdicts)
    failed = sum(outcome.fails(verdict) for verdict in found)
    skipped = sum(verdict.status != "passed" for verdict in found) - failed
    figures = {"tests": len(found), "failures": failed, "errors": 0, "skipped": skipped}
    time = f"{sum(verdict.seconds for verdict in found):.3f}"
    return {**{name: str(figure) for name, figure in figures.items()}, "time": time}


def _case(outcome: Outcome, verdict: Verdict) -> ET.Element:
    cell = verdict.cell
    case = _element(
        "testcase",
        classname=cell.example,
        name=sender(cell),
        file=in_repository(cell.position.file),
        line=str(cell.position.line),
        time=f"{verdict.seconds:.3f}",
    )
    if outcome.fails(verdict):
        case.append(_failure(outcome, verdict))
    elif verdict.status != "passed":
        message = ": ".join([verdict.status, *why(verdict)[:1]])
        case.append(_element("skipped", message=message))
    return case


def _failure(outcome: Outcome, verdict: Verdict) -> ET.Element:
    level = missed(verdict)
    kind = f"not {level.word}" if level and verdict.status == "failed" else verdict.status
    failure = _element("failure", message=headline(verdict), type=kind)
    failure.text = _legal(f"\n{heading(verdict)}\n\n{details(outcome, verdict)}\n")
    return failure


def _element(tag: str, **attributes: str) -> ET.Element:
    return ET.Element(tag, {name: _legal(inert(value)) for name, value in attributes.items()})


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)
