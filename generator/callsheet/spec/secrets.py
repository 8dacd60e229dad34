"""Texts that are published → warnings where one looks like a live secret, which is never shown.

Shapes are those by which providers let their keys be found; a text that is obviously made up, such
as `sk-your-key` or a run of one character, is no secret.
"""

from __future__ import annotations

import re
from base64 import b64decode, urlsafe_b64decode
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple

from callsheet.errors import Diagnostic, SpecError
from callsheet.spec.load import read_text
from callsheet.spec.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

_WAY_OUT: Final = (
    "write `!env NAME` where a call sends it, and a placeholder such as `YOUR_KEY` elsewhere; "
    "if it is real, revoke it"
)
#: From this length on, the first characters of a secret tell no more than its provider.
_LONG: Final = 16


def _is_random(text: str) -> bool:
    """Whether letters and digits are mixed as in no word."""
    runs = re.findall(r"[A-Za-z0-9]{12,}", text)
    return any(re.search("[0-9]", run) and re.search("[A-Za-z]", run) for run in runs)


def _is_any(text: str) -> bool:
    return bool(text)


def _is_pair(text: str) -> bool:
    """Whether Base64 is of a user's name and a password (RFC 7617, section 2)."""
    try:
        user, colon, password = b64decode(text, validate=True).decode().partition(":")
    except ValueError:
        return False
    made_up = password.lower() in _PLAIN_WORDS or _is_made_up(f"{user} {password}")
    return bool(user and colon and password) and not made_up


def _is_key(text: str) -> bool:
    """Whether a line of Base64 follows the head (RFC 7468, section 3)."""
    return bool(re.search(r"[A-Za-z0-9+/]{32}", text.replace("\\n", "\n")))


def _is_token(text: str) -> bool:
    """Whether the claims of a JWT are of a real party (RFC 7519, section 3)."""
    part = text.split(".")[1]
    try:
        claims = urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode()
        return not _is_made_up(re.sub("[{}]", "", claims))
    except ValueError:
        return False


class Shape(NamedTuple):
    """What secrets of a kind look like.

    Attributes:
        name: What it is, in the user's words.
        marks: Each secret of the kind has one of these in or before it.
        pattern: All of it; where it has a group, that is the secret.
        judge: Says whether what matches may be live.
    """

    name: str
    marks: tuple[str, ...]
    pattern: str
    judge: Callable[[str], bool] = _is_random


_HEADER = r"(?i:authorization)[\"']?\s*:\s*[\"']?"
#: Narrow shapes come first: a text is reported as the first that it has.
SHAPES: Final = (
    Shape("a private key", ("PRIVATE KEY",), (
        r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:\\[nr]|[A-Za-z0-9+/=:,\s]){40,}"
    ), _is_key),
    Shape("an Anthropic key", ("sk-ant-",), r"sk-ant-[A-Za-z0-9_-]{20,}"),
    Shape("an OpenAI key", ("sk-",), r"(?<![\w-])sk-[A-Za-z0-9_-]{20,}"),
    Shape("a Stripe key", ("_live_",), r"[rs]k_live_[A-Za-z0-9]{16,}"),
    Shape("an AWS access key", ("AKIA", "ASIA"), r"\bA[KS]IA[A-Z0-9]{16}\b", _is_any),
    Shape("a GitHub token", ("gh",), r"\bgh[oprsu]_[A-Za-z0-9]{36,}"),
    Shape("a GitHub token", ("github_pat_",), r"github_pat_[A-Za-z0-9_]{22,}"),
    Shape("a GitLab token", ("glpat-",), r"glpat-[A-Za-z0-9_-]{20,}"),
    Shape("a Slack token", ("xox",), r"xox[abeprs]-[A-Za-z0-9-]{16,}"),
    Shape("a Google API key", ("AIza",), r"AIza[A-Za-z0-9_-]{35}"),
    Shape("an npm token", ("npm_",), r"npm_[A-Za-z0-9]{36}"),
    Shape("a Hugging Face token", ("hf_",), r"\bhf_[A-Za-z0-9]{34}"),
    Shape("a JSON Web Token", ("eyJ",), (
        r"(?<![\w-])eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{16,}"
    ), _is_token),
    Shape("a bearer token", ("earer", "oken"), (
        rf"{_HEADER}(?i:bearer|token)\s+([A-Za-z0-9._~+/=-]{{20,}})"
    )),
    Shape("a user's name and password", ("asic",), (
        rf"{_HEADER}(?i:basic)\s+([A-Za-z0-9+/]{{8,}}={{0,2}})"
    ), _is_pair),
    Shape("a password in a URL", ("://",), (
        r"://[^\s/:@\"'{}<>?#]+:([^\s/@\"'{}<>?#]{3,})@"
    ), _is_any),
)  # fmt: skip

#: What nobody's secret holds, but placeholders do.
_MADE_UP = re.compile(
    r"example|dummy|fake|placeholder|sample|test|your|changeme|redacted|insert|demo|mock|foobar"
    r"|secret|passw|aladdin|john.?doe|abcdef|123456|xxx|\.\.|…|(.)\1{4}|[<>{}$*]",
    re.IGNORECASE,
)
_PLAIN_WORDS = {"pass", "pwd", "pw", "token", "key"}
_FEW = 6


def _is_made_up(text: str) -> bool:
    return bool(_MADE_UP.search(text)) or len(set(text)) < min(_FEW, len(text))


def warnings(files: Iterable[Path]) -> tuple[Diagnostic, ...]:
    """A warning for each text in these files that looks like a secret, in their order."""
    found: list[Diagnostic] = []
    for file in files:
        with suppress(SpecError):  # whoever needs the file says what is wrong with it
            found += _in(read_text(file, str(file)), str(file))
    return tuple(found)


def _in(text: str, name: str) -> Iterator[Diagnostic]:
    spans = _spans(text)
    shown = Source(name, _masked(text, spans)) if spans else None
    for (start, stop), shape in sorted(spans.items()):
        secret = text[start:stop]
        head = secret[:4] if len(secret) >= _LONG else ""
        length = len(secret.split("\n", 1)[0])
        if shown is not None:
            message = f"this looks like {shape.name}: `{head}…`"
            yield shown.fault(shown.place(start, length), "CS601", message, _WAY_OUT)


def _spans(text: str) -> dict[tuple[int, int], Shape]:
    """Where secrets stand → what they are like; none within another."""
    found: dict[tuple[int, int], Shape] = {}
    for shape in SHAPES:
        if not any(mark in text for mark in shape.marks):
            continue
        for match in re.finditer(shape.pattern, text):
            start, stop = match.span(match.lastindex or 0)
            apart = all(stop <= first or last <= start for first, last in found)
            if apart and _is_live(text[start:stop], shape):
                found[start, stop] = shape
    return found


def _is_live(text: str, shape: Shape) -> bool:
    if shape.judge in {_is_token, _is_key}:
        return shape.judge(text)  # what is encoded spells words by chance
    return text.lower() not in _PLAIN_WORDS and not _is_made_up(text) and shape.judge(text)


def _masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with all but the first characters of each secret made `*`, each in its place."""
    for start, stop in spans:
        first = start + 4 if stop - start >= _LONG else start
        text = text[:first] + re.sub(r"\S", "*", text[first:stop]) + text[stop:]
    return text
