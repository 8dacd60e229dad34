"""The auth styles of a spec."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Place = Literal["header", "query", "cookie"]


@dataclass(frozen=True, slots=True)
class Bearer:
    """`Authorization: Bearer KEY` (RFC 6750)."""

    env: str


@dataclass(frozen=True, slots=True)
class Basic:
    """`Authorization: Basic base64(user:password)` (RFC 7617)."""

    username_env: str
    password_env: str


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key of its own in a header, the query or a cookie; `prefix` goes before it."""

    place: Place
    name: str
    env: str
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class ClientCredentials:
    """OAuth 2 client credentials: a token is fetched first (RFC 6749, section 4.4)."""

    token_url: str
    client_id_env: str
    client_secret_env: str
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Hmac:
    """A header that signs the request by HMAC with SHA-256.

    Attributes:
        env: Variable that holds the secret.
        name: The header.
        string: What is signed, with `{method}`, `{path}`, `{query}`, `{body}`, `{header:NAME}`.
        encoding: How the signature is written.
        prefix: Text before it.
    """

    env: str
    name: str
    string: str
    encoding: Literal["hex", "base64"] = "hex"
    prefix: str = ""


Auth = Bearer | Basic | ApiKey | ClientCredentials | Hmac
