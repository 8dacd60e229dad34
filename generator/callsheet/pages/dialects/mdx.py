"""MDX, in which braces hold JavaScript and tags are components: Docusaurus, Starlight and others.

https://mdxjs.com/docs/what-is-mdx/
"""

from __future__ import annotations

import re

from callsheet.pages.dialects._base import Dialect, quoted


class Mdx(Dialect):
    """MDX with the tables of GitHub, and directives, which many tools add."""

    special = (
        r"[\\`*_\[\]<>&~{}$]"
        # Directives, and bare URLs (GFM, 6.9), in which a backslash would be shown.
        r"|:(?=[^\W\d]|//)|(?<=\bwww)\."
    )

    def words(self, text: str) -> str:
        """Text of a paragraph, a heading or a cell, none of whose URLs becomes a link."""
        return unlinked(self.plain(text))

    def apart(self) -> str:
        """A comment, which Markdown's own would not be."""
        return "{/* */}"

    def line(self, source: str) -> str:
        """No line of text begins an ES module."""
        return re.sub(r"\A(?:im|ex)(?=port\b)", _entity, super().line(source))


def unlinked(source: str) -> str:
    """Text whose URLs become no links: text is searched for them once its escapes are gone.

    What is escaped within one would cut the link short.
    """
    return re.sub(r"\\(:)(?=//)|(?<=www)\\(\.)", _alone, source)


def _alone(found: re.Match[str]) -> str:
    return f'{{"{found[1] or found[2]}"}}'


def _entity(found: re.Match[str]) -> str:
    return f"&#{ord(found[0][0])};{found[0][1:]}"


#: An element that shows nothing: the texts beside it are read each by itself.
NOTHING = "<></>"


def dashes(source: str) -> str:
    """Text whose dashes SmartyPants does not join, so that `--flag` stays one."""
    return source.replace("--", f"-{NOTHING}-").replace("--", f"-{NOTHING}-")


def nameless(heading: str) -> str:
    """A heading whose text does not end in what would become its name, `[#name]`."""
    return f"{heading}{NOTHING}" if heading.endswith("\\]") else heading


def expression(text: str) -> str:
    """Text as a JavaScript expression: nothing but its characters, whatever they are."""
    return f"{{{quoted(text)}}}"


def element(code: str) -> str:
    """A code block that no highlighter sees: it looks for those that Markdown made."""
    return f"<pre><code>{expression(code)}</code></pre>"


DIALECT = Mdx()
