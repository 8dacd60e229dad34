"""What a browser shows after something was saved."""

from __future__ import annotations

import os
import resource
import shutil
from typing import TYPE_CHECKING

import pytest

from serve.conftest import PAGE, SPEC
from serve.serving import until, write
from support import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from serve.conftest import Open, Serve
    from serve.serving import Serving


def in_place(path: Path, text: str) -> None:
    path.write_text(text)


def by_renaming(path: Path, text: str) -> None:
    """As Vim, Emacs and JetBrains' editors do."""
    new = path.with_name(f"{path.name}~tmp")
    new.write_text(text)
    new.replace(path)


def by_moving_the_old_away(path: Path, text: str) -> None:
    """As Vim does with `backupcopy=no`."""
    path.replace(path.with_name(f"{path.name}~"))
    path.write_text(text)


def in_two_writes(path: Path, text: str) -> None:
    with path.open("w") as stream:
        stream.write(text[:40])
        stream.flush()
        os.fsync(stream.fileno())
        stream.write(text[40:])


SAVES = [in_place, by_renaming, by_moving_the_old_away, in_two_writes]


@pytest.mark.parametrize("save", SAVES)
def test_a_saved_spec_is_shown(
    home: Path, serve: Serve, open_page: Open, save: Callable[[Path, str], None]
) -> None:
    tab = open_page(serve().url)
    tab.shows("Buy Shop here.")
    for title in ("Market", "Fair"):
        save(home / "shop.yaml", SPEC.replace("title: Shop", f"title: {title}"))
        tab.shows(f"Buy {title} here.")


def test_so_are_a_page_and_what_a_spec_includes(home: Path, serve: Serve, open_page: Open) -> None:
    write(home / "shop.yaml", SPEC.replace("json: {name: Apple}", "json: !include ../data/a.json"))
    write(home / "data.json", "{}")
    (home / "shop.yaml").write_text(SPEC.replace("{name: Apple}", "!include data/a.json"))
    write(home / "data/a.json", '{"name": "Pear"}')
    tab = open_page(serve().url)
    tab.shows("Pear")
    write(home / "data/a.json", '{"name": "Quince"}')
    tab.shows("Quince")
    write(home / "pages/shop.en.md", PAGE.replace("Buy", "Purchase"))
    tab.shows("Purchase Shop here.")


def test_a_page_that_did_not_change_stays(home: Path, serve: Serve, open_page: Open) -> None:
    server = serve()
    tab = open_page(server.url)
    tab.page.evaluate("window.same = true")
    write(home / "pages/shop.zh.md", "# 商店\n")
    until(lambda: "built in" in server.said, "a build")
    tab.page.wait_for_timeout(200)
    assert tab.page.evaluate("window.same")


def test_faults_stand_over_the_last_good_page(home: Path, serve: Serve, open_page: Open) -> None:
    server = serve()
    tab = open_page(server.url)
    tab.page.evaluate("window.same = true")
    write(home / "shop.yaml", SPEC.replace("request:", "requets:"))
    tab.alert.wait_for()
    shown = tab.alert.inner_text()
    assert "shop.yaml:6:5: error[CS201]: unknown key `requets`" in shown
    assert "did you mean `request`?" in shown
    assert "6 |     requets: POST /items\n  |     ^^^^^^^" in shown
    assert tab.page.get_by_text("Buy Shop here.").is_visible()
    assert tab.page.evaluate("window.same"), "nothing was reloaded"
    assert "unknown key `requets`" in server.said
    write(home / "shop.yaml", SPEC)
    tab.alert.wait_for(state="detached")
    assert tab.page.evaluate("window.same")


def test_another_fault_takes_its_place_and_a_new_page_both(
    home: Path, serve: Serve, open_page: Open
) -> None:
    tab = open_page(serve().url)
    write(home / "pages/shop.en.md", "{{ tabs('ad-item') }}\n")
    tab.shows("unknown example `ad-item`")
    write(home / "pages/shop.en.md", "{{ nothing }}\n")
    tab.shows("'nothing' is undefined")
    assert tab.page.get_by_text("unknown example").count() == 0
    write(home / "pages/shop.en.md", "# Mended\n")
    tab.shows("Mended")
    assert tab.alert.count() == 0


def test_the_faults_can_be_hidden_and_are_accessible(
    home: Path, serve: Serve, open_page: Open, axe: str
) -> None:
    tab = open_page(serve().url)
    write(home / "shop.yaml", "callsheet: 1\n")
    tab.alert.wait_for()
    for scheme in ("light", "dark"):
        tab.page.emulate_media(color_scheme=scheme)
        tab.page.evaluate(axe.replace("window.setTimeout", "setTimeout"))
        found = tab.page.evaluate("axe.run().then((result) => result.violations)")
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    tab.page.get_by_role("button", name="Hide").click()
    assert tab.alert.count() == 0


def test_a_spec_that_never_was_good_shows_its_faults(
    home: Path, serve: Serve, open_page: Open
) -> None:
    write(home / "shop.yaml", SPEC.replace("title: Shop", "title: [1]"))
    tab = open_page(serve().url)
    assert "error[CS203]" in tab.alert.inner_text()
    write(home / "shop.yaml", SPEC.replace("title: Shop", "tilte: Shop"))
    tab.shows("did you mean `title`?")
    assert tab.alert.count() == 1
    write(home / "shop.yaml", SPEC)
    tab.shows("Buy Shop here.")
    assert tab.alert.count() == 0


def test_an_included_file_that_was_missing_is_found(
    home: Path, serve: Serve, open_page: Open
) -> None:
    write(home / "shop.yaml", SPEC.replace("{name: Apple}", "!include data/a.json"))
    tab = open_page(serve().url)
    assert "error[CS" in tab.alert.inner_text()
    write(home / "data/a.json", '{"name": "Pear"}')
    tab.shows("Pear")


def test_a_new_page_is_there_and_one_that_goes_is_gone(
    home: Path, serve: Serve, open_page: Open
) -> None:
    server = serve()
    tab = open_page(f"{server.url}new.en.html")
    tab.shows("There is no /new.en.html")
    assert tab.page.get_by_role("link").count() == 2
    write(home / "pages/new.en.md", "# Brand new\n")
    tab.shows("Brand new")
    (home / "pages/new.en.md").unlink()
    tab.shows("There is no /new.en.html")


def test_a_folder_that_goes_and_comes_back_is_watched_again(
    home: Path, serve: Serve, open_page: Open
) -> None:
    """As when Git goes to a branch that lacks it, and back."""
    spec, away = home / "docs/api/shop.yaml", home / "away"
    write(spec, SPEC)
    shutil.copytree(home / "pages", spec.parent / "pages")
    tab = open_page(f"{serve('docs/api/shop.yaml').url}shop.en.html")
    shutil.copytree(home / "docs", away)
    shutil.rmtree(home / "docs")
    tab.alert.wait_for()
    shutil.copytree(away, home / "docs")
    tab.alert.wait_for(state="detached")
    write(spec, SPEC.replace("Apple", "Pear"))
    tab.shows("Pear")


def test_templates_and_catalogues_of_the_users_are_read_anew(
    home: Path, serve: Serve, open_page: Open
) -> None:
    own = home.parent / "own"
    write(own / "pages/html/response.jinja", "<p>One answer</p>")
    tab = open_page(serve("shop.yaml", "--templates", str(own)).url)
    tab.shows("One answer")
    write(own / "pages/html/response.jinja", "<p>Another answer</p>")
    tab.shows("Another answer")
    write(own / "pages/html/response.jinja", "<p>{{ nothing }}</p>")
    tab.shows("'nothing' is undefined")
    shutil.rmtree(own / "pages")
    tab.page.get_by_text("Another answer").wait_for(state="detached")
    tab.alert.wait_for(state="detached")
    assert tab.alert.count() == 0
    place = own / "locales/en/LC_MESSAGES/callsheet.po"
    write(place, 'msgid "response"\nmsgstr "What comes back"\n')
    tab.shows("What comes back")


def test_a_language_of_the_users_is_read_anew(home: Path, serve: Serve, open_page: Open) -> None:
    own = home.parent / "own"
    module = (
        "from callsheet.languages._base import Language, Runtime\n"
        "from callsheet.literals import Literals\n"
        'LANGUAGE = Language("lua", "Lua", 90, "socket", "lua", Literals(),\n'
        '    Runtime("lua", ("-v",), "a.lua", "lua a.lua", "5.1", {}))\n'
    )
    write(own / "lua/language.py", module)
    write(own / "lua/socket.lua.jinja", "{#-\ntitle: Socket\nruntime: '5.1'\n-#}\ncall()\n")
    tab = open_page(serve("shop.yaml", "--templates", str(own)).url)
    tab.page.get_by_role("tab", name="Lua").first.wait_for()
    write(own / "lua/language.py", module.replace('"Lua"', '"Moon"'))
    tab.page.get_by_role("tab", name="Moon").first.wait_for()


def test_the_reader_stays_where_he_reads(home: Path, serve: Serve, open_page: Open) -> None:
    long = "\n\n".join(f"## Part {number}\n\n" + "Words. " * 300 for number in range(20))
    write(home / "pages/shop.en.md", f"# Shop\n\n{long}\n")
    tab = open_page(serve().url)
    place = "document.getElementById('part-9').getBoundingClientRect().top"
    tab.page.evaluate("document.getElementById('part-9').scrollIntoView()")
    tab.page.evaluate("scrollBy({top: 120, behavior: 'instant'})")
    before = tab.page.evaluate(place)
    write(home / "pages/shop.en.md", f"# Shop\n\n{'New words. ' * 500}\n\n{long}\n\nThe end.\n")
    tab.page.get_by_text("The end.").wait_for(state="attached")
    until(lambda: abs(tab.page.evaluate(place) - before) < 2, "the place")
    assert tab.page.evaluate("scrollY") > 1000


def processor_time(server: Serving, spec: Path, saves: int) -> float:
    """Seconds that a server spends until it ends, with some saves before."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    text = spec.read_text()
    for number in range(1, saves + 1):
        spec.write_text(text.replace("title: ClawdRouter\n", f"title: ClawdRouter {number}\n"))
        until(lambda done=number: server.said.count("built in") == done, "the build")  # type: ignore[misc]
    server.interrupt()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_a_save_of_the_clawdrouter_spec_costs_little(home: Path, serve: Serve) -> None:
    """`benchmarks/serve.py` measures the time until it is seen, for which others must be quiet."""
    shutil.copytree(ROOT / "spec", home / "spec")
    spec = home / "spec/clawdrouter.yaml"
    idle, busy = (processor_time(serve("spec/clawdrouter.yaml"), spec, n) for n in (0, 10))
    assert (busy - idle) / 10 < 0.15
