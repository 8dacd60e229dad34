"""What axios is given so that it sends it as it is; in: a request, out: its headers and data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from callsheet.errors import Unsupported
from callsheet.languages._node_parts import by_hand, sent, signs
from callsheet.layout import Items, Pair
from callsheet.values import literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from callsheet.layout import Doc
    from callsheet.literals import Literals
    from callsheet.message import Header, Payload, Signature
    from callsheet.request import Request
    from callsheet.values import Json

#: What axios leaves out where it copies an object (lib/utils.js, `merge`).
_LOST = ("__proto__", "constructor", "prototype")


@dataclass(frozen=True, slots=True)
class Axios:
    """Writes them with a language's literals.

    Attributes:
        writer: Node.js's literals.
        pair: Writes a property.
        payload: Writes a body that is one value.
    """

    writer: Literals
    pair: Callable[[str, Doc], Pair]
    payload: Callable[[Payload, Signature | None], Doc]

    @property
    def filters(self) -> Mapping[str, Callable[..., object]]:
        """For templates."""
        return {"axios_data": self._data, "axios_headers": self._headers, "multiple": self._lines}

    def _data(self, body: Payload, signature: Signature | None) -> Doc:
        """A body: an object where axios makes JSON of it, bytes where it would change a text."""
        if body.kind == "multipart":
            hand = by_hand(body, signature)
            return "Buffer.from(await form.arrayBuffer())" if hand else "form"
        is_json = "application/json" in literal(body.type)
        if body.json and is_json and self._copies(body.json.json) and not signs(signature):
            return self.writer.value(body.json.json)
        if body.kind == "text" and is_json:
            return f"Buffer.from({self.writer.block_of(body.text)})"
        return self.payload(body, signature)

    def _copies(self, value: Json) -> bool:
        """Whether axios makes the JSON text of a value that it means."""
        return isinstance(value, dict | list) and not self.writer.lacks(value) and not _loses(value)

    def _headers(self, request: Request) -> tuple[Header, ...]:
        """Header lines, of which it names the type of an object itself."""
        lines, body = sent(request), request.body
        if body is None or body.json is None or body.type != "application/json":
            return lines
        return lines[1:] if self._copies(body.json.json) and not signs(request.signature) else lines

    def _lines(self, lines: tuple[Header, ...]) -> Doc:
        """Header lines as an object, in which a repeated name has a list.

        Raises:
            Unsupported: axios leaves one out.
        """
        lost = next((line.key for line in lines if line.key in _LOST), None)
        if lost:
            raise Unsupported(f"axios leaves out a header named `{lost}`")
        names = {line.key: literal(line.name) for line in reversed(lines)}
        values = {
            key: [self.writer.text(line.value) for line in lines if line.key == key]
            for key in dict.fromkeys(line.key for line in lines)
        }
        items = (
            self.pair(names[key], texts[0] if len(texts) == 1 else Items("[", (*texts,), "]"))
            for key, texts in values.items()
        )
        return Items("{", tuple(items), "}", mode="break")


def _loses(value: Json) -> bool:
    if isinstance(value, dict):
        return any(key in _LOST for key in value) or any(map(_loses, value.values()))
    return isinstance(value, list) and any(map(_loses, value))
