"""How large a spec may grow; what is larger is refused before it costs time or memory."""

from __future__ import annotations

#: Bytes of one file.
MAX_BYTES = 64_000_000
#: Levels of collections in one value; everything that walks a value may recurse.
MAX_DEPTH = 200
#: What aliases and includes may add to a spec, if that is not several times as large already.
MAX_NODES = 200_000
MAX_CHARACTERS = 8_000_000
MAX_GROWTH = 4
#: Files that include one another in a row.
MAX_INCLUDES = 20
#: Faults that are reported of one spec.
MAX_FAULTS = 1_000
