"""An endpoint's examples to its parameters: what they send, each name once, with a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from callsheet.pages.blocks import shown
from callsheet.values import Env
from callsheet.wire import compact, lone_surrogate, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callsheet.spec.model import Body, Example, Pairs, Part
    from callsheet.values import Json, Text

Place = Literal["path", "query", "header", "cookie", "body"]
#: What is known of one parameter: where it stands, its name, a value.
_Fact = tuple[Place, str, str]
_PLACES: tuple[Place, ...] = ("path", "query", "header", "cookie", "body")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an endpoint.

    Attributes:
        place: Where it is sent.
        name: Its name; the media type of a body that has no names.
        values: What the first example that has it sends; several where it repeats the name.
    """

    place: Place
    name: str
    values: tuple[str, ...]


def parameters(examples: Iterable[Example]) -> list[Parameter]:
    """The parameters that some example sends: of the path first, then as they are met.

    Values are text as a reader types it; `$NAME` is a variable of the environment.
    """
    found: dict[tuple[Place, str], tuple[str, ...]] = {}
    for example in examples:
        own: dict[tuple[Place, str], tuple[str, ...]] = {}
        for place, name, value in _facts(example):
            own[place, name] = (*own.get((place, name), ()), value)
        for key, values in own.items():
            found.setdefault(key, values)
    rows = [Parameter(place, name, values) for (place, name), values in found.items()]
    return sorted(rows, key=lambda row: _PLACES.index(row.place))


def _facts(example: Example) -> Iterator[_Fact]:
    yield from _pairs("path", example.path.items())
    yield from _pairs("query", example.query)
    yield from _pairs("header", example.headers)
    yield from _pairs("cookie", example.cookies)
    if example.body:
        yield from _of_body(example.body)


def _pairs(place: Place, pairs: Iterable[tuple[str, Text]]) -> Iterator[_Fact]:
    for name, value in pairs:
        yield place, name, shown(value)


def _of_body(body: Body) -> Iterator[_Fact]:
    content = body.content
    if body.kind == "form":
        yield from _pairs("body", cast("Pairs", content))
    elif body.kind == "multipart":
        yield from (("body", part.name, _part(part)) for part in cast("tuple[Part, ...]", content))
    elif body.kind == "json" and isinstance(content, dict):
        yield from (("body", _key(name), json_text(value)) for name, value in content.items())
    elif body.kind == "json":
        yield "body", body.type, json_text(cast("Json", content))
    elif body.kind == "ndjson":
        yield "body", body.type, "\n".join(map(json_text, cast("list[Json]", content)))
    elif body.kind == "file":
        yield "body", body.type, str(content)
    else:
        yield "body", body.type, shown(cast("Text", content))


def _key(name: str) -> str:
    """A key as a page can show it, which no file holds otherwise."""
    return quoted(name)[1:-1] if lone_surrogate(name) else name


def _part(part: Part) -> str:
    if part.file is not None:
        return part.filename or part.file
    return shown(part.text) if part.text is not None else json_text(part.json)


def json_text(value: Json) -> str:
    """JSON text, in which `"$NAME"` stands for a variable."""
    return compact(_filled(value))


def _filled(value: Json) -> Json:
    if isinstance(value, Env):
        return f"${value.name}"
    if isinstance(value, list):
        return [_filled(item) for item in value]
    if isinstance(value, dict):
        return {key: _filled(item) for key, item in value.items()}
    return value
