"""An Outcome to JSON and back; several that share a spec, such as a run's shards, to one."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from callsheet.errors import UsageError
from callsheet.spec.model import Position
from callsheet.verify.cells import Cell, Level, Outcome, Verdict
from callsheet.verify.differences import Difference
from callsheet.verify.reports._cells import STATUSES, counts
from callsheet.verify.reports._format import Format

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMAT = Format("json", "for programs; `load` reads it, `join` makes one of several", (".json",))

#: Of the layout below; another number means another layout.
_VERSION = 1
#: From good to bad: of two verdicts on one cell, the worse is kept.
_BADNESS = ("passed", "unsupported", "expected-failure", "unavailable", "failed")


def render(outcome: Outcome) -> str:
    """All of an outcome but the snippets' texts; ASCII alone, so nothing in it is mistaken."""
    document = {
        "callsheet": _VERSION,
        "spec": outcome.spec,
        "run": outcome.run,
        "shard": outcome.shard,
        "required": outcome.required,
        "notes": outcome.notes,
        "failures": len(outcome.failures),
        "counts": counts(outcome),
        "cells": [_cell(outcome, verdict) for verdict in outcome.verdicts],
    }
    text = json.dumps(_plain(document), indent=2) + "\n"
    return text.replace("##", "#\\u0023")  # `##[…]` is a command where a build server logs it


def load(text: str) -> Outcome:
    """The outcome that a report was made of; its cells hold no snippets.

    Raises:
        UsageError: The text is no report of `render`.
    """
    try:
        document = json.loads(text)
        if document["callsheet"] != _VERSION:
            raise UsageError(f"the report has layout {document['callsheet']!r}, not {_VERSION}")
        return Outcome(
            _text(document["spec"]),
            tuple(_verdict(cell) for cell in document["cells"]),
            _texts(document["required"]),
            _texts(document["notes"]),
            _text(document["shard"]),
            _text(document.get("run", "")),
        )
    except (ArithmeticError, KeyError, LookupError, RecursionError, TypeError, ValueError) as error:
        fault = f"{type(error).__name__}: {error}"
        raise UsageError(f"this is no report of `callsheet verify` ({fault})") from None


def join(outcomes: Sequence[Outcome]) -> Outcome:
    """One outcome of several, in the order of the shards; of two verdicts on a cell, the worse.

    Raises:
        UsageError: There is none, they are of different specs, or a shard is missing.
    """
    specs = dict.fromkeys(outcome.spec for outcome in outcomes)
    if len(specs) != 1:
        named = ", ".join(f"`{spec}`" for spec in specs) or "none"
        raise UsageError(f"reports of one spec can be joined; these are of {named}")
    found: dict[str, Verdict] = {}
    for verdict in (verdict for outcome in _whole(outcomes) for verdict in outcome.verdicts):
        known = found.setdefault(verdict.cell.name, verdict)
        found[verdict.cell.name] = max(known, verdict, key=_badness)
    required = dict.fromkeys(word for outcome in outcomes for word in outcome.required)
    notes = dict.fromkeys(note for outcome in outcomes for note in outcome.notes)
    run = min(outcome.run for outcome in outcomes)
    verdicts = tuple(found.values())
    return Outcome(next(iter(specs)), verdicts, tuple(required), tuple(notes), run=run)


def _whole(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The shards in order; refuses a part alone: cells that nobody verified must not look fine."""
    from callsheet.verify.selection import shard_of  # brings all that prints snippets

    shards = [shard_of(outcome.shard or "1/1") for outcome in outcomes]
    totals = {total for _, total in shards}
    if len(totals) > 1:
        raise UsageError("the reports are of runs with different numbers of shards")
    missing = set(range(1, totals.pop() + 1)) - {number for number, _ in shards}
    if missing:
        named = ", ".join(map(str, sorted(missing)))
        raise UsageError(f"the reports are not of a whole run; missing: shard {named}")
    pairs = zip(shards, outcomes, strict=True)
    return [outcome for _, outcome in sorted(pairs, key=lambda pair: pair[0])]


def _badness(verdict: Verdict) -> tuple[int, int]:
    return _BADNESS.index(verdict.status), -verdict.level


def _cell(outcome: Outcome, verdict: Verdict) -> dict[str, Any]:
    cell = verdict.cell
    return {
        "example": cell.example,
        "language": cell.language,
        "client": cell.client,
        "sha256": _sha256(cell),
        **asdict(cell.position),
        "status": verdict.status,
        "fails": outcome.fails(verdict),
        "level": verdict.level.word,
        "wanted": verdict.wanted.word,
        "reason": verdict.reason or cell.reason,
        "differences": [asdict(difference) for difference in verdict.differences],
        "stdout": _written(verdict.stdout),
        "stderr": _written(verdict.stderr),
        "seconds": verdict.seconds,
        "cached": verdict.cached,
        "versions": verdict.versions,
    }


def _sha256(cell: Cell) -> str:
    """Of the text of a snippet: what a page knows it by."""
    return sha256(cell.snippet.text.encode()).hexdigest() if cell.snippet else cell.sha256


def _verdict(cell: dict[str, Any]) -> Verdict:
    if cell["status"] not in STATUSES:
        raise ValueError(f"unknown status {cell['status']!r}")
    place = Position(_text(cell["file"]), int(cell["line"]), int(cell["column"]))
    example, language, client = (_text(cell[key]) for key in ("example", "language", "client"))
    known = _text(cell.get("sha256", ""))
    return Verdict(
        cell=Cell(example, language, client, place, None, sha256=known),
        status=cell["status"],
        level=Level[cell["level"].upper()],
        wanted=Level[cell["wanted"].upper()],
        reason=_text(cell["reason"]),
        differences=tuple(_difference(row) for row in cell["differences"]),
        stdout=_bytes(cell["stdout"]),
        stderr=_bytes(cell["stderr"]),
        seconds=float(cell["seconds"]),
        versions={_text(name): _text(version) for name, version in cell["versions"].items()},
        cached=bool(cell["cached"]),
    )


def _difference(row: dict[str, Any]) -> Difference:
    return Difference(*(_text(row[key]) for key in ("what", "expected", "actual")))


def _written(raw: bytes) -> str | dict[str, str]:
    """Output as text; in Base64 where it is no UTF-8."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(raw).decode()}


def _bytes(written: str | dict[str, str]) -> bytes:
    if isinstance(written, str):
        return written.encode()
    return base64.b64decode(written["base64"], validate=True)


def _plain(value: Any) -> Any:  # noqa: ANN401  any JSON
    """The same without lone surrogates, which many readers of JSON refuse."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {_plain(key): _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list")
    return tuple(_text(item) for item in value)
