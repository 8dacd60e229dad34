"""Text for Markdown and HTML: fences that hold, cells that do not split."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

from markupsafe import Markup


def fence(code: str, lexer: str) -> str:
    """A fenced code block, longer than any run of backticks in the code (CommonMark, 4.5)."""
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    ticks = "`" * max(3, longest + 1)
    return f"{ticks}{lexer}\n{code.removesuffix(chr(10))}\n{ticks}"


def inline(text: str) -> str:
    """A code span (CommonMark, 6.1)."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    ticks = "`" * (longest + 1)
    edges = text[:1] + text[-1:]
    pad = " " if "`" in edges or (edges == "  " and text.strip()) or not text else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def cell(markdown: str) -> str:
    """Markdown for a cell of a table: on one line, its bars escaped (GFM, 4.10)."""
    return re.sub(r"\s*[\r\n]\s*", " ", markdown).replace("|", "\\|")


def plain(text: str) -> str:
    """Text as Markdown that shows it as it is, wherever it stands (CommonMark, 2.4 and 2.5)."""
    escaped = re.sub(r"[\\`*_\[\]<>&~$]", r"\\\g<0>", text)
    # What would begin a list or a heading, end one, or underline one; blanks that would be lost.
    escaped = re.sub(r"^([0-9]+(?=[.)])|(?=[#+=-]))", r"\1\\", escaped)
    escaped = re.sub(r"(?<= )#(?=#*$)", r"\\#", escaped)
    return re.sub(r"^ +| +$", lambda blanks: "&#32;" * len(blanks[0]), escaped)


def safe(html: str) -> Markup:
    """HTML that we made ourselves."""
    return Markup(html)  # noqa: S704  made by markdown-it with raw HTML off, and by escaping templates


def integrity(text: str) -> str:
    """The source expression that lets an inline script or style run (CSP Level 3, 2.3.1)."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
