"""What each command does, once its words are read."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from difflib import unified_diff
from typing import TYPE_CHECKING, Any

import click

from callsheet import output, project, state, terminal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from callsheet.options import Options
    from callsheet.output import Change, Plan
    from callsheet.project import Project
    from callsheet.sheet import Sheet
    from callsheet.spec.model import Spec


def build(given: str | None, folder: str | None, options: Options) -> None:
    """`callsheet build`."""
    found = project.find()
    options = found.cited(options)
    for spec in found.specs(given):
        target = found.output(spec, folder)
        if state.is_unchanged(spec, target, options):
            _summary(target, len(output.read_manifest(target)), [])
            continue
        plan = _made(spec, options)[1]
        _summary(target, len(plan.files), output.write(plan, target))
        state.remember(target, state.key(spec, plan.inputs, options), plan.inputs)


def _made(spec: Path, options: Options) -> tuple[Sheet, Plan]:
    from callsheet import build as builder
    from callsheet.sheet import sheet
    from callsheet.spec.load import collector_off

    with collector_off():
        made = sheet(load(spec, options), options)
        terminal.show_diagnostics(made.warnings, warning=True)
        return made, builder.plan(made, options)


def load(spec: Path, options: Options) -> Spec:
    """A spec as the commands read it; its warnings are shown.

    Raises:
        SpecError: It has faults.
        UsageError: The options' server is none.
    """
    from callsheet.sheet import read

    found = read(spec, options)
    terminal.show_diagnostics(found.warnings, warning=True)
    return found


def _summary(target: Path, files: int, changed: list[Change]) -> None:
    written = sum(change.new is not None for change in changed if change.path != output.MANIFEST)
    removed = sum(change.new is None for change in changed)
    terminal.say(f"{target}: {files} files, {written} written, {removed} removed")


def check(given: str | None, folder: str | None, options: Options) -> int:
    """`callsheet check`: 0 when the output is current and every snippet parses, else 1."""
    found = project.find()
    options = found.cited(options)
    bad = False
    for spec in found.specs(given):
        target = found.output(spec, folder)
        made, plan = _made(spec, options)
        drifted = _show_drift(plan, target)
        bad = not _parses(made, target, options) or drifted or bad
    return int(bad or (given is None and _blocks_differ(found, options)))


def _blocks_differ(found: Project, options: Options) -> bool:
    """Shows which blocks of the project's hand-written pages are stale; whether there are any."""
    if not found.settings.get("inject"):
        return False
    from callsheet.inject import command
    from callsheet.options import Options

    shown = Options(server=options.server, folders=options.folders, verified=options.verified)
    sheets = command.sheets(found.specs(None), shown, quiet=True)
    return bool(command.run(command.named([], found), sheets, checks=True))


def _show_drift(plan: Plan, target: Path) -> bool:
    """Shows what a build would change; whether there is any."""
    changed = list(output.changes(plan, target))
    for change in changed:
        if change.path != output.MANIFEST:
            terminal.print_diff(_diff(change, target))
    if changed:
        terminal.say(f"{target} is out of date; run `callsheet build`")
    return bool(changed)


def _parses(made: Sheet, target: Path, options: Options) -> bool:
    """Shows the snippets that do not parse, and what could not be parsed here."""
    from callsheet.verify.syntax import inspect

    found = inspect(made, target, options.folders)
    for line in found.unchecked:
        terminal.say(line)
    terminal.show_diagnostics(found.faults)
    return not found.faults


def _diff(change: Change, target: Path) -> Iterator[str]:
    old = _lines(change.old)
    new = _lines(change.new)
    path = (target / change.path).as_posix()
    before = path if change.old is not None else "/dev/null"
    after = path if change.new is not None else "/dev/null"
    return unified_diff(old, new, before, after, lineterm="")


def _lines(data: bytes | None) -> list[str]:
    return (data or b"").decode("utf-8", "replace").split("\n")


def inject(
    files: Sequence[Path], specs: Sequence[str], options: Options, *, form: str, **words: bool
) -> int:
    """`callsheet inject`: 0 when the blocks are filled, or current where that is checked."""
    from callsheet.inject import command

    found = project.find()
    pages = command.named(files, found, form)
    paths = [path for name in specs or (None,) for path in found.specs(name)]
    return command.run(pages, command.sheets(paths, found.cited(options)), **words)


def show(given: str | None, example: str, word: str, options: Options) -> None:
    """`callsheet show`: one snippet, byte for byte; `word` is `language` or `language/client`."""
    from callsheet.api import render_one

    spec = load(project.find().specs(given)[0], options)
    language, _, client = word.partition("/")
    snippet = render_one(spec, example, language, client or None, options.folders)
    sys.stdout.buffer.write(snippet.text.encode())
    sys.stdout.buffer.flush()


def serve(given: str | None, options: Options, port: int | None, *, browse: bool) -> None:
    """`callsheet serve`: until it is interrupted."""
    from callsheet import serve as server

    found = project.find()
    options = replace(found.cited(options), formats=options.formats or ("html",))
    server.run(found.specs(given), _made, options, server.Ask(port, browse))


def verify(given: str | None, options: Options, **words: Any) -> int:  # noqa: ANN401
    """`callsheet verify`: 0 when all that is required holds, 1 when a cell fails."""
    from callsheet.verify import command

    specs = [load(path, options) for path in project.find().specs(given)]
    try:
        return command.run(specs, options, command.Ask(**words))
    except KeyboardInterrupt:
        terminal.say("interrupted; no report was written")
        return command.INTERRUPTED


def verify_join(files: Sequence[Path], reports: Sequence[str]) -> int:
    """`callsheet verify-join`: exits as the run would whose shards these are."""
    from callsheet.verify import command

    return command.join(files, reports)


def languages(form: str) -> None:
    """`callsheet languages`."""
    from callsheet import inventory

    shelves = inventory.take()
    if form == "json":
        click.echo(json.dumps(inventory.data(shelves), indent=2, ensure_ascii=False))
    else:
        click.echo(inventory.table(shelves, terminal.paint), color=terminal.colour(sys.stdout))


def init(folder: Path) -> None:
    """`callsheet init`."""
    from callsheet.starter import write

    for path in write(folder):
        terminal.say(f"wrote {path}")
    place = "" if folder.resolve() == folder.cwd().resolve() else f" in {folder}"
    terminal.say(f"now run `callsheet build`{place}")


def schema() -> None:
    """`callsheet schema`."""
    from callsheet.spec.format_root import schema_text

    click.echo(schema_text(), nl=False)
