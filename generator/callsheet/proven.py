"""JSON reports of `callsheet verify` to what they prove: by the hash of a snippet's very text.

A snippet that was changed since has another hash, so no page claims that it was proven.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from callsheet.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

#: The layout that is read; see `verify/reports/jsonreport.py`, which writes it.
_VERSION = 1
_WAY_OUT = "`callsheet verify --report FILE.json` writes one"


@dataclass(frozen=True, slots=True)
class Proof:
    """That a snippet ran and made exactly its call.

    Attributes:
        day: Of the run, in UTC: `2026-11-24`.
        versions: The runtime's command and the packages → version.
    """

    day: str
    versions: Mapping[str, str]

    @property
    def shown(self) -> str:
        """The versions in a row: `Python 3.11.7, openai 3.54.0`."""
        return ", ".join(f"{name} {version}" for name, version in self.versions.items())


def read(paths: Iterable[Path]) -> dict[str, Proof]:
    """SHA-256 of a snippet's text → its proof; where reports disagree, the latest run counts.

    Raises:
        UsageError: A file cannot be read or is no report; says where it breaks off.
    """
    found: dict[str, Proof] = {}
    for run, cells in sorted(map(_report, paths), key=lambda report: report[0]):
        found |= {cell["sha256"]: Proof(run[:10], cell["versions"]) for cell in cells["passed"]}
        for cell in cells["failed"]:
            found.pop(cell["sha256"], None)
    return found


def _report(path: Path) -> tuple[str, dict[str, list[dict[str, Any]]]]:
    """When a report's run began, and its cells that matched or failed."""
    cells: dict[str, list[dict[str, Any]]] = {"passed": [], "failed": []}
    try:
        document = json.loads(path.read_text("utf-8"))
        if document["callsheet"] != _VERSION:
            raise UsageError(f"{path}: the report has another layout than this callsheet reads")
        for cell in document["cells"]:
            if cell["status"] == "failed" or (cell["status"], cell["level"]) == _MATCHED:
                cells[cell["status"]].append(_checked(cell))
        return _text(document["run"]), cells
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}; {_WAY_OUT}") from None
    except json.JSONDecodeError as error:
        place = f"{path}:{error.lineno}:{error.colno}"
        raise UsageError(f"{place}: this is no JSON: {error.msg}; {_WAY_OUT}") from None
    except (LookupError, RecursionError, TypeError, ValueError) as error:
        fault = f"{type(error).__name__}: {error}"
        raise UsageError(f"{path} is no report of a verification ({fault}); {_WAY_OUT}") from None


#: What a proof is: the call that arrived is the declared one.
_MATCHED = ("passed", "matched")


def _checked(cell: dict[str, Any]) -> dict[str, Any]:
    versions = {_text(name): _text(version) for name, version in cell["versions"].items()}
    return {"sha256": _text(cell["sha256"]), "versions": versions}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"text is expected, not {value!r}")
    return value
