"""A binding's record to its model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.errors import quoted, suggest
from callsheet.spec.auth import auth_of
from callsheet.spec.model import Arguments, FieldRule, Output, Package, Sdk, SdkCall, SdkStream
from callsheet.spec.source import Complaint

if TYPE_CHECKING:
    from callsheet.spec.record import Rec
    from callsheet.spec.types import Context


def sdk_of(name: str, rec: Rec, context: Context) -> Sdk:
    """The binding `language/client` that a record declares."""
    language, _, key = name.partition("/")
    catalog = context.catalog
    if catalog is not None and language not in set(catalog):
        way_out = suggest(language, catalog)
        unknown = Complaint(f"unknown language {quoted(language)}", way_out, 0, len(language))
        context.complain(rec.owner, "CS301", unknown)
    return Sdk(
        language=language,
        key=key,
        title=rec.get("title", key),
        package=package_of(rec.get("package")) or Package("", ""),
        runtime=rec.get("runtime", ""),
        imports=_texts(rec, "imports"),
        client=rec.get("client", "").rstrip("\n"),
        calls={call: _call(value) for call, (value, _) in rec.get("calls", {}).items()},
        base=rec.get("base", ""),
        auth=auth_of(rec.get("auth")) if rec.get("auth") else None,
        sends=rec.get("sends", ()),
        adds=_texts(rec, "adds"),
        headers=rec.get("headers", ""),
        query=rec.get("query", ""),
    )


def package_of(rec: Rec | None) -> Package | None:
    """What is installed, or None where nothing is."""
    if rec is None:
        return None
    return Package(rec.get("name", ""), rec.get("version", ""), rec.get("install", ""))


def _texts(rec: Rec, key: str) -> tuple[str, ...]:
    return tuple(value for value, _ in rec.get(key, ()))


def _call(rec: Rec) -> SdkCall:
    stream = rec.get("stream")
    arguments = rec.get("arguments")
    return SdkCall(
        call=rec.get("call", ""),
        bind=rec.get("bind", "result"),
        arguments=_arguments(arguments) if arguments else Arguments(),
        results=_results(rec),
        stream=_stream(stream) if stream else None,
        imports=_texts(rec, "imports"),
    )


def _arguments(rec: Rec) -> Arguments:
    fields = {name: _field(value) for name, (value, _) in rec.get("fields", {}).items()}
    return Arguments(
        style=rec.get("style", "kwargs"),
        positional=_texts(rec, "positional"),
        known=_texts(rec, "known"),
        extra=rec.get("extra", ""),
        rename={name: value for name, (value, _) in rec.get("rename", {}).items()},
        type=rec.get("type", ""),
        fields=fields,
        raw=rec.get("raw", ""),
        raw_imports=_texts(rec, "raw_imports"),
    )


def _field(rec: Rec) -> FieldRule:
    return FieldRule(
        code=rec.get("code", ""),
        open=rec.get("open", ""),
        close=rec.get("close", ""),
        key=rec.get("key", ""),
        items={name: value for name, (value, _) in rec.get("items", {}).items()},
    )


def _stream(rec: Rec) -> SdkStream:
    return SdkStream(
        call=rec.get("call", ""),
        bind=rec.get("bind", "stream"),
        item=rec.get("item", "event"),
        omit=_texts(rec, "omit"),
        results=_results(rec),
    )


def _results(rec: Rec) -> dict[str, Output]:
    return {
        path: Output(value.get("text", ""), value.get("when", ""))
        for path, (value, _) in rec.get("results", {}).items()
    }
