"""An Outcome to SARIF 2.1.0, for code scanning: one result for each failure, at the spec's line."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from callsheet import __version__
from callsheet.verify.reports._cells import missed, unproven
from callsheet.verify.reports._details import details, heading, headline
from callsheet.verify.reports._format import Format, in_repository
from callsheet.verify.reports._lines import clip, counted, short

if TYPE_CHECKING:
    from collections.abc import Mapping

    from callsheet.verify.cells import Outcome, Verdict

FORMAT = Format("sarif", "for code scanning", (".sarif", ".sarif.json"))

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
#: GitHub keeps so many results of a run; all further ones would be dropped without a word.
_MOST = 5000
_LONGEST = 8000
#: Rule → what it says of a snippet.
_RULES: Mapping[str, str] = {
    "verify/parsed": "The snippet does not parse.",
    "verify/compiled": "The snippet does not compile.",
    "verify/ran": "The snippet does not run to its end.",
    "verify/matched": "The call or the output is not the one that the spec declares.",
    "verify/unavailable": "A required runtime or library is missing.",
    "verify/known-failure": "A known failure has healed or is past its date.",
}


def render(outcome: Outcome) -> str:
    """The report; URIs are relative to the repository's root."""
    run = {
        "tool": {"driver": _driver()},
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "the repository's root"}}},
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _say(outcome)}],
        "columnKind": "unicodeCodePoints",
        "results": [_result(outcome, verdict) for verdict in outcome.failures[:_MOST]],
    }
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, indent=2) + "\n"


def _driver() -> dict[str, Any]:
    rules = [{"id": rule, "shortDescription": {"text": text}} for rule, text in _RULES.items()]
    return {"name": "callsheet", "version": __version__, "rules": rules}


def _say(outcome: Outcome) -> list[dict[str, Any]]:
    left_out = len(outcome.failures) - _MOST
    limit = f"{counted(left_out, 'more failure')}, left out of this report"
    limits = [limit] if left_out > 0 else []
    texts = [*limits, *unproven(outcome), *(short(note) for note in outcome.notes)]
    return [{"level": "warning", "message": {"text": _unlinked(text)}} for text in texts]


def _result(outcome: Outcome, verdict: Verdict) -> dict[str, Any]:
    rule = _rule(verdict)
    text = f"{headline(verdict)}\n{heading(verdict)}\n\n{details(outcome, verdict)}"
    return {
        "ruleId": rule,
        "ruleIndex": list(_RULES).index(rule),
        "level": "error",
        "message": {"text": _unlinked(clip(text, _LONGEST))},
        "locations": [_location(verdict)],
        "partialFingerprints": _fingerprints(verdict, rule),
    }


def _rule(verdict: Verdict) -> str:
    level = missed(verdict)
    if verdict.status == "unavailable":
        return "verify/unavailable"
    return f"verify/{level.word}" if level else "verify/known-failure"


def _location(verdict: Verdict) -> dict[str, Any]:
    at = verdict.cell.position
    artifact = _artifact(in_repository(at.file))
    region = {"startLine": max(1, at.line), "startColumn": max(1, at.column)}
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}


def _artifact(file: str) -> dict[str, str]:
    if Path(file).is_absolute():
        return {"uri": Path(file).as_uri()}
    return {"uri": quote(file.encode("utf-8", "surrogateescape")), "uriBaseId": "%SRCROOT%"}


def _fingerprints(verdict: Verdict, rule: str) -> dict[str, str]:
    """What stays when lines move. GitHub reads the first, and would else take one for each line."""
    name = f"{rule} {verdict.cell.name}".encode("utf-8", "backslashreplace")
    digest = sha256(name).hexdigest()[:16]
    return {"primaryLocationLineHash": f"{digest}:1", "callsheetCell/v1": digest}


def _unlinked(text: str) -> str:
    """A message without `[text](target)`, which viewers make a link of (SARIF 2.1.0, 3.11.6)."""
    return text.replace("](", "] (")
