"""Many snippets and pages are the same, by however many processes they are printed."""

from __future__ import annotations

import os
from multiprocessing import active_children
from typing import TYPE_CHECKING

import pytest

from callsheet import machine, pages, press
from callsheet.errors import SpecError, Unsupported
from callsheet.options import Options
from callsheet.pages.formats import Format
from callsheet.press import render_all
from callsheet.render import Snippet, render
from callsheet.request import build
from callsheet.sheet import all_chosen, sheet
from callsheet.spec.read import load
from support import ROOT
from test_render import own

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from callsheet.clients import Client
    from callsheet.pages.source import Document
    from callsheet.request import Request

EVERY = Options(clients=("curl/curl", "python/requests", "python/openai", "go/net-http"))


def orders(options: Options = EVERY) -> list[tuple[Request, Client]]:
    spec = load(ROOT / "spec" / "clawdrouter.yaml")
    return [
        (build(spec, endpoint, example), client)
        for endpoint in spec.endpoints
        for example in endpoint.examples
        for client in all_chosen(spec, example, options)
    ]


def said(found: list[Snippet | Unsupported]) -> list[tuple[str, str]]:
    return [(one.file, one.text) if isinstance(one, Snippet) else ("", one.reason) for one in found]


@pytest.fixture
def three(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three processors, and parts so small that each has some."""
    monkeypatch.setattr(machine, "_hands", lambda: 3)
    monkeypatch.setattr(press, "_PART", 5)


@pytest.mark.usefixtures("three")
def test_snippets_come_in_order_and_so_do_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    shared = said(render_all(orders(), ()))
    monkeypatch.setattr(machine, "_hands", lambda: 1)
    assert shared == said(render_all(orders(), ()))
    assert {bool(name) for name, _ in shared} == {True, False}
    assert not active_children()


@pytest.mark.usefixtures("three")
def test_a_template_that_fails_in_a_fork_says_where(tmp_path: Path) -> None:
    folders = own(tmp_path, "{% if request.example == '" + orders()[-1][0].example + "' %}\n"
        "{{ nothing }}\n{% endif %}\nprint()\n")  # fmt: skip
    wanted = orders(Options(clients=("python/own",), folders=folders))
    with pytest.raises(SpecError, match=r"own\.py\.jinja:6:.*'nothing' is undefined"):
        render_all(wanted, folders)
    assert not active_children()


@pytest.mark.usefixtures("three")
def test_a_fork_that_dies_costs_nothing_but_time(monkeypatch: pytest.MonkeyPatch) -> None:
    alone, here = said(render_all(orders(), ())), os.getpid()
    genuine = render

    def dying(request: Request, client: Client, folders: tuple[Path, ...]) -> Snippet:
        if os.getpid() != here:
            os._exit(9)
        return genuine(request, client, folders)

    monkeypatch.setattr(press, "render", dying)
    assert said(render_all(orders(), ())) == alone


@pytest.mark.usefixtures("three")
def test_pages_of_many_snippets_come_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_PART", 5)
    made = sheet(load(ROOT / "spec" / "clawdrouter.yaml"), Options())
    wanted = Options(formats=("markdown", "html"))
    with monkeypatch.context() as alone:
        alone.setattr(machine, "_hands", lambda: 1)
        found = list(pages.render_all(made, wanted))
    assert [name for name, _ in found] == [
        f"client-sdk.{locale}.{extension}"
        for locale in ("en", "zh")
        for extension in ("md", "html")
    ]
    here, worked = os.getpid(), []
    genuine = Format.render

    def seen(form: Format, document: Document, siblings: Sequence[Document]) -> str:
        worked.append(os.getpid())
        return genuine(form, document, siblings)

    monkeypatch.setattr(Format, "render", seen)
    assert list(pages.render_all(made, wanted)) == found
    assert 0 < worked.count(here) < len(found)
