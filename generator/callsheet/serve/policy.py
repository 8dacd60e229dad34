"""An HTML page to the one that is served: with our script, which its security policy lets run."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from callsheet.pages.markup import integrity

if TYPE_CHECKING:
    from collections.abc import Sequence

_META = re.compile(
    r'(<meta\s+http-equiv="?Content-Security-Policy"?\s+content=")([^"]*)(")', re.IGNORECASE
)
_BODY = re.compile(r"</body\s*>(?!.*</body)", re.IGNORECASE | re.DOTALL)


def equipped(content: bytes, script: str, **data: str) -> bytes:
    """A page with a script at its end.

    Args:
        content: HTML in UTF-8.
        script: JavaScript without `</script`.
        data: What the script finds in its `document.currentScript.dataset`.
    """
    words = "".join(f' data-{name}="{html.escape(value)}"' for name, value in data.items())
    element = f"<script{words}>{script}</script>"

    def admitted(match: re.Match[str]) -> str:
        policy = admit(html.unescape(match[2]), integrity(script))
        return match[1] + html.escape(policy) + match[3]

    text = _META.sub(admitted, content.decode("utf-8", "replace"))
    end = _BODY.search(text)
    at = end.start() if end else len(text)
    return (text[:at] + element + text[at:]).encode()


def admit(policy: str, source: str) -> str:
    """A Content-Security-Policy that lets one script run, and ask its own origin, besides.

    Args:
        policy: Directives between semicolons (CSP Level 3, 2.2.1).
        source: The script's hash expression.
    """
    directives = {
        words[0].lower(): words[1:] for words in map(str.split, policy.split(";")) if words
    }
    for name, added in (
        ("script-src", source),
        ("script-src-elem", source),
        ("connect-src", "'self'"),
    ):
        inherited = None if name.endswith("-elem") else directives.get("default-src")
        given = directives.get(name, inherited)
        if given is not None and not _is_open(given):
            directives[name] = [word for word in given if word != "'none'"] + [added]
    return "; ".join(" ".join([name, *words]) for name, words in directives.items())


def _is_open(sources: Sequence[str]) -> bool:
    """Whether any inline script runs; a hash would forbid all the others (CSP 3, 6.7.3.2)."""
    exact = any(word.startswith(("'sha", "'nonce-")) for word in sources)
    return "'unsafe-inline'" in sources and not exact
