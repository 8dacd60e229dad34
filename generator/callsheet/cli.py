"""The command line: one thin command each; heavy modules load where they are needed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from callsheet import __version__
from callsheet.errors import CallsheetError
from callsheet.words import REPORT, SERVER, SHARED, TEMPLATES, VERIFY, takes

if TYPE_CHECKING:
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
@takes(*SHARED)
def build(spec: str | None, output: str | None, **choices: Any) -> None:  # noqa: ANN401
    """Print every snippet and page of SPEC into the output folder."""
    from callsheet import commands

    commands.build(spec, output, _chosen(choices))


@main.command()
@click.argument("spec", required=False)
@takes(*SHARED)
def check(spec: str | None, output: str | None, **choices: Any) -> None:  # noqa: ANN401
    """Show what `build` would change and which snippets do not parse, and write nothing.

    Exit status: 0 when the output is current and all parse, 1 when not, 2 for a bad spec.
    """
    from callsheet import commands

    sys.exit(commands.check(spec, output, _chosen(choices)))


@main.command()
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@click.option("--check", "checks", is_flag=True, help="Show what would change, write nothing.")
@click.option("--force", is_flag=True, help="Write over blocks that were edited by hand.")
@click.option("--format", "form", metavar="F", default="", help="Format of blocks that name none.")
@click.option("--spec", "specs", metavar="SPEC", multiple=True, help="Take examples from SPEC.")
@SERVER
@TEMPLATES
def inject(files: tuple[Path, ...], specs: tuple[str, ...], **words: Any) -> None:  # noqa: ANN401
    """Fill the marked blocks of hand-written pages, and touch nothing else.

    \b
    <!-- callsheet:begin EXAMPLE langs="curl,python" -->
    <!-- callsheet:end -->

    A block may name langs, part (tabs, response, install, environment), format, locale and spec.
    Without FILE, the pages that `[tool.callsheet] inject` lists. Files are Markdown, MDX,
    reStructuredText, AsciiDoc or HTML, each with its own comments.

    Exit status: 0 when all is well, 1 when `--check` finds a block that is out of date or edited
    by hand, 2 for a bad marker or a block that was edited by hand.
    """  # noqa: D301  click's own mark for lines that stay as they are
    from callsheet import commands

    options = _chosen({name: words.pop(name) for name in ("server", "folders")})
    sys.exit(commands.inject(files, specs, options, **words))


@main.command()
@click.argument("spec", required=False)
@click.option(
    "--port",
    metavar="N",
    type=click.IntRange(0, 65535),
    help="Listen on this port, 0 for any; the first free one from 8000 on otherwise.",
)
@click.option("--open", "browse", is_flag=True, help="Open the page in a browser.")
@takes(*SHARED[1:])
def serve(spec: str | None, port: int | None, browse: bool, **choices: Any) -> None:  # noqa: ANN401, FBT001
    """Show the pages of SPEC in a browser, and each change of them as it is saved."""
    from callsheet import commands

    commands.serve(spec, _chosen(choices), port, browse=browse)


@main.command()
@click.argument("names", nargs=-1, required=True, metavar="[SPEC] EXAMPLE")
@click.option("--language", "-l", default="curl", show_default=True, help="The language.")
@click.option("--client", "-c", help="The client; the one the spec chooses otherwise.")
@SERVER
@TEMPLATES
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
@takes(*VERIFY)
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
@REPORT
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
