"""Characters as HTML's entities, which Markdown takes for text and templates do not see."""

from __future__ import annotations

import re


def entity(character: str) -> str:
    """One character, by its number."""
    return f"&#{ord(character)};"


def entities(text: str) -> str:
    """Text as nothing but letters, blanks and entities."""
    return re.sub(r"[^\w ]", lambda found: entity(found[0]), text)
