"""Shiki, the highlighter of many tools: what its transformers take out of code."""

from __future__ import annotations

import re

#: A comment of `@shikijs/transformers`, which leaves the code to mark lines of it.
NOTATION = re.compile(r"\[!code ")
