"""An auth style in words: how the secret is sent, and which variables hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callsheet.spec.model import ApiKey, Basic, Bearer, ClientCredentials, Hmac

if TYPE_CHECKING:
    from callsheet.pages.dialects._base import Dialect
    from callsheet.pages.source import Document
    from callsheet.spec.model import Auth


def words(auth: Auth, document: Document, dialect: Dialect) -> str:
    """A phrase in the page's locale; `$NAME` stands for a variable's value.

    Args:
        auth: The style.
        document: Whose locale it is.
        dialect: Of the phrase, whose code spans hold what is the spec's.
    """
    label = document.label
    texts = {
        Bearer: label("auth_bearer"),
        Basic: label("auth_basic"),
        ClientCredentials: label("auth_oauth2"),
        Hmac: label("auth_hmac"),
    }
    by_place = {
        "header": label("auth_header"),
        "query": label("auth_query"),
        "cookie": label("auth_cookie"),
    }
    text = by_place[auth.place] if isinstance(auth, ApiKey) else texts[type(auth)]
    codes = {name: dialect.inline(" ".join(code.split("\n"))) for name, code in _codes(auth)}
    return dialect.plain(text).format(**codes)


def _codes(auth: Auth) -> tuple[tuple[str, str], ...]:
    """What fills a label's holes."""
    if isinstance(auth, Bearer):
        return (("line", f"Authorization: Bearer ${auth.env}"),)
    if isinstance(auth, Basic):
        return (("user", auth.username_env), ("password", auth.password_env))
    if isinstance(auth, ClientCredentials):
        return (
            ("url", auth.token_url),
            ("user", auth.client_id_env),
            ("password", auth.client_secret_env),
        )
    if isinstance(auth, Hmac):
        text = auth.string.replace("\n", "\\n")
        return (("name", auth.name), ("text", text), ("secret", auth.env), ("form", auth.encoding))
    return (("line", f"{auth.name}{_JOINS[auth.place]}{auth.prefix}${auth.env}"),)


_JOINS = {"header": ": ", "query": "=", "cookie": "="}
