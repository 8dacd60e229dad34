"""The value of a Content-Type line to what it means."""

from __future__ import annotations


def media_type(value: str, free: str = "") -> tuple[str, frozenset[tuple[str, str]]]:
    """A media type and its parameters, without what the table of tolerances lets pass.

    Args:
        value: As it stands in a Content-Type line.
        free: A parameter that may have any value, or be absent.
    """
    name, *parameters = (part.strip() for part in value.split(";"))
    found = {_parameter(parameter) for parameter in parameters if parameter}
    return name.lower(), frozenset(pair for pair in found if pair[0] != free)


def _parameter(text: str) -> tuple[str, str]:
    name, _, value = (part.strip() for part in text.partition("="))
    name, value = name.lower(), value.strip('"')
    return name, value.lower() if name == "charset" else value
