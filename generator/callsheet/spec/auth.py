"""An auth style's record to its model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.spec.model import ApiKey, Auth, Basic, Bearer, ClientCredentials, Hmac
from callsheet.values import Text, literal

if TYPE_CHECKING:
    from callsheet.spec.record import Rec


def auth_of(rec: Rec) -> Auth | None:
    """An auth style; None where its scheme is at fault."""
    scheme = rec.get("scheme")
    if scheme == "bearer":
        return Bearer(rec.get("env", ""))
    if scheme == "basic":
        return Basic(rec.get("username_env", ""), rec.get("password_env", ""))
    if scheme == "oauth2-client-credentials":
        ids = rec.get("client_id_env", ""), rec.get("client_secret_env", "")
        return ClientCredentials(rec.get("token_url", ""), *ids, rec.get("scope", ""))
    if scheme == "hmac-sha256":
        prefix = literal(rec.get("prefix", Text(())))
        words = rec.get("string", ""), rec.get("encoding", "hex")
        return Hmac(rec.get("env", ""), rec.get("name", ""), *words, prefix)
    if scheme in {"header", "query", "cookie"}:
        prefix = literal(rec.get("prefix", Text(())))
        return ApiKey(scheme, rec.get("name", ""), rec.get("env", ""), prefix)
    return None


def header_of(auth: Auth) -> str:
    """The header that carries a secret, or ""."""
    if isinstance(auth, Bearer | Basic | ClientCredentials):
        return "Authorization"
    return auth.name if isinstance(auth, Hmac) or auth.place == "header" else ""
