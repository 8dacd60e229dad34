"""Clients, found by the templates and bindings of a language's folder; nothing is listed by hand.

`python/requests.py.jinja` is the client `requests`: its first comment holds what the tool must
know of it, as YAML. `python/openai.yaml` is a binding, which `python/_sdk.py.jinja` renders.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from callsheet import languages, resources
from callsheet.errors import Diagnostic, SpecError, UsageError, suggest
from callsheet.spec import head
from callsheet.spec.format_sdk import LOWEST, PACKAGE, SDK
from callsheet.spec.load import compose, read_text
from callsheet.spec.record import Key, Record
from callsheet.spec.sdk import package_of, sdk_of
from callsheet.spec.texts import one_line
from callsheet.spec.types import INVALID, Context, Enum, MapOf, Str

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from callsheet.spec.model import Package, Sdk, Spec
    from callsheet.spec.record import Rec

_META = Record(
    "a template's head",
    {
        "title": Key(Str(check=one_line), "the name a tab shows", required=True),
        "link": Key(Str(), "the client's manual"),
        "package": Key(PACKAGE, "what is installed; nothing where the language ships it"),
        "runtime": Key(LOWEST, "lowest version of the language that runs it", required=True),
        "run": Key(
            Str(check=one_line),
            "the command line that runs it, where that is not the language's own",
        ),
        "prints": Key(Enum(("result", "body"), "form"), "what it writes of a response"),
        "streams": Key(Enum(("result", "events", "body"), "form"), "what it writes of a stream"),
        "cannot": Key(MapOf(Str(), "a mapping"), "feature of a request → why it cannot be sent"),
    },
)


@dataclass(frozen=True, slots=True)
class Client:
    """A library that a snippet calls through.

    Attributes:
        language: Key of its language.
        key: Word of the command line and of file names.
        title: Word of the page.
        template: Name of its template.
        extension: Extension of a snippet, without the dot.
        package: What is installed, or None.
        runtime: Lowest version of the language that runs it.
        run: Command line that runs its snippets; nothing where it is the language's own.
        prints: Writes the declared `result`, or the whole `body` of a response.
        streams: The same for a stream; `events` is the data of each event on a line.
        cannot: Feature of a request → why this client cannot make it.
        sdk: The binding, where it is one.
    """

    language: str
    key: str
    title: str
    template: str
    extension: str
    package: Package | None
    runtime: str
    run: str = ""
    prints: str = "result"
    streams: str = "result"
    cannot: Mapping[str, str] = field(default_factory=dict)
    sdk: Sdk | None = None

    @property
    def install(self) -> str:
        """The command that installs its package, or ""."""
        package = self.package
        if package is None:
            return ""
        return package.install.format(name=package.name, version=package.version)


@cache
def of_language(language: str, folders: tuple[Path, ...] = ()) -> Mapping[str, Client]:
    """The shipped clients of a language by key, and those of further template folders.

    Raises:
        SpecError: A template's head or a binding has faults.
    """
    found: dict[str, Client] = {}
    for folder in (resources.templates(), *reversed(folders)):
        for path in sorted((folder / language).glob("[!_]*.jinja")):
            found[path.name.partition(".")[0]] = _http(language, path)
        for path in sorted((folder / language).glob("[!_]*.yaml")):
            sdk = _binding(f"{language}/{path.stem}", path)
            found[sdk.key] = of_sdk(sdk, (*folders, resources.templates()))
    return found


def find(spec: Spec | None, language: str, key: str, folders: tuple[Path, ...] = ()) -> Client:
    """A client by key, the spec's own bindings included.

    Raises:
        UsageError: There is no such client.
    """
    own = spec.sdks.get(f"{language}/{key}") if spec else None
    if own is not None:
        return of_sdk(own, (*folders, resources.templates()))
    known = of_language(language, folders)
    if key not in known:
        names = {*known, *_own_keys(spec, language)}
        raise UsageError(f"unknown client `{key}` of {language}; {suggest(key, names)}")
    return known[key]


def catalog(folders: tuple[Path, ...] = ()) -> Mapping[str, Collection[str]]:
    """Language → keys of its clients; what a spec may name: `load(path, catalog=catalog())`.

    The loader is a lower layer, so it takes the names as data, and reports unknown ones, and the
    faults of the templates of a language that is named, with all other faults of a spec.
    """
    return _Catalog(folders)


def _own_keys(spec: Spec | None, language: str) -> set[str]:
    return {sdk.key for sdk in spec.sdks.values() if sdk.language == language} if spec else set()


def of_sdk(sdk: Sdk, folders: tuple[Path, ...]) -> Client:
    """The client that a binding declares.

    Raises:
        UsageError: The language has no template that renders bindings.
    """
    templates = (
        path for folder in folders for path in (folder / sdk.language).glob("_sdk.*.jinja")
    )
    template = next(templates, None)
    if template is None:
        raise UsageError(f"callsheet has no SDK template for {sdk.language} (`{sdk.key}`)")
    extension = template.name.removeprefix("_sdk.").removesuffix(".jinja")
    name = f"{sdk.language}/{template.name}"
    return Client(
        sdk.language, sdk.key, sdk.title, name, extension, sdk.package, sdk.runtime, sdk=sdk
    )


def _http(language: str, path: Path) -> Client:
    meta = _head(path)
    key, _, rest = path.name.partition(".")
    return Client(
        language=language,
        key=key,
        title=meta.get("title"),
        template=f"{language}/{path.name}",
        extension=rest.removesuffix(".jinja"),
        package=package_of(meta.get("package")),
        runtime=meta.get("runtime"),
        run=meta.get("run", ""),
        prints=meta.get("prints", "result"),
        streams=meta.get("streams", "result"),
        cannot={feature: reason for feature, (reason, _) in meta.get("cannot", {}).items()},
    )


def _head(path: Path) -> Rec:
    """What the first comment of a template says of its client."""
    meta = head.read(path, _META)
    if meta is None:
        message, way_out = "a client's template lacks its head", "{#- title: …, runtime: … -#}"
        raise SpecError([Diagnostic(str(path), 1, 1, "CS501", message, way_out)])
    return meta


def _binding(name: str, path: Path) -> Sdk:
    context = Context(path.parent)
    rec = SDK.read(compose(read_text(path, str(path)), str(path)), context)
    if context.faults or rec is INVALID:
        raise SpecError(context.faults)
    return sdk_of(name, rec, context)


@dataclass(frozen=True, slots=True)
class _Catalog(Mapping[str, "Collection[str]"]):
    """Language → keys of its clients; a language's templates are read when it is asked for."""

    folders: tuple[Path, ...]

    def __getitem__(self, language: str) -> Collection[str]:
        known = languages.keys(self.folders)
        if language not in known:
            raise KeyError(language)
        return of_language(language, self.folders).keys()

    def __iter__(self) -> Iterator[str]:
        return iter(languages.keys(self.folders))

    def __len__(self) -> int:
        return len(languages.keys(self.folders))
