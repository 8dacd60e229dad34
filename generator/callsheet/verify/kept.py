"""Failed verdicts to folders that hold each program as a person can run it, and what was found."""

from __future__ import annotations

import shlex
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from callsheet.errors import CallsheetError
from callsheet.verify import runners
from callsheet.verify.cells import Outcome
from callsheet.verify.proofs import files

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from callsheet.render import Snippet
    from callsheet.verify.bench import Bench
    from callsheet.verify.cells import Verdict

_RUN = """\
#!/bin/sh
# Runs the program as it is printed: against the documented server, with keys that you may set.
set -e
cd "$(dirname "$0")"
{lines}
"""


def keep(verdicts: Iterable[Verdict], folder: Path) -> int:
    """Leaves each program in `folder/example/language.client`; says how many there are.

    Raises:
        CallsheetError: The folder cannot be written.
    """
    count = 0
    for verdict in verdicts:
        cell = verdict.cell
        if cell.snippet is None:
            continue
        try:
            _keep(verdict, cell.snippet, folder / cell.example / f"{cell.language}.{cell.client}")
        except OSError as fault:
            raise CallsheetError(f"{folder} cannot be written: {fault}") from fault
        count += 1
    return count


def _keep(verdict: Verdict, snippet: Snippet, place: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)  # what an earlier verification left of this cell
    place.mkdir(parents=True)
    (place / "findings.txt").write_text(_findings(verdict), "utf-8")
    sent = list(files(snippet.request))
    try:
        bench = runners.prepare(snippet.language, snippet.client)
        runners.refuse_clash(sent, bench)
    except CallsheetError:  # its runtime is missing, or its place is taken; the findings say so
        (place / snippet.language.runtime.file).write_bytes(snippet.text.encode())
        return
    for name in sent:
        source = verdict.cell.root / name
        with suppress(FileNotFoundError):
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, place / name)
    _lay(snippet, bench, place)


def _lay(snippet: Snippet, bench: Bench, place: Path) -> None:
    for name, text in {**bench.files, bench.file: snippet.text}.items():
        (place / name).write_bytes(text.encode())
    for name, target in bench.links.items():
        (place / name).symlink_to(target, target_is_directory=True)
    script = place / "run.sh"
    lines = _settings(bench, snippet.request.env)
    lines += [shlex.join(bench.build)] if bench.build else []
    lines += [f"exec {shlex.join(bench.command)}"]
    script.write_text(_RUN.format(lines="\n".join(lines)), "utf-8")
    script.chmod(0o755)


def _settings(bench: Bench, names: Sequence[str]) -> list[str]:
    """Shell lines: the environment of the run; the reader's own variables stay where they are."""
    lines = [f"export {name}={shlex.quote(value)}" for name, value in bench.environment.items()]
    if bench.path:
        lines.append(f"PATH={shlex.quote(':'.join(map(str, bench.path)))}:$PATH")
    return [*lines, *(f': "${{{name}:=sk-cs-dummy}}"; export {name}' for name in names)]


def _findings(verdict: Verdict) -> str:
    """What the text report says of this cell alone."""
    from callsheet.verify import reports

    return reports.get("text").render(Outcome(verdict.cell.position.file, (verdict,)))
