"""A snippet that does not run as pasted to one that may: what a reader would add around it.

Imports, `<?php`, a class with a `main`, an async function: the snippet's own text stays as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_IMPORT = re.compile(r"^import [\w.*]+;\n", re.MULTILINE)
_JAVA = ("io", "net", "net.http", "nio.charset", "nio.file", "time", "util")
_GUZZLE = "require 'vendor/autoload.php';\n" + "".join(
    f"use GuzzleHttp\\{name};\n" for name in ("Client", "Psr7\\Request", "Psr7\\Utils")
)
_CSHARP = ("Net", "Net.Http.Headers", "Net.Http.Json", "Text", "Text.Json")


def wrapped(language: str, client: str, text: str) -> str:
    """The completed program; the text itself where nothing is known to complete it."""
    wrap = _WRAPS.get(language)
    return wrap(text, client) if wrap else text


def _python(text: str, client: str) -> str:
    return f"import {client}\n\n{text}" if client == "requests" else text


def _node(text: str, _: str) -> str:
    """`await` at the top level is for modules alone, `require` for all else."""
    return f"(async () => {{\n{text}\n}})();\n" if "require(" in text else text


def _java(text: str, client: str) -> str:
    if re.search(r"\bstatic\s+void\s+main\b", text):
        return text
    packages = [*(f"java.{name}" for name in _JAVA), *(["okhttp3"] if client == "okhttp" else [])]
    imports = "".join(f"import {package}.*;\n" for package in packages)
    own, rest = "".join(_IMPORT.findall(text)), _IMPORT.sub("", text)
    main = "public static void main(String[] args) throws Exception"
    return f"{imports}{own}\npublic class Main {{\n  {main} {{\n{rest}\n  }}\n}}\n"


def _php(text: str, client: str) -> str:
    rest = text.lstrip().removeprefix("<?php")
    if client != "guzzle":
        return f"<?php\n{rest}"
    head = "" if "vendor/autoload.php" in rest else _GUZZLE
    return f"<?php\n{head}{rest}"


def _ruby(text: str, _: str) -> str:
    return f'require "json"\nrequire "net/http"\nrequire "uri"\n\n{text}'


def _csharp(text: str, _: str) -> str:
    return "".join(f"using System.{name};\n" for name in _CSHARP) + text


_WRAPS: Mapping[str, Callable[[str, str], str]] = {
    "python": _python,
    "node": _node,
    "java": _java,
    "php": _php,
    "ruby": _ruby,
    "csharp": _csharp,
}
