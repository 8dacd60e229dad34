"""A runtime's command to what leads its program to a recorder: nothing of its text is edited.

Where a runtime takes a proxy from the environment, the recorder is its proxy; where it does not, a
hook that the runtime loads first leads its sockets. Either way the program names the documented
host, checks that host's certificate, and a call to any other host reaches the recorder as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from callsheet.verify.authority import PASSWORD
from callsheet.verify.site import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from callsheet.verify.authority import Authority

#: Preloaded by runtimes that take no proxy from the environment.
_HOOKS = Path(__file__).parent / "hooks"
_PROXY = ("https_proxy", "http_proxy", "all_proxy")


@dataclass(frozen=True, slots=True)
class Lead:
    """What is put around a program.

    Attributes:
        environment: Variables for the run, not for a build.
        arguments: Stand after the runtime's name in its command.
        home: Name → text, in the program's home folder.
    """

    environment: Mapping[str, str] = field(default_factory=dict)
    arguments: tuple[str, ...] = ()
    home: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Target:
    """Where programs are led.

    Attributes:
        port: The recorder's.
        authority: Who signs for the hosts that it stands for.
        direct: Whether a program names the recorder's own address: it needs no proxy for that, but
            for any other.
    """

    port: int
    authority: Authority
    direct: bool = False


def lead(tool: str, target: Target) -> Lead:
    """What leads a runtime's programs to a recorder.

    Args:
        tool: The runtime's command, such as `node`.
        target: The recorder.
    """
    return _LEADS.get(tool, _proxied)(target)


def _proxied(target: Target) -> Lead:
    proxy = f"http://127.0.0.1:{target.port}"
    bypass = ",".join(LOOPBACK) if target.direct else ""
    names = {**dict.fromkeys(_PROXY, proxy), "no_proxy": bypass}
    upper = {name.upper(): value for name, value in names.items()}
    return Lead({**names, **upper, **_trust(target)})


def _trust(target: Target) -> dict[str, str]:
    """OpenSSL's variables, and those of the libraries that bring authorities of their own."""
    files = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")
    authority = target.authority
    return {**dict.fromkeys(files, str(authority.pem)), "SSL_CERT_DIR": str(authority.none)}


def _curl(target: Target) -> Lead:
    """The proxy's `200 Connection established` is no part of what `--include` shows."""
    found = _proxied(target)
    return Lead(found.environment, home={".curlrc": "suppress-connect-headers\n"})


def _php(target: Target) -> Lead:
    """Its cURL takes the proxy from the environment, but no authority."""
    pem = target.authority.pem
    settings = ("-d", f"curl.cainfo={pem}", "-d", f"openssl.cafile={pem}")
    return Lead(_proxied(target).environment, settings)


def _java(target: Target) -> Lead:
    """Properties on the command line: what JAVA_TOOL_OPTIONS holds is printed to stderr."""
    properties = {
        "javax.net.ssl.trustStore": target.authority.jks,
        "javax.net.ssl.trustStoreType": "JKS",
        "javax.net.ssl.trustStorePassword": PASSWORD,
        "http.nonProxyHosts": "|".join(LOOPBACK) if target.direct else "",
    }
    for scheme in ("http", "https"):
        properties |= {f"{scheme}.proxyHost": "127.0.0.1", f"{scheme}.proxyPort": target.port}
    return Lead(arguments=tuple(f"-D{name}={value}" for name, value in properties.items()))


def _node(target: Target) -> Lead:
    """Its fetch takes no proxy from the environment."""
    environment = {**_trust(target), "CALLSHEET_PORT": str(target.port)}
    return Lead(environment, ("--require", str(_HOOKS / "node.cjs")))


def _ruby(target: Target) -> Lead:
    """Net::HTTP looks the host up before it takes a proxy, and takes none for localhost."""
    environment = {**_trust(target), "CALLSHEET_PORT": str(target.port)}
    return Lead(environment, ("-r", str(_HOOKS / "ruby.rb")))


#: A runtime that is not here takes proxy and authority from the environment.
_LEADS: Mapping[str, Callable[[Target], Lead]] = {
    "curl": _curl,
    "java": _java,
    "node": _node,
    "php": _php,
    "ruby": _ruby,
}
