"""What a reader cannot see, or what turns text around, is escaped in every language's programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callsheet import languages
from callsheet.options import Options
from callsheet.sheet import sheet
from callsheet.spec.read import load
from support import HEAD

if TYPE_CHECKING:
    from pathlib import Path

#: Marks of direction (UAX #9, section 2), separators of lines, and all that is ignored where it is
#: shown (Default_Ignorable_Code_Point), the two selectors that follow an emoji apart.
RANGES = [
    *((0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5)),
    *((0x180B, 0x180F), (0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164)),
    *((0xFE00, 0xFE0D), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF9, 0xFFFB)),
    *((0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0001, 0xE0001), (0xE0020, 0xE0023)),
    *((0xE007F, 0xE007F), (0xE0100, 0xE0103), (0xE01EF, 0xE01EF)),
]
UNSEEN = [chr(code) for first, last in RANGES for code in range(first, last + 1)]


def written(text: str) -> str:
    """Text in YAML's double quotes, in ASCII."""
    chars = (char if char.isascii() else f"\\U{ord(char):08X}" for char in text)
    return '"' + "".join(chars) + '"'


TEXT = written(f"a{'b'.join(UNSEEN)}c")
HALVES = [f"k{'b'.join(UNSEEN[start::2])}" for start in (0, 1)]
PAIRS = ", ".join(f"{written(half)}: {TEXT}" for half in HALVES)
#: A key of one such character may look like a name that needs no quotes.
NAMES = ", ".join(f"{written(f'a{char}b')}: 1, {written(char)}: 2" for char in UNSEEN)
BODIES = {
    "json": f"{{json: {{{PAIRS}}}}}",
    "names": f"{{json: {{{NAMES}}}}}",
    "exact": f"{{json: {{n: 1.10, a: {TEXT}}}}}",
    "form": f"{{form: {{{PAIRS}}}}}",
    "text": f"{{text: {TEXT}}}",
    "lines": f'{{text: "a\\n{TEXT[1:]}}}',
    "ndjson": f"{{ndjson: [{TEXT}]}}",
    "parts": f"{{multipart: [{{name: {TEXT}, text: {TEXT}}}, {{name: b, text: {TEXT}}}]}}",
}


@pytest.mark.parametrize("language", [language.key for language in languages.every()])
def test_it_is_escaped_wherever_a_spec_may_hold_it(language: str, tmp_path: Path) -> None:
    examples = [f"{key}: {{query: {{a: {TEXT}}}, body: {body}}}" for key, body in BODIES.items()]
    for number, char in enumerate(UNSEEN):
        key = f"a{char}b" if number % 2 else char
        answer = f"response: {{json: {{{written(key)}: [{{{written(key)}: 1}}]}}}}"
        path = written(f'["{key}"][0]["{key}"]').replace('"', '\\"')[2:-2]
        examples.append(f'at{number}: {{{answer}, prints: "{path}"}}')
    lines = "".join(f"      {example}\n" for example in examples)
    head = f"{HEAD}endpoints:\n  items:\n    request: POST /items\n    examples:\n"
    (tmp_path / "shop.yaml").write_text(head + lines)
    made = sheet(load(tmp_path / "shop.yaml"), Options(languages=(language,)))
    snippets = [snippet for group in made.snippets.values() for snippet in group]
    assert len(snippets) >= len(examples) - 2
    for snippet in snippets:
        seen = {f"U+{ord(char):04X}" for char in UNSEEN if char in snippet.text}
        assert not seen, snippet.file
