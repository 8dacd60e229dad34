"""MDX, in which braces hold JavaScript and tags are components: Docusaurus, Starlight and others.

https://mdxjs.com/docs/what-is-mdx/
"""

from __future__ import annotations

import re

from callsheet.pages.dialects._base import Dialect


class _Mdx(Dialect):
    special = r"[\\`*_\[\]<>&~{}$]"

    def line(self, source: str) -> str:
        """No line of text begins an ES module."""
        return re.sub(r"\A(?:im|ex)(?=port\b)", _entity, super().line(source))


def _entity(found: re.Match[str]) -> str:
    return f"&#{ord(found[0][0])};{found[0][1:]}"


DIALECT = _Mdx()
