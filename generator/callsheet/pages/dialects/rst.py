"""reStructuredText, as docutils and Sphinx read it.

It has no markup within markup, and markup ends only before a blank or a sign. So each piece is
kept with the text that it shows, until it is known what stands around it.
https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from callsheet.pages.dialects._base import Dialect
from callsheet.render import indented

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

#: A piece: how it is written, and what it shows. None of the four can be typed.
_OPEN, _SHOWS, _CLOSE, _HEADING = "\ufdd2\ufdd3\ufdd4\ufdd5"
_PIECE = re.compile(f"{_OPEN}([^{_SHOWS}]*){_SHOWS}([^{_CLOSE}]*){_CLOSE}")
_MARKS = "=-~^\"'"
#: What docutils takes for the end of a line, besides LF.
_ENDS = re.compile("[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
#: What the reader of directives would not keep: line ends other than LF, tabs, blanks around.
_ODD = re.compile(r"[\t\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]|[ ]$|\A[ \n]|\n\Z", re.MULTILINE)
_ENTITIES = {ord(char): f"&#{ord(char)};" for char in "\t\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"}
#: What a page may use without more ado, by the text that uses it.
_DEFINED = {
    "|br|": ".. |br| raw:: html\n\n   <br>\n",
    ":strike:`": ".. role:: strike\n   :class: strike\n",
}
_IMAGE = re.compile(r"(?<!\\)\|(image (\S+) ?([^|\n]*))\|")


class _Rst(Dialect):
    special = r"[\\`*_|]|:(?=:)"
    #: Signs of blocks, of lists by number or letter; a line of one sign underlines a title.
    starts = (
        r"(?:[+/:>=#.-]|(?:\((?=\w+\))|\d+|[A-Za-z]|[ivxlcdmIVXLCDM]+)(?=[\w]*[.)](?:\s|$))"
        r"|([^\w\s\\])(?=\1*\s*$))"
    )

    def prose(self, markdown: str, *, titled: bool = False) -> str:
        text = _numbered(super().prose(markdown, titled=titled))
        return "\n".join([*_definitions(text), text])

    @property
    def filters(self) -> Mapping[str, Callable[..., str]]:
        return {
            **super().filters,
            "inline": lambda code: _joined(self.inline(code)),
            "odd": lambda code: "odd" if is_odd(code) else "",
        }

    def plain(self, text: str) -> str:
        return super().plain(_ENDS.sub(" ", re.sub(f"[{_OPEN}-{_HEADING}]", "", text)))

    def line(self, source: str) -> str:
        guarded = re.sub(rf"\A{self.starts}", lambda found: f"\\{found[0]}", source)
        return _joined(guarded)

    def inline(self, code: str) -> str:
        code = code.strip()
        if "``" in code or code.startswith("`") or code.endswith(("`", "\\")):
            special = re.sub(r"[\\`]", r"\\\g<0>", code)
            return _piece(f":literal:`{special}`", code, self)
        return _piece(f"``{code}``", code, self) if code else ""

    def emphasis(self, source: str) -> str:
        return self._around(source, "*", "*")

    def strong(self, source: str) -> str:
        return self._around(source, "**", "**")

    def struck(self, source: str) -> str:
        return self._around(source, ":strike:`", "`")

    def _around(self, source: str, before: str, after: str) -> str:
        """Marks around the text; what has marks already keeps its own."""
        source = source.replace("\n", " ")
        parts = re.split(f"({_OPEN}[^{_CLOSE}]*{_CLOSE})", source)
        return "".join(_marked(part, before, after) for part in parts)

    def link(self, source: str, url: str, title: str) -> str:  # noqa: ARG002  it has none
        text = _shown(source).replace("\n", " ").replace("<", "\\<")
        if not url or not text.strip():
            return source
        target = re.sub(r"[\\<>_` ]", r"\\\g<0>", url)
        return f"{_OPEN}`{text} <{target}>`__{_SHOWS}{text}{_CLOSE}"

    def image(self, text: str, url: str, title: str) -> str:  # noqa: ARG002  same
        """The head of a page says what each name between bars stands for."""
        name = " ".join(f"image {url} {text}".replace("|", "").split())
        return f"{_OPEN}|{name}|{_SHOWS}{self.plain(text)}{_CLOSE}"

    def ends(self) -> str:
        return f"{_OPEN}|br|{_SHOWS}{_CLOSE}\n"

    # --- blocks

    def fence(self, code: str, lexer: str) -> str:
        """A code block; one that a directive would change is HTML where that is what is made."""
        code = code.removesuffix("\n")
        text = indented(_ENDS.sub(" ", code) or "..", 3)
        lines = f".. code-block:: {lexer or 'text'}\n   :force:\n\n   {text}"
        if not is_odd(code):
            return lines
        html = escape(code, quote=False).translate(_ENTITIES).replace("\n", "&#10;")
        html = f'<div class="highlight"><pre><span></span>{html}</pre></div>'
        return (
            f".. only:: html\n\n   .. raw:: html\n\n      {html}\n\n"
            f".. only:: not html\n\n   {indented(lines, 3)}"
        )

    def heading(self, level: int, source: str) -> str:
        return f"{_HEADING}{level}{_joined(self.line(source))}"

    def quote(self, source: str) -> str:
        return f"..\n\n   {indented(source, 3)}"

    def items(self, items: Sequence[str], first: int | None, *, tight: bool) -> str:  # noqa: ARG002  same
        return "..\n\n" + super().items(items, first, tight=False)

    def joined(self, blocks: Sequence[str], *, tight: bool) -> str:  # noqa: ARG002  same
        return super().joined(blocks, tight=False)

    def apart(self) -> str:
        return ".."

    def rule(self) -> str:
        return ".. raw:: html\n\n   <hr>"

    def cell(self, source: str) -> str:
        return self.line(" ".join(source.split()))

    def table(self, rows: Sequence[Sequence[str]], aligns: Sequence[str]) -> str:  # noqa: ARG002  same
        lines = [".. list-table::", "   :header-rows: 1", ""]
        for row in rows:
            first, *others = (self.cell(cell) for cell in row)
            lines += [f"   * - {first}".rstrip(), *(f"     - {cell}".rstrip() for cell in others)]
        return "\n".join(lines)

    def label(self, text: str) -> str:
        return self.line(self.plain(text))


def is_odd(code: str) -> bool:
    """Whether a directive would not keep a code as it is."""
    code = code.removesuffix("\n")
    lines = [line for line in code.split("\n") if line]
    return bool(_ODD.search(code)) or all(line.startswith(" ") for line in lines)


def _piece(source: str, shows: str, dialect: Dialect) -> str:
    return f"{_OPEN}{source}{_SHOWS}{dialect.plain(shows)}{_CLOSE}"


def _marked(part: str, before: str, after: str) -> str:
    text = part.strip()
    if not text or part.startswith(_OPEN):
        return part
    return part.replace(text, f"{_OPEN}{before}{text}{after}{_SHOWS}{text}{_CLOSE}")


def _shown(source: str) -> str:
    """The text that pieces show, without marks."""
    return _PIECE.sub(r"\2", source)


def _joined(source: str) -> str:
    """Pieces as they are written; an escaped blank, which is not shown, where they touch a word."""
    source = _PIECE.sub(rf"{_OPEN}\1{_CLOSE}", source)
    source = re.sub(rf"(?<=\S)(?<!{_CLOSE}){_OPEN}|{_CLOSE}{_OPEN}", r"\\ ", source)
    source = re.sub(rf"{_CLOSE}(?=[^\s.,;:!?)\\])", r"\\ ", source)
    return re.sub(f"[{_OPEN}{_CLOSE}]", "", source)


def _numbered(text: str) -> str:
    """Titles with marks by how deep they stand; a level must not be left out on the way down."""
    open_levels: list[int] = []

    def placed(match: re.Match[str]) -> str:
        level = int(match[2])
        if match[1]:  # within a list or a quotation there are no sections
            return f"{match[1]}.. rubric:: {match[3]}"
        while open_levels and open_levels[-1] >= level:
            open_levels.pop()
        open_levels.append(level)
        return _underlined(match[3], _MARKS[len(open_levels) - 1])

    return re.sub(f"(?m)^([^{_HEADING}\n]*){_HEADING}(\\d)(.*)", placed, text)


def _definitions(text: str) -> list[str]:
    """What the pieces of a text stand for."""
    used = [made for word, made in _DEFINED.items() if word in text]
    images = dict.fromkeys(_IMAGE.findall(text))
    return [*used, *(f".. |{name}| image:: {url}\n   :alt: {alt}\n" for name, url, alt in images)]


def _underlined(title: str, mark: str) -> str:
    width = sum(2 if east_asian_width(char) in "WFA" else 1 for char in title)
    return f"{title}\n{mark * width}"


DIALECT = _Rst()
