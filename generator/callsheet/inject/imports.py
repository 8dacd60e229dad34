"""What an MDX page must import for the components of a block: the first block that needs it does.

A format's own page imports what its blocks use; those lines of its template are what is needed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callsheet.inject.wishes import WishError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callsheet.pages.formats import Format

_IMPORT = re.compile(r"^import\s+([^'\"]+?)\s+from\s+(['\"][^'\"]+['\"]);?[ \t]*\r?$", re.MULTILINE)


class Imports:
    """What a page has imported so far, block by block."""

    def __init__(self, outside: str) -> None:
        """A page whose own text, blocks left out, is this."""
        self.known = {name for names, _ in _IMPORT.findall(outside) for name in _names(names)}

    def before(self, content: str, form: Format, indent: str) -> str:
        """The block with what it must still import.

        Args:
            content: The block.
            form: Its format.
            indent: What stands before it; only at the top level may anything be imported.

        Raises:
            WishError: It would have to be imported there.
        """
        lines = list(self._needed(content, form))
        if lines and indent:
            shown = " ".join(lines)
            raise WishError("", "the page imports no tabs", f"add to its top: {shown}")
        return "\n".join([*lines, "", content] if lines else [content])

    def _needed(self, content: str, form: Format) -> Iterator[str]:
        for names, module in _IMPORT.findall(str(form.source(f"page.{form.extension}.jinja"))):
            used = [name for name in _names(names) if re.search(rf"<{name}\b", content)]
            missing = [name for name in used if name not in self.known]
            self.known.update(missing)
            if missing:
                shown = f"{{ {', '.join(missing)} }}" if "{" in names else missing[0]
                yield f"import {shown} from {module};"


def _names(clause: str) -> list[str]:
    """The names that an import binds; of `a as b` the latter."""
    return [name.split()[-1] for name in re.sub(r"[{}]", "", clause).split(",") if name.strip()]
