"""Faults of a JSON body, written as each language writes the value."""

from __future__ import annotations

import json
from typing import Any

from .fault import LANGUAGES, Edit, Fault, fault

#: Languages whose snippet holds the JSON as text.
TEXT = ("curl", "go", "java", "csharp")
_WORDS = {
    "python": {"true": "True", "null": "None"},
    "ruby": {"null": "nil"},
}


def written(language: str, value: Any) -> str:
    """A value in a language's syntax and layout."""
    if isinstance(value, str):
        return f"'{value}'" if language == "php" else f'"{value}"'
    if isinstance(value, list):
        return f"[{', '.join(written(language, item) for item in value)}]"
    if isinstance(value, dict):
        inner = ", ".join(member(language, key, item) for key, item in value.items())
        left, right = {"php": "[]", "node": ("{ ", " }"), "ruby": ("{ ", " }")}.get(language, "{}")
        return f"{left}{inner}{right}"
    word = json.dumps(value)
    return _WORDS.get(language, {}).get(word, word)


def member(language: str, key: str, value: Any) -> str:
    """A member of an object."""
    text = written(language, value)
    if language == "php":
        return f"'{key}' => {text}"
    return f"{key}: {text}" if language in ("node", "ruby") else f'"{key}": {text}'


def changed(
    name: str, places: str | tuple[str, ...], *edits: tuple[Any, ...], **more: Any
) -> Fault:
    """A fault of members: (key, old value, new value), or with a new key as the last."""
    by_language: dict[str, Edit] = {
        language: tuple(
            (member(language, key, old), member(language, new_key, new))
            for key, old, new_key, new in map(_four, edits)
        )
        for language in LANGUAGES
    }
    return fault(name, "json", places, by_language, **more)


def _four(edit: tuple[Any, ...]) -> tuple[str, Any, str, Any]:
    key, old, new, *new_key = edit
    return key, old, new_key[0] if new_key else key, new


def replaced(
    name: str, place: str, key: str, value: Any, *others: tuple[str, Any], **more: Any
) -> Fault:
    """A fault in which a member that others follow is replaced by any number of them."""
    by_language: dict[str, Edit] = {
        language: (
            (
                f"{member(language, key, value)},",
                "".join(f"{member(language, *other)}, " for other in others),
            ),
        )
        for language in LANGUAGES
    }
    return fault(name, "json", place, by_language, **more)


RATIO, SIZE, CROP = 0.123456789, ("width", 1024), {"left": 1, "top": 2}

FAULTS = (
    changed("changed JSON value", "body at model", ("model", "small", "large")),
    changed(
        "swapped JSON values",
        ("body at width", "body at height"),
        ("width", 1024, 768),
        ("height", 768, 1024),
        issue=True,
    ),
    changed("number rounded", "body at ratio", ("ratio", RATIO, 0.12345679), issue=True),
    changed("number as string", "body at width", ("width", 1024, "1024")),
    changed("`true` as string", "body at hidden", ("hidden", True, "true"), issue=True),
    changed("null as empty string", "body at note", ("note", None, "")),
    changed("renamed key", ("body at ratio", "body at ratios"), ("ratio", RATIO, RATIO, "ratios")),
    changed("array for object", "body at crop", ("crop", CROP, [1, 2]), issue=True),
    changed(
        "wrong order of an array",
        ("body at tags[0]", "body at tags[1]"),
        ("tags", ["sun", "sea"], ["sea", "sun"]),
    ),
    changed("lost item of an array", "body at tags[1]", ("tags", ["sun", "sea"], ["sun"])),
    changed("nested value", "body at crop.top", ("crop", CROP, {"left": 1, "top": 3})),
    replaced("missing key", "body at width", *SIZE, issue=True),
    replaced("extra key", "body at depth", *SIZE, SIZE, ("depth", 8), issue=True),
    replaced(
        "key written twice",
        "body",
        *SIZE,
        ("width", 1),
        SIZE,
        **dict.fromkeys(("python", "node", "php", "ruby"), "its value holds a key once"),
    ),
    fault(
        "truncated JSON",
        "json",
        "body",
        curl=(("null\n}'", "null\n'"),),
        python=(
            ("    json={\n", "    data=json.dumps({\n"),
            ("    },\n    timeout", "    })[:-1],\n    timeout"),
            ("import os\n", "import json\nimport os\n"),
            ('"X-Mode"', '"Content-Type": "application/json", "X-Mode"'),
        ),
        node=(("    }),\n", "    }).slice(0, -1),\n"),),
        go=(("null\n}`", "null\n`"),),
        java=(("null\n        }\\", "null\\"),),
        php=(
            ("json_encode([", "substr(json_encode(["),
            ("    ]),\n", "    ]), 0, -1),\n"),
        ),
        ruby=(("}.to_json", "}.to_json.chop"),),
        csharp=(("null\n    }\n", "null\n"),),
        issue=True,
    ),
    fault(
        "JSON in a JSON string",
        "json",
        "body",
        dict.fromkeys(TEXT, "no one quotes a text that is JSON already"),
        python=(
            ("    json={\n", "    json=json.dumps({\n"),
            ("    },\n    timeout", "    }),\n    timeout"),
            ("import os\n", "import json\nimport os\n"),
        ),
        node=(
            ("JSON.stringify({", "JSON.stringify(JSON.stringify({"),
            ("    }),\n", "    })),\n"),
        ),
        php=(("json_encode([", "json_encode(json_encode(["), ("    ]),\n", "    ])),\n")),
        ruby=(("}.to_json", "}.to_json.to_json"),),
    ),
)
