"""The generators as data: what each is given, and which of its targets stands for a language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Target:
    """What a generator makes for one language.

    Attributes:
        language: Key of callsheet's language, whose runner runs it.
        client: Key of callsheet's client of the same library: what that adds to a call is let pass.
        words: The generator's own words for the target.
        options: Its own options, where its default is not its best.
    """

    language: str
    client: str
    words: tuple[str, ...]
    options: Mapping[str, bool] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """How reports call it."""
        return "/".join(self.words)


@dataclass(frozen=True, slots=True)
class Peer:
    """A generator.

    Attributes:
        key: Its name in `generate.mjs`.
        package: Its npm package.
        targets: The target that did best in each language.
        others: Those that did no better, for `--every-target`.
    """

    key: str
    package: str
    targets: tuple[Target, ...]
    others: tuple[Target, ...] = ()


#: callsheet's own client that matches most, where that is not its plain one.
OWN = {"php": "guzzle"}
_WHOLE = {"includeBoilerplate": True}

PEERS = (
    Peer(
        "kong",
        "httpsnippet",
        (
            Target("curl", "curl", ("shell", "curl")),
            Target("python", "requests", ("python", "requests")),
            Target("node", "fetch", ("node", "native")),
            Target("go", "net-http", ("go", "native")),
            Target("java", "http-client", ("java", "nethttp")),
            Target("php", "guzzle", ("php", "guzzle")),
            Target("ruby", "net-http", ("ruby", "native")),
            Target("csharp", "http-client", ("csharp", "httpclient")),
        ),
        (
            Target("node", "fetch", ("javascript", "fetch")),
            Target("node", "axios", ("node", "axios")),
            Target("node", "axios", ("javascript", "axios")),
            Target("java", "okhttp", ("java", "okhttp")),
            Target("php", "curl", ("php", "curl")),
        ),
    ),
    Peer(
        "readme",
        "@readme/httpsnippet",
        (
            Target("curl", "curl", ("shell", "curl")),
            Target("python", "requests", ("python", "requests")),
            Target("node", "fetch", ("javascript", "fetch")),
            Target("go", "net-http", ("go", "native")),
            Target("java", "http-client", ("java", "nethttp")),
            Target("php", "guzzle", ("php", "guzzle")),
            Target("ruby", "net-http", ("ruby", "native")),
            Target("csharp", "http-client", ("csharp", "httpclient")),
        ),
        (
            Target("node", "fetch", ("node", "fetch")),
            Target("node", "axios", ("node", "axios")),
            Target("java", "okhttp", ("java", "okhttp")),
            Target("php", "curl", ("php", "curl")),
        ),
    ),
    Peer(
        "scalar",
        "@scalar/snippetz",
        (
            Target("curl", "curl", ("shell", "curl")),
            Target("python", "requests", ("python", "requests")),
            Target("node", "axios", ("node", "axios")),
            Target("go", "net-http", ("go", "native")),
            Target("java", "http-client", ("java", "nethttp")),
            Target("php", "guzzle", ("php", "guzzle")),
            Target("ruby", "net-http", ("ruby", "native")),
            Target("csharp", "http-client", ("csharp", "httpclient")),
        ),
        (
            Target("node", "fetch", ("js", "fetch")),
            Target("node", "fetch", ("node", "fetch")),
            Target("java", "okhttp", ("java", "okhttp")),
            Target("php", "curl", ("php", "curl")),
        ),
    ),
    Peer(
        "postman",
        "postman-code-generators",
        (
            Target("curl", "curl", ("curl", "cURL")),
            Target("python", "requests", ("python", "Requests")),
            Target("node", "axios", ("nodejs", "Axios")),
            Target("go", "net-http", ("go", "Native")),
            Target("java", "okhttp", ("java", "OkHttp"), _WHOLE),
            Target("php", "curl", ("php", "cURL")),
            Target("ruby", "net-http", ("ruby", "Net::HTTP")),
            Target("csharp", "http-client", ("csharp", "HttpClient"), _WHOLE),
        ),
        (
            Target("node", "fetch", ("javascript", "Fetch")),
            Target("php", "guzzle", ("php", "Guzzle")),
        ),
    ),
    Peer(
        "curlconverter",
        "curlconverter",
        (
            Target("python", "requests", ("toPython",)),
            Target("node", "fetch", ("toNode",)),
            Target("go", "net-http", ("toGo",)),
            Target("java", "http-client", ("toJava",)),
            Target("php", "curl", ("toPhp",)),
            Target("ruby", "net-http", ("toRuby",)),
            Target("csharp", "http-client", ("toCSharp",)),
        ),
        (
            Target("node", "fetch", ("toJavaScript",)),
            Target("node", "fetch", ("toNodeHttp",)),
            Target("node", "axios", ("toNodeAxios",)),
            Target("java", "okhttp", ("toJavaOkHttp",)),
            Target("php", "guzzle", ("toPhpGuzzle",)),
        ),
    ),
)
