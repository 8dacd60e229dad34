"""An Outcome to Markdown for a job's summary: the matrix, and failures that unfold."""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING

from callsheet.verify.reports._cells import matrix, summary, unproven
from callsheet.verify.reports._details import details, heading, headline
from callsheet.verify.reports._format import Format
from callsheet.verify.reports._lines import counted, cut, inert, short

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callsheet.verify.cells import Outcome, Verdict
    from callsheet.verify.reports._cells import Matrix

FORMAT = Format("markdown", "for a job's summary or a comment", (".md", ".markdown"))

#: GitHub refuses a step's summary of more than 1 MiB; what is left is for further steps' words.
_MOST = 900_000
#: Lines of a list that are shown.
_LISTED = 200
#: Markdown and HTML act on punctuation alone, and on none that is written as a reference. These
#: here mean nothing within `<code>`, but for GitHub's links of bare `www.` and `https://`.
_HARMLESS = "-/,;:.()?'="
_ENTITIES = {ord(c): f"&#{ord(c)};" for c in string.punctuation if c not in _HARMLESS}
_BARE_LINK = re.compile(r"(?<=www)\.|:(?=/)", re.IGNORECASE)


def render(outcome: Outcome) -> str:
    """The report; parts that would take it past the limit are left out whole, and counted."""
    failures = outcome.failures
    total = counted(len(outcome.verdicts), "cell")
    fails = "fails" if len(failures) == 1 else "fail"
    title = f"{len(failures):,} of {total} {fails}" if failures else f"all of {total} hold"
    head = [f"### callsheet verify: {title}", code(outcome.spec), code(summary(outcome))]
    notes = [f"note: {short(note)}" for note in outcome.notes]
    tail = [_listed(cut(unproven(outcome), _LISTED, "line")), _listed(cut(notes, _LISTED, "note"))]
    top = [part for part in (*head, _matrix(matrix(outcome)), *tail) if part]
    room = _MOST - len("\n\n".join(top).encode())
    shown = _fitting((_failure(outcome, verdict) for verdict in failures), room)
    left_out = len(failures) - len(shown)
    more = f"… {counted(left_out, 'more failure')}: this is all a summary holds, the log has more."
    return "\n\n".join([*top, *shown, *([more] if left_out else [])]) + "\n"


def code(text: str) -> str:
    """Anybody's text as code on one line: no mark-up, link, mention or table cell comes of it."""
    escaped = inert(text).translate(_ENTITIES)
    return f"<code>{_BARE_LINK.sub(lambda match: f'&#{ord(match[0])};', escaped)}</code>"


def _fitting(parts: Iterable[str], room: int) -> list[str]:
    """The first parts, whole, that so many bytes hold; further ones are not even made."""
    kept: list[str] = []
    for part in parts:
        room -= len(part.encode()) + 2
        if room < 0:
            break
        kept.append(part)
    return kept


def _matrix(table: Matrix) -> str:
    """The matrix, cut after as many rows as a third of the summary holds."""
    head = _row(["example", *map(code, table.clients)]) + "\n"
    head += _row(["---"] * (1 + len(table.clients)))
    rows = [
        _row([code(name), *(row.get(client, "") for client in table.clients)])
        for name, row in table.rows.items()
    ]
    kept = _fitting(rows, _MOST // 3)
    left_out = len(rows) - len(kept)
    more = [f"… {counted(left_out, 'more row')}"] if left_out else []
    if table.left_out:
        more.append(f"… and {counted(table.left_out, 'example')} of which every cell passed")
    return "\n\n".join(["\n".join([head, *kept]), *more])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"- {code(line)}" for line in lines)


def _failure(outcome: Outcome, verdict: Verdict) -> str:
    summary_line = f"✗ {code(heading(verdict))}<br>{code(headline(verdict))}"
    body = details(outcome, verdict)
    fence = _fence(body)
    opened = f"<details><summary>{summary_line}</summary>"
    return f"{opened}\n\n{fence}diff\n{body}\n{fence}\n\n</details>"


def _fence(body: str) -> str:
    """Longer than any run of backquotes within."""
    return "`" * max(3, 1 + max((len(run) for run in re.findall("`+", body)), default=0))
