"""A certificate authority that lives as long as a run: names in, TLS contexts and trust files out.

Its key stays in memory. What programs trust it by is written into a folder of the run.
"""

from __future__ import annotations

import hashlib
import ssl
import struct
import threading
from typing import TYPE_CHECKING

from callsheet.errors import CallsheetError

if TYPE_CHECKING:
    from pathlib import Path

    from trustme import CA

#: The JDK's own default; a trust store holds no secret.
PASSWORD = "changeit"  # noqa: S105

_MAGIC, _VERSION, _ENTRIES, _TRUSTED = 0xFEEDFEED, 2, 1, 2


class Secured(ssl.SSLSocket):
    """The server's end of a TLS connection; knows the host that the client asked for."""

    asked = ""


class Authority:
    """Signs for any host, so that a program reaches the recorder under the host's own name.

    Attributes:
        pem: Its certificate.
        jks: The same as a Java trust store.
        none: An empty folder: no other authority is trusted.
    """

    def __init__(self, folder: Path) -> None:
        self._ca = _made()
        self.pem, self.jks, self.none = folder / "ca.pem", folder / "ca.jks", folder / "none"
        certificate = self._ca.cert_pem.bytes()
        self.pem.write_bytes(certificate)
        self.jks.write_bytes(trust_store(ssl.PEM_cert_to_DER_cert(certificate.decode())))
        self.none.mkdir(exist_ok=True)
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._lock = threading.Lock()

    def context(self, host: str) -> ssl.SSLContext:
        """What serves a host; a client that asks for another host is served as that.

        Raises:
            ValueError: No certificate can name it.
        """
        host = host.lower()
        with self._lock:
            if host not in self._contexts:
                self._contexts[host] = self._context(host)
            return self._contexts[host]

    def signs(self, host: str) -> bool:
        """Whether a certificate can name a host; `my_api.test` is none by the letter."""
        try:
            return bool(self.context(host))
        except ValueError:
            return False

    def _context(self, host: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.sslsocket_class = Secured
        context.set_alpn_protocols(["http/1.1"])
        self._ca.issue_cert(host).configure_cert(context)
        context.sni_callback = self._named
        return context

    def _named(self, secured: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> int | None:
        """The client's ClientHello names a host; one that names none is an IP address's."""
        if not name:
            return None
        if isinstance(secured, Secured):  # which is what the context makes
            secured.asked = name
        if not self.signs(name):
            return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
        secured.context = self.context(name)
        return None


def _made() -> CA:
    try:
        from trustme import CA
    except ImportError:
        raise CallsheetError("this needs trustme: `pip install 'callsheet[verify]'`") from None
    return CA()


def trust_store(certificate: bytes, alias: str = "callsheet") -> bytes:
    """A Java key store of one trusted certificate.

    The format is that of sun.security.provider.JavaKeyStore; keytool would start a JVM for it.

    Args:
        certificate: In DER.
        alias: Its name in the store.
    """
    head = struct.pack(">IIII", _MAGIC, _VERSION, _ENTRIES, _TRUSTED)
    entry = _text(alias) + struct.pack(">Q", 0) + _text("X.509")
    store = head + entry + struct.pack(">I", len(certificate)) + certificate
    salt = PASSWORD.encode("utf-16-be") + b"Mighty Aphrodite"
    return store + hashlib.sha1(salt + store).digest()  # noqa: S324  the format's own check sum


def _text(text: str) -> bytes:
    raw = text.encode()
    return struct.pack(">H", len(raw)) + raw
