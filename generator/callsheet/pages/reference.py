"""A Sheet alone to Documents: the reference page, in each locale that the spec's own texts have.

Its text is Markdown made here. What the spec says is data, so all of it is escaped; what callsheet
says is in the catalogues. Every format prints the page as it prints one that somebody wrote.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callsheet.pages import auths, dialects
from callsheet.pages.parameters import parameters
from callsheet.pages.source import Calls, Document
from callsheet.pages.statuses import named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callsheet.pages.parameters import Parameter
    from callsheet.sheet import Sheet
    from callsheet.spec.model import Auth, Endpoint, Example, Localized, Spec

#: The page's name, as a page's file would have it.
NAME = "reference"
#: A segment of a path that groups nothing.
_COMMON = re.compile(r"v\d[\w.-]*|api|rest", re.IGNORECASE)
#: A longer value is cut; it stands whole in the snippets.
_LONGEST = 60
#: What a mark in the text is made of.
_NONCHARACTERS = re.compile("[\ufdd0-\ufdef]")
#: How readers are to see what ends a line.
_SHOWN = str.maketrans({"\n": "\\n", "\r": "\\r", "\t": "\\t", "\u2028": "\\u2028"})


def documents(sheet: Sheet) -> list[Document]:
    """The reference page in every locale."""
    return [_Page(sheet, locale).document() for locale in _locales(sheet.spec) or [""]]


def _locales(spec: Spec) -> list[str]:
    """The locales of a spec's texts, in the order in which they are met."""
    return list(dict.fromkeys(key for text in _texts(spec) for key in text.texts if key))


def _texts(spec: Spec) -> Iterator[Localized]:
    yield from (spec.title, spec.description)
    yield from (variable.title for variable in spec.variables)
    for endpoint in spec.endpoints:
        yield from (endpoint.title, endpoint.description)
        for example in endpoint.examples:
            yield from (example.title, example.description)


def groups(endpoints: Iterable[Endpoint]) -> dict[str, list[Endpoint]]:
    """Start of the path → its endpoints; one group of all, "", where nothing is gained."""
    found: dict[str, list[Endpoint]] = {}
    for endpoint in endpoints:
        found.setdefault(_start(endpoint.path), []).append(endpoint)
    everything = [endpoint for group in found.values() for endpoint in group]
    gains = 1 < len(found) < len(everything)
    return found if gains else {"": everything}


def _start(path: str) -> str:
    """A path up to its first segment that says what it is about: `/v1/orders`."""
    start = ""
    for segment in path.strip("/").split("/"):
        if segment.startswith("{"):
            break
        start += f"/{segment}"
        if not _COMMON.fullmatch(segment):
            break
    return start or "/"


def calls(endpoint: Endpoint) -> list[list[Example]]:
    """The examples of an endpoint; refusals of the same call stand behind what they refuse."""
    found: list[list[Example]] = []
    for example in sorted(endpoint.examples, key=lambda one: one.response.refuses):
        same = (group for group in found if _call(group[0]) == _call(example))
        home = next(same, None) if example.response.refuses else None
        if home is None:
            found.append([example])
        else:
            home.append(example)
    return found


def _call(example: Example) -> tuple[object, ...]:
    """All that is sent."""
    named = (example.query, example.headers, example.cookies)
    return (dict(example.path), *named, example.auth, example.body, example.clients)


class _Page:
    """Writes the page of a locale, part by part."""

    def __init__(self, sheet: Sheet, locale: str) -> None:
        self.sheet, self.spec, self.locale = sheet, sheet.spec, locale
        name = f"{NAME}.{locale}.md" if locale else f"{NAME}.md"
        self.page = Document(sheet.spec.root / name, sheet, locale)
        self.page.title = _line(self.spec.title.get(locale))
        self.page.description = _line(self.spec.description.get(locale))
        self.calls = Calls(self.page)
        self.dialect = dialects.get("markdown")

    def document(self) -> Document:
        """The page."""
        self.page.text = "\n\n".join(filter(None, self._parts())) + "\n"
        return self.page

    def _parts(self) -> Iterator[str]:
        label = self.page.label
        yield self._heading(1, self.page.title)
        yield self._prose(self.spec.description)
        yield self._said(label("server"), url=self._code(self.spec.server))
        yield from self._preparations()
        for start, endpoints in groups(self.spec.endpoints).items():
            if start:
                yield f"## {self._code(start)}"
            for endpoint in endpoints:
                yield from self._endpoint(endpoint, 3 if start else 2)

    def _preparations(self) -> Iterator[str]:
        """What a reader needs before the first call."""
        label = self.page.label
        examples = [example for endpoint in self.spec.endpoints for example in endpoint.examples]
        styles = dict.fromkeys(style for example in examples for style in example.auth)
        if styles:
            yield self._heading(2, label("authentication"))
            yield "\n".join(f"- {self._style(style)}" for style in styles)
        if self.spec.variables or any(self.sheet.requests[one.id].env for one in examples):
            yield self._heading(2, label("environment"))
            yield self.calls.environment()
        if any(self.sheet.snippets.values()):
            yield self._heading(2, label("install"))
            yield self.calls.install()

    def _endpoint(self, endpoint: Endpoint, level: int) -> Iterator[str]:
        title = _line(endpoint.title.get(self.locale))
        line = self._code(f"{endpoint.method} {endpoint.path}")
        yield self._heading(level, title) if title else f"{'#' * level} {line}"
        yield line if title else ""
        yield self._prose(endpoint.description)
        auths_used = dict.fromkeys(example.auth for example in endpoint.examples)
        yield self._auth(next(iter(auths_used))) if len(auths_used) == 1 else ""
        yield self._table(parameters(endpoint.examples))
        found = calls(endpoint)
        for group in found:
            own = _line(group[0].title.get(self.locale))
            if len(found) > 1 or own not in ("", title):
                name = own or group[0].id
                yield self._heading(level + 1, name)
            yield self._auth(group[0].auth) if len(auths_used) > 1 else ""
            yield from self._calls(group)

    def _calls(self, group: list[Example]) -> Iterator[str]:
        """An example with the answers to it."""
        yield self._prose(group[0].description)
        yield "\n".join(filter(None, map(self._refusal, group[1:])))
        yield self.calls.tabs(group[0].id)
        yield self.calls.response(*(example.id for example in group))

    def _refusal(self, example: Example) -> str:
        """What the spec says of an answer that stands under its status alone."""
        said = (example.title.get(self.locale), example.description.get(self.locale))
        text = " · ".join(filter(None, map(_line, said)))
        return f"- {self._code(named(example.response.status))} {self._plain(text)}" if text else ""

    def _auth(self, styles: tuple[Auth, ...]) -> str:
        if not styles and not any(one.auth for e in self.spec.endpoints for one in e.examples):
            return ""
        said = " + ".join(map(self._style, styles)) or self.page.label("auth_none")
        return self._said(self.page.label("auth_used"), styles=said)

    def _style(self, style: Auth) -> str:
        return auths.words(style, self.page, self.dialect)

    def _table(self, rows: list[Parameter]) -> str:
        label = self.page.label
        if not rows:
            return ""
        places = {
            "path": label("in_path"),
            "query": label("in_query"),
            "header": label("in_header"),
            "cookie": label("in_cookie"),
            "body": label("in_body"),
        }
        head = (label("parameter"), label("place"), label("example"))
        body = [
            (self._seen(row.name), places[row.place], ", ".join(map(self._value, row.values)))
            for row in rows
        ]
        return self.dialect.table([head, *body], ["", "", ""])

    # --- The spec's words as Markdown

    def _heading(self, level: int, text: str) -> str:
        return self.dialect.heading(level, self._plain(text))

    def _prose(self, text: Localized) -> str:
        """Paragraphs, as blank lines divide them."""
        parts = re.split(r"\n\s*\n", text.get(self.locale).strip())
        return "\n\n".join(self.dialect.line(self._plain(_line(part))) for part in parts)

    def _plain(self, text: str) -> str:
        return re.sub(r"#(?=#*\Z)", r"\\#", self.dialect.plain(text))

    def _code(self, text: str) -> str:
        return self.dialect.inline(_NONCHARACTERS.sub("\ufffd", text.translate(_SHOWN)))

    def _value(self, text: str) -> str:
        return self._seen(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")

    def _seen(self, text: str) -> str:
        return self._code(text or '""')

    def _said(self, text: str, **filled: str) -> str:
        """A sentence of callsheet's own."""
        return self.dialect.plain(text).format(**filled)


def _line(text: str) -> str:
    """Text on one line, without what a mark is made of."""
    return _NONCHARACTERS.sub("\ufffd", " ".join(text.split()))
