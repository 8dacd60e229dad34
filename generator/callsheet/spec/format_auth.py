"""The auth styles of the format: one record a scheme."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from callsheet.spec.format_types import COOKIE_NAME, ENV_TYPE, HEADER_NAME
from callsheet.spec.record import Key, Record, Variants
from callsheet.spec.texts import header_prefix, signed, url
from callsheet.spec.types import Enum, Scalar, Str

if TYPE_CHECKING:
    from collections.abc import Mapping


def _variable(what: str) -> Key:
    return Key(ENV_TYPE, f"environment variable that holds the {what}", required=True)


_KEY = _variable("key or token")
_SCHEMES: Mapping[str, Mapping[str, Key]] = {
    "bearer": {"env": _KEY},
    "basic": {
        "username_env": _variable("user name"),
        "password_env": _variable("password"),
    },
    "header": {
        "name": Key(HEADER_NAME, "header that carries the key", required=True),
        "env": _KEY,
        "prefix": Key(Scalar(header_prefix, environment=False), "text before it, as in `Token …`"),
    },
    "query": {
        "name": Key(Str("a name"), "query parameter that carries the key", required=True),
        "env": _KEY,
    },
    "cookie": {
        "name": Key(COOKIE_NAME, "cookie that carries the key", required=True),
        "env": _KEY,
    },
    "oauth2-client-credentials": {
        "token_url": Key(
            Str("a URL", "https?://.*", check=url), "where a token is had", required=True
        ),
        "client_id_env": _variable("client id"),
        "client_secret_env": _variable("client secret"),
        "scope": Key(Str(), "scopes, separated by spaces"),
    },
    "hmac-sha256": {
        "name": Key(HEADER_NAME, "header that carries the signature", required=True),
        "env": _variable("secret"),
        "string": Key(
            Str("the text that is signed", check=signed),
            "with `{method}`, `{path}`, `{query}`, `{body}` and `{header:NAME}`",
            required=True,
        ),
        "encoding": Key(Enum(("hex", "base64"), "encoding"), "how the signature is written"),
        "prefix": Key(Scalar(header_prefix, environment=False), "text before it: `sha256=`"),
    },
}


def _auth(name: str, schemes: Mapping[str, Mapping[str, Key]]) -> Variants:
    what, doc = "auth scheme", "how the secret is sent"
    cases = {
        scheme: Record(
            f"{name} of scheme `{scheme}`",
            {"scheme": Key(Enum((scheme,), what), doc, required=True), **keys},
        )
        for scheme, keys in schemes.items()
    }
    return Variants(name, "scheme", what, doc, cases)


def _optional(keys: Mapping[str, Key]) -> dict[str, Key]:
    """The keys of a scheme whose variables may be left out."""
    return {
        name: replace(key, required=key.required and key.type is not ENV_TYPE)
        for name, key in keys.items()
    }


AUTH: Final = _auth("an auth style", _SCHEMES)
#: What a binding sends; the variable is the spec's business.
SDK_AUTH: Final = _auth(
    "an SDK's auth style", {scheme: _optional(keys) for scheme, keys in _SCHEMES.items()}
)
