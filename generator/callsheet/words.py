"""The options that commands share, as click takes them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

TEMPLATES = click.option(
    "--templates",
    "folders",
    metavar="DIR",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Your templates, used before the shipped ones.",
)
SERVER = click.option("--server", metavar="URL", default="", help="Print this URL as the server.")
LANGUAGE = click.option(
    "--language", "languages", metavar="L", multiple=True, help="Only this language."
)
SHARED = (
    click.option("-o", "--output", metavar="DIR", help="Folder to build into."),
    SERVER,
    LANGUAGE,
    click.option("--client", "clients", metavar="L/C", multiple=True, help="Only this client."),
    click.option("--format", "formats", metavar="F", multiple=True, help="Only this page format."),
    click.option("--verified", metavar="FILE", multiple=True, help="Cite this report of `verify`."),
    TEMPLATES,
)
REPORT = click.option(
    "--report",
    "reports",
    metavar="FILE",
    multiple=True,
    help="Write a report: text, json, junit, github, sarif or markdown, by the file's extension "
    "or as FORMAT:FILE; `-` is stdout.",
)
LEVELS = click.Choice(["parsed", "compiled", "ran", "matched"])
VERIFY = (
    LANGUAGE,
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
        "--level", type=LEVELS, default="matched", show_default=True, help="How far to prove."
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
    REPORT,
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
    TEMPLATES,
    SERVER,
)

Command = TypeVar("Command", bound="Callable[..., None]")


def takes(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """A decorator that gives a command these options, in this order."""

    def given(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return given
