"""The command line: one thin command each; heavy modules load where they are needed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from callsheet import __version__
from callsheet.errors import CallsheetError

if TYPE_CHECKING:
    from collections.abc import Callable

    from callsheet.options import Options

_CONTEXT = {"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "CALLSHEET"}


def _choose_color(context: click.Context, _option: click.Parameter, choice: str | None) -> None:
    from callsheet import terminal

    if choice or context.parent is None:
        terminal.choose(choice or "auto")


class _Color(click.Option):
    """`--color`, which may stand before a command or behind it."""

    def __init__(self) -> None:
        super().__init__(
            ["--color"],
            type=click.Choice(["auto", "always", "never"]),
            expose_value=False,
            callback=_choose_color,
            help="Colour the output; NO_COLOR and FORCE_COLOR count too.",
        )


class _Group(click.Group):
    """A click group that shows our errors without a traceback, and leaves a pipe quietly."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        cmd.params.append(_Color())
        super().add_command(cmd, name)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  click's signature
        try:
            return super().invoke(ctx)
        except CallsheetError as error:
            from callsheet import terminal

            terminal.show_error(error)
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            sys.stderr.close()
            ctx.exit(1)


_TEMPLATES = click.option(
    "--templates",
    "folders",
    metavar="DIR",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Your templates, used before the shipped ones.",
)
_SERVER = click.option("--server", metavar="URL", default="", help="Print this URL as the server.")
_LANGUAGE = click.option(
    "--language", "languages", metavar="L", multiple=True, help="Only this language."
)
_SHARED = (
    click.option("-o", "--output", metavar="DIR", help="Folder to build into."),
    _SERVER,
    _LANGUAGE,
    click.option("--client", "clients", metavar="L/C", multiple=True, help="Only this client."),
    click.option("--format", "formats", metavar="F", multiple=True, help="Only this page format."),
    _TEMPLATES,
)
_REPORT = click.option(
    "--report",
    "reports",
    metavar="FILE",
    multiple=True,
    help="Write a report: text, json, junit, github, sarif or markdown, by the file's extension "
    "or as FORMAT:FILE; `-` is stdout.",
)
_LEVELS = click.Choice(["parsed", "compiled", "ran", "matched"])
_VERIFY = (
    _LANGUAGE,
    click.option(
        "--client",
        "clients",
        metavar="L/C",
        multiple=True,
        help="This client, printed or not; `python/*` is every one of Python, `*/*` every one.",
    ),
    click.option(
        "--example", "examples", metavar="GLOB", multiple=True, help="Only examples like this."
    ),
    click.option(
        "--level", type=_LEVELS, default="matched", show_default=True, help="How far to prove."
    ),
    click.option(
        "--require",
        metavar="all|L,...",
        multiple=True,
        help="Fail where these languages cannot be run here.",
    ),
    click.option(
        "--jobs",
        "-j",
        metavar="N",
        type=click.IntRange(min=0),
        default=0,
        help="Programs at once; one for each processor otherwise.",
    ),
    click.option(
        "--timeout",
        metavar="S",
        type=click.FloatRange(min=0, min_open=True),
        default=120.0,
        show_default=True,
        help="Seconds that a program may take.",
    ),
    click.option(
        "--cache/--no-cache", default=True, help="Read and keep proofs; or run everything."
    ),
    click.option("--fail-fast", is_flag=True, help="Stop at the first failure."),
    click.option(
        "--scheduler",
        metavar="ADDRESS",
        default="",
        help="Verify on the workers of a Dask cluster.",
    ),
    click.option("--exact", is_flag=True, help="Give each program a process of its own: slow."),
    _REPORT,
    click.option(
        "--keep",
        metavar="DIR",
        type=click.Path(file_okay=False, path_type=Path),
        help="Leave a runnable copy of each failing program here.",
    ),
    click.option(
        "--fence",
        type=click.Choice(["auto", "require", "off"]),
        default="auto",
        show_default=True,
        help="Programs reach nothing but this machine, where the system can do that.",
    ),
    click.option(
        "--shard", metavar="I/N", default="", help="Verify the I-th of N parts; see verify-join."
    ),
    _TEMPLATES,
    _SERVER,
)

_Command = TypeVar("_Command", bound="Callable[..., None]")


def _takes(*options: Callable[[_Command], _Command]) -> Callable[[_Command], _Command]:
    """A decorator that gives a command these options, in this order."""

    def given(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return given


@click.group(cls=_Group, context_settings=_CONTEXT)
@click.version_option(__version__, "--version", prog_name="callsheet")
def main() -> None:
    """API examples that cannot be wrong.

    SPEC is a YAML file or a folder of them; without it, `[tool.callsheet] spec` of the nearest
    pyproject.toml, else `spec/*.yaml`.
    """


main.params.append(_Color())


@main.command()
@click.argument("spec", required=False)
@_takes(*_SHARED)
def build(spec: str | None, output: str | None, **choices: Any) -> None:  # noqa: ANN401
    """Print every snippet and page of SPEC into the output folder."""
    from callsheet import commands

    commands.build(spec, output, _chosen(choices))


@main.command()
@click.argument("spec", required=False)
@_takes(*_SHARED)
def check(spec: str | None, output: str | None, **choices: Any) -> None:  # noqa: ANN401
    """Show what `build` would change and which snippets do not parse, and write nothing.

    Exit status: 0 when the output is current and all parse, 1 when not, 2 for a bad spec.
    """
    from callsheet import commands

    sys.exit(commands.check(spec, output, _chosen(choices)))


@main.command()
@click.argument("names", nargs=-1, required=True, metavar="[SPEC] EXAMPLE")
@click.option("--language", "-l", default="curl", show_default=True, help="The language.")
@click.option("--client", "-c", help="The client; the one the spec chooses otherwise.")
@_SERVER
@_TEMPLATES
def show(
    names: tuple[str, ...],
    language: str,
    client: str | None,
    server: str,
    folders: tuple[Path, ...],
) -> None:
    """Print one snippet of SPEC on stdout."""
    from callsheet import commands

    if len(names) > 2:  # noqa: PLR2004  SPEC and EXAMPLE
        raise click.UsageError(f"one example at a time; `{names[2]}` is too much")
    spec = names[0] if len(names) == 2 else None  # noqa: PLR2004
    word = f"{language}/{client}" if client else language
    commands.show(spec, names[-1], word, _chosen({"server": server, "folders": folders}))


@main.command()
@click.argument("spec", required=False)
@_takes(*_VERIFY)
def verify(spec: str | None, **words: Any) -> None:  # noqa: ANN401
    """Run every snippet of SPEC, and compare the call that arrives with the spec, whole.

    Exit status: 0 when all that is required holds, 1 when a cell fails, 2 for a bad spec or word,
    130 when it is interrupted.
    """
    from callsheet import commands

    names = ("languages", "clients", "folders", "server")
    choices = {name: words.pop(name) for name in names}
    sys.exit(commands.verify(spec, _chosen(choices), **words))


@main.command("verify-join")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="REPORT.json...",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@_REPORT
def verify_join(files: tuple[Path, ...], reports: tuple[str, ...]) -> None:
    """Join the JSON reports of shards; the exit status is the whole verification's."""
    from callsheet import commands

    sys.exit(commands.verify_join(files, reports))


@main.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def languages(form: str) -> None:
    """List languages, clients, what this machine has of them, and how to get the rest."""
    from callsheet import commands

    commands.languages(form)


@main.command()
@click.argument("folder", required=False, default=".", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Write a small spec with a page into FOLDER; what is there already stays."""
    from callsheet import commands

    commands.init(folder)


@main.command()
def schema() -> None:
    """Print the JSON Schema (draft-07) of a spec, for editors."""
    from callsheet import commands

    commands.schema()


def _chosen(choices: dict[str, Any]) -> Options:
    from callsheet.options import Options

    return Options(**choices)
