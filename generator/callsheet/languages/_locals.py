"""The name of an environment variable to the name of the local that holds its value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callsheet.errors import Unsupported

if TYPE_CHECKING:
    from collections.abc import Collection

#: Names that become camel case, no two of them the same.
_SNAKE = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")


def local(variable: str, taken: Collection[str], initialisms: Collection[str] = ()) -> str:
    """A variable's local: `API_KEY` is `apiKey`; an unusual or taken name is `env_` and itself.

    Args:
        variable: The environment variable.
        taken: What a local cannot be called: keywords, and names that the program uses.
        initialisms: Words written in capitals behind the first one, such as `ID`.
    """
    first, *rest = variable.split("_")
    words = (word if word in initialisms else _capitalized(word) for word in rest)
    name = first.lower() + "".join(words)
    return name if _SNAKE.fullmatch(variable) and name not in taken else f"env_{variable}"


def own(name: str, env: Collection[str]) -> str:
    """A local of the program's own, such as `token`, unless a variable's local has its name.

    Raises:
        Unsupported: One has it.
    """
    if name.upper() in env:
        raise Unsupported(f"the local `{name}` holds ${name.upper()} already")
    return name


def _capitalized(word: str) -> str:
    """`KEY` as `Key`; digits keep their `_`, or `KEY_2` and `KEY2` would be one."""
    return f"_{word.lower()}" if word[:1].isdigit() else word.capitalize()
