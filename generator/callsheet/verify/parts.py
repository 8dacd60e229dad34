"""The declared Parts of a multipart body and the bytes that arrived to Differences."""

from __future__ import annotations

from mimetypes import MimeTypes
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from callsheet.spec.bodies import MEDIA_TYPES
from callsheet.verify.differences import Difference, differ, shown
from callsheet.verify.dummies import fill, fill_json
from callsheet.verify.jsonbody import json_differences
from callsheet.verify.media import media_type
from callsheet.verify.multipart import Broken, Field, fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from callsheet.spec.model import Part

#: Header lines of a part that say nothing which the part itself does not.
_KNOWN = {"content-disposition", "content-type"}
#: RFC 7578, section 4.7: deprecated, and harmless where the bytes go as they are.
_AS_THEY_ARE = {"binary", "8bit", "7bit"}
#: Extension → type, from Python's own table: the machine's would make a verdict depend on it.
_GUESSES = MimeTypes()


def part_differences(
    parts: tuple[Part, ...], body: bytes, content_type: str, env: Mapping[str, str], root: Path
) -> list[Difference]:
    """All differences: parts in order, each with its name, filename, type and bytes.

    Args:
        parts: As they are declared.
        body: What arrived.
        content_type: The value of its Content-Type line.
        env: The environment's values that the snippet ran with.
        root: Folder of the spec, which a part's file lies in.
    """
    try:
        arrived = fields(body, content_type)
    except Broken as fault:
        return [Difference("body", "a multipart body", str(fault))]
    pairs = _paired(parts, arrived)
    found = differ("parts", [part.name for part in parts], _names(arrived, pairs))
    for pair in pairs:
        found += pair.differences(env, root)
    return found


def _paired(parts: tuple[Part, ...], arrived: list[Field]) -> list[_Pair]:
    """Each declared part that arrived, wherever it stands; of those of one name, in order."""
    left = list(arrived)
    pairs = []
    for number, part in enumerate(parts, start=1):
        field = next((field for field in left if field.says("name", part.name)), None)
        if field is not None:
            left.remove(field)
            pairs.append(_Pair(part, field, f"part {number} ({part.name})"))
    return pairs


def _names(arrived: list[Field], pairs: list[_Pair]) -> list[str | None]:
    """What arrived by name, in order; a declared name in the declared spelling."""
    meant = {id(pair.field): pair.part.name for pair in pairs}
    return [meant.get(id(field), field.parameters.get("name")) for field in arrived]


class _Pair:
    """A declared part and the one at its place."""

    def __init__(self, part: Part, field: Field, place: str) -> None:
        self.part, self.field, self.place = part, field, place

    def differences(self, env: Mapping[str, str], root: Path) -> Iterator[Difference]:
        """All of them."""
        yield from self._filename()
        yield from self._type()
        yield from self._extra()
        yield from self._content(env, root)

    def _filename(self) -> list[Difference]:
        meant, sent = _filename(self.part), self.field.parameters.get("filename")
        none = sent is None and "filename*" not in self.field.parameters
        if none if meant is None else self.field.says("filename", meant):
            return []
        return [Difference(f"{self.place} filename", shown(meant), shown(sent))]

    def _type(self) -> list[Difference]:
        sent = self.field.values("content-type")
        found = [media_type(value) for value in sent]
        plain = self.part.file is not None or self.part.text is not None
        declared = self.part.type or ("" if plain else MEDIA_TYPES["json"])
        if declared:
            wanted, same = declared, found == [media_type(declared)]
        else:
            usual = _usual(self.part)
            wanted = f"none, or {' or '.join(sorted(usual))}"
            same = not found or (len(found) == 1 and found[0][0] in usual)
        return [] if same else [Difference(f"{self.place} type", wanted, shown(sent))]

    def _extra(self) -> Iterator[Difference]:
        for name, value in self.field.headers:
            key = name.lower()
            length = key == "content-length" and value == str(len(self.field.content))
            coding = key == "content-transfer-encoding" and value.lower() in _AS_THEY_ARE
            if key not in _KNOWN and not length and not coding:
                yield Difference(f"{self.place} extra header {key}", "none", shown(value))
        for name in set(self.field.parameters) - {"name", "name*", "filename", "filename*"}:
            yield Difference(f"{self.place} extra parameter {name}", "none", "one")

    def _content(self, env: Mapping[str, str], root: Path) -> list[Difference]:
        part, place = self.part, f"{self.place} content"
        if part.file is not None:
            return differ(place, (root / part.file).read_bytes(), self.field.content)
        if part.text is not None:
            text = fill(part.text, env).encode("utf-8", "surrogatepass")
            return differ(place, text, self.field.content)
        return json_differences(fill_json(part.json, env), self.field.content, place=place)


def _filename(part: Part) -> str | None:
    """The file's own name where none is declared; a text has none."""
    if part.filename is not None or part.file is None:
        return part.filename
    return PurePosixPath(part.file).name


def _usual(part: Part) -> set[str]:
    """What a client may call a part whose type is not declared (RFC 7578, section 4.4)."""
    if part.file is None:
        return {"text/plain"}
    guess, _ = _GUESSES.guess_type(_filename(part) or "")
    return {MEDIA_TYPES["file"]} | ({guess} if guess else set())
