"""Hand-written pages, and the shop whose examples they show."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet.inject.filled import Filled, fill
from callsheet.options import Options
from callsheet.sheet import sheet
from callsheet.spec.read import load
from support import ROOT

if TYPE_CHECKING:
    from callsheet.sheet import Sheet

HERE = Path(__file__).parent
SPEC = HERE / "shop.yaml"
#: Suffix of a page → what begins and what ends a comment there.
COMMENTS = {
    ".md": ("<!-- ", " -->"),
    ".mdx": ("{/* ", " */}"),
    ".html": ("<!-- ", " -->"),
    ".rst": (".. ", ""),
    ".adoc": ("// ", ""),
}
#: Every page format → the suffix of its pages.
FORMATS = {
    path.parent.name: path.name.removeprefix("page").removesuffix(".jinja")
    for path in sorted((ROOT / "templates/pages").glob("*/page.*.jinja"))
}


@cache
def shop() -> dict[str, Sheet]:
    return {"shop": sheet(load(SPEC), Options())}


def marked(wish: str, suffix: str = ".md", indent: str = "", eol: str = "\n") -> str:
    """An empty block."""
    start, end = COMMENTS[suffix]
    lines = [f"{start}callsheet:begin {wish}{end}", f"{start}callsheet:end{end}"]
    return "".join(f"{indent}{line}{eol}" for line in lines)


def page_of(form: str) -> str:
    """A page with a block of every kind in a format."""
    wishes = [
        "write-note",
        "write-note langs=node/fetch",
        "create-order refuse-order part=response",
    ]
    wishes += ["part=install", "part=environment"]
    blocks = [marked(f"{wish} format={form}", FORMATS[form]) for wish in wishes]
    return "\n".join(["Orders\n", *blocks, "End.\n"])


def filled(text: str, name: str = "page.md", *, force: bool = False) -> str:
    """The page, with nothing wrong about it."""
    done = tried(text, name, force=force)
    assert not done.faults + done.edited, "\n".join(map(str, done.faults + done.edited))
    return done.text


def tried(text: str, name: str = "page.md", *, force: bool = False, form: str = "") -> Filled:
    return fill(text, Path(name), shop(), force=force, form=form)
