"""Which spec and which folder a command means when the user names none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from callsheet.errors import UsageError, quoted

if TYPE_CHECKING:
    from callsheet.options import Options


@dataclass(frozen=True, slots=True)
class Project:
    """The settings of `[tool.callsheet]` and the folder they are relative to."""

    root: Path
    settings: dict[str, Any]

    def specs(self, given: str | None) -> list[Path]:
        """The specs a command works on.

        Raises:
            UsageError: None was named and none is found.
        """
        if given:
            return [Path(given)]
        found = self._named("spec")
        found = found or sorted((self.root / "spec").glob("*.yaml"))
        if not found:
            raise UsageError(
                "no spec is named and there is no `spec/*.yaml`; `callsheet init` writes one"
            )
        return [near(path) for path in found]

    def cited(self, options: Options) -> Options:
        """The options with the reports of `verified`, where the command line names none."""
        given = tuple(map(Path, options.verified))
        return replace(options, verified=given or tuple(map(near, self._named("verified"))))

    def _named(self, key: str) -> list[Path]:
        """The files of a setting, which is a name or a list of them."""
        named = self.settings.get(key, [])
        return [self.root / name for name in ([named] if isinstance(named, str) else named)]

    def output(self, spec: Path, given: str | None) -> Path:
        """The folder a spec is built into.

        Raises:
            UsageError: No folder can have that name.
        """
        base = self.root / str(self.settings.get("output", "output"))
        folder = Path(given) if given else near(base / spec.stem)
        try:
            folder.stat()
        except (FileNotFoundError, NotADirectoryError):
            pass  # it is made, or writing says why not
        except (OSError, ValueError) as error:
            reason = (getattr(error, "strerror", None) or str(error)).lower()
            raise UsageError(f"{quoted(str(folder))} cannot be a folder: {reason}") from None
        return folder


def find(start: Path | None = None) -> Project:
    """The project of a folder: the nearest pyproject.toml that speaks of callsheet.

    Args:
        start: The folder; the current one if None.

    Raises:
        UsageError: That file cannot be read.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        file = folder / "pyproject.toml"
        if file.is_file():
            settings = _settings(file)
            if settings is not None:
                return Project(folder, settings)
        if (folder / ".git").exists():
            break
    return Project(here, {})


def _settings(file: Path) -> dict[str, Any] | None:
    text = file.read_text("utf-8", "replace")
    if "tool.callsheet" not in text:
        return None
    import tomllib

    try:
        settings: dict[str, Any] | None = tomllib.loads(text).get("tool", {}).get("callsheet")
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{file}: {error}") from None
    return settings


def near(path: Path) -> Path:
    """The path as the user would type it from here."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path
