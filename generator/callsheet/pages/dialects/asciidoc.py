"""AsciiDoc, as Asciidoctor and Antora read it.

A backslash escapes only what would mean something, and is shown elsewhere; so signs are written as
character references. What belongs to a list's item is joined to it by a line of `+`.
https://docs.asciidoctor.org/asciidoc/latest/
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from callsheet.pages.dialects._base import Dialect

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

#: A list's markers, whose number tells how deep it stands, and a blank line that is no end; what
#: stands before a heading, and behind a link, whose text what follows could take.
_BULLET, _NUMBER, _BLANK, _HEADING, _END = "\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6"
_MARKER = re.compile(f"^([{_BULLET}{_NUMBER}]+)", re.MULTILINE)
#: The preprocessor reads these in code as well; a backslash keeps one from it, and goes.
_DIRECTIVE = re.compile(r"^(?=(?:include|ifdef|ifndef|ifeval|endif)::\S*\[.*\]$)", re.MULTILINE)
#: What a listing would not keep: blanks at a line's end, blank lines around, a `\include::x[]`.
_ODD = re.compile(
    r"[^\S\n]$|\ufeff$|\A\n|\n\Z|^\\+(?:include|ifdef|ifndef|ifeval|endif)::", re.MULTILINE
)


class _AsciiDoc(Dialect):
    #: The second line: what Asciidoctor replaces, links, or reads as the start of something.
    special = (
        r"[\\`*_\[\]<>&#~{}^+|'\"=]"
        r"|\$(?=\$)|-(?=-)|\.(?=\.\.)|\((?=\(|C\)|R\)|TM\))|:(?=[:/])|[;@]"
    )
    starts = r"(?:[-.=/>:%•!,;]|(?:\d+|[A-Za-z]|[ivxlcdmIVXLCDM]+)(?=[.)]))"

    mixes = True

    def prose(self, markdown: str, *, titled: bool = False) -> str:
        return _finished(super().prose(markdown, titled=titled))

    @property
    def filters(self) -> Mapping[str, Callable[..., str]]:
        return {
            **super().filters,
            "fence": lambda code, lexer: _finished(self.fence(code, lexer)),
        }

    def escape(self, special: str) -> str:
        return f"&#{ord(special)};"

    def line(self, source: str) -> str:
        if source.startswith(" +"):  # the end of an empty line
            return f"{{empty}}{source}"
        source = re.sub(r"\A(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)(?=:)", _first_reference, source)
        if found := re.match(r"\A(\w+)(?=[.)])", source):
            listed = re.match(self.starts, source)
            rest = source[found.end() :]
            return f"{found[1]}{self.escape(rest[0])}{rest[1:]}" if listed else source
        return re.sub(rf"\A{self.starts}", lambda sign: self.escape(sign[0]), source)

    def inline(self, code: str) -> str:
        """Unconstrained monospace: it may touch words; its text is passed through where it can."""
        if re.search(r"[+`|\\]|\A\s|\s\Z", code):
            return f"``{self.plain(code)}``"
        return f"``++{code}++``"

    def emphasis(self, source: str) -> str:
        return f"__{source}__"

    def struck(self, source: str) -> str:
        return f"[.line-through]##{source}##"

    def link(self, source: str, url: str, title: str) -> str:
        if not url:
            return source
        source = source.replace(",", "&#44;") if title else source
        hint = f',title="{self.plain(title)}"' if title else ""
        return f"link:++{url}++[{source}{hint}]{_END}"

    def image(self, text: str, url: str, title: str) -> str:
        hint = f',title="{self.plain(title)}"' if title else ""
        return f'image:++{url}++["{self.plain(text)}"{hint}]{_END}'

    def ends(self) -> str:
        return " +\n"

    # --- blocks

    def fence(self, code: str, lexer: str) -> str:
        code = code.removesuffix("\n")
        if _ODD.search(code) or not code:
            text = escape(code, quote=False).replace("\n", "&#10;").replace("\r", "&#13;")
            html = f'<pre class="highlight"><code><span></span>{text}</code></pre>'
            return f'++++\n<div class="listingblock"><div class="content">{html}</div></div>\n++++'
        bar = _bar("-", code)
        code = _DIRECTIVE.sub(r"\\", code).replace("\n\n", f"\n{_BLANK}\n{_BLANK}")
        return f"[source,{lexer or 'text'},subs=specialchars]\n{bar}\n{code}\n{bar}"

    def heading(self, level: int, source: str) -> str:
        """A heading; the title of the page alone is of the first level."""
        return f"{_HEADING}{'=' * max(level, 2)} {source}"

    def apart(self) -> str:
        return "//-"

    def quote(self, source: str) -> str:
        bar = _bar("_", source)
        return f"{bar}\n{_kept(_discrete(source))}\n{bar}"

    def items(self, items: Sequence[str], first: int | None, *, tight: bool) -> str:  # noqa: ARG002  it is no matter
        mark = _BULLET if first is None else _NUMBER
        texts = (_attached(_discrete(item)) for item in items)
        made = (f"{mark} " + _MARKER.sub(rf"{mark}\1", text) for text in texts)
        start = f"[start={first}]\n" if first not in (None, 1) else ""
        return start + "\n".join(made)

    def rule(self) -> str:
        return "'''"

    def cell(self, source: str) -> str:
        return " ".join(source.split()).replace("|", "\\|")

    def table(self, rows: Sequence[Sequence[str]], aligns: Sequence[str]) -> str:
        columns = ",".join(_ALIGNS[align] for align in aligns)
        lines = ("\n".join(f"|{self.cell(cell)}" for cell in row) for row in rows)
        body = f"\n{_BLANK}".join(lines)
        return f'[cols="{columns}",options=header]\n|===\n{body}\n|==='

    def label(self, text: str) -> str:
        return self.plain(text)


_ALIGNS = {"left": "<", "center": "^", "right": ">", "": "<"}


def _first_reference(found: re.Match[str]) -> str:
    return f"&#{ord(found[0][0])};{found[0][1:]}"


def _bar(sign: str, source: str) -> str:
    """A delimiter that no line of the source is."""
    runs = re.findall(rf"^({re.escape(sign)}{{4,}})\s*$", source, re.MULTILINE)
    return sign * (max(map(len, runs), default=3) + 1)


def _kept(source: str) -> str:
    return source.replace("\n\n", f"\n{_BLANK}\n")


#: How a block begins that cannot stand beside a marker; `\ufdd0` is the mark of callsheet's own.
_NO_TEXT = ("[source", "[start", "++++", "[cols", "____", "[discrete", "\ufdd0", _BULLET, _NUMBER)


def _attached(item: str) -> str:
    """The blocks of an item: lists stand below it, all else is joined to it."""
    first, *others = (item or "{empty}").split("\n\n")
    if first.startswith(_NO_TEXT):
        first, others = "{empty}", [first, *others]
    up = ""
    for block in filter("//-".__ne__, others):
        is_list = block.startswith((_BULLET, _NUMBER, "[start="))
        first += f"\n{block}" if is_list else f"{up}\n+\n{block}"
        # A blank line joins what follows to the item that holds the list, not to the list's last.
        up = f"\n{_BLANK}" if is_list else ""
    return first


def _discrete(source: str) -> str:
    """What stands in a block: its headings begin no section."""
    return source.replace(_HEADING, "[discrete]\n")


def _finished(source: str) -> str:
    """Marks and blank lines as they are written."""

    def marks(found: re.Match[str]) -> str:
        return ("*" if found[1][-1] == _BULLET else ".") * len(found[1])

    source = re.sub(f"{_END}(?=[*_`\\[])", "{empty}", _MARKER.sub(marks, source))
    return re.sub(f"[{_BLANK}{_HEADING}{_END}]", "", source)


DIALECT = _AsciiDoc()
