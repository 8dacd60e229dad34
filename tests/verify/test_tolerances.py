"""The docs' table of what the comparison lets pass, held against the code's."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet.verify.tolerances import TOLERANCES, Tolerance

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = Path(__file__).parents[2] / "ARCHITECTURE.md"
SECTION = re.compile(r"(<!-- table:tolerances -->\n).*?(<!-- /table:tolerances -->\n)", re.DOTALL)
#: `where` of a row → the words of the page.
PLACES = {
    "extra": "an undeclared header",
    "header": "a header",
    "query": "the query",
    "body": "the body",
    "stdout": "what is printed",
}


def tolerance_table() -> str:
    """The page's table, from the code's."""
    head = "| In | May differ | For | Why |\n| --- | --- | --- | --- |\n"
    return head + "".join(f"{row(tolerance)}\n" for tolerance in TOLERANCES)


def row(tolerance: Tolerance) -> str:
    name = f"`{tolerance.name}`" if tolerance.where == "extra" else tolerance.name
    clients = "all" if tolerance.clients == "*" else f"`{tolerance.clients}`"
    cells = (PLACES[tolerance.where], name, clients, tolerance.reason)
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def test_the_table_of_tolerances_is_current(golden: Callable[[Path, str], None]) -> None:
    page = PAGE.read_text("utf-8")
    assert len(SECTION.findall(page)) == 1
    golden(PAGE, SECTION.sub(lambda match: match[1] + tolerance_table() + match[2], page))


def test_no_exception_is_listed_twice() -> None:
    keys = [(tolerance.where, tolerance.name, tolerance.clients) for tolerance in TOLERANCES]
    assert len(keys) == len(set(keys))
