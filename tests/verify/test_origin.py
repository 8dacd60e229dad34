from __future__ import annotations

import pytest

from callsheet.urls import split
from callsheet.values import Env, Json, Number, joined
from callsheet.verify.dummies import dummies, fill, fill_json
from callsheet.verify.origin import swap

LOCAL = "http://127.0.0.1:4321"


@pytest.mark.parametrize(
    ("server", "origin", "path"),
    [
        ("https://api.test", "https://api.test", ""),
        ("https://api.test/", "https://api.test", ""),
        ("https://api.test:8443/a/b/", "https://api.test:8443", "/a/b"),
        ("http://[::1]:80/a", "http://[::1]:80", "/a"),
        ("__DOCS_API_ORIGIN__", "__DOCS_API_ORIGIN__", ""),
        ("__DOCS_API_ORIGIN__/v1", "__DOCS_API_ORIGIN__", "/v1"),
    ],
)
def test_a_server_is_an_origin_and_a_path(server: str, origin: str, path: str) -> None:
    assert split(server) == (origin, path)


@pytest.mark.parametrize("server", ["https://api.test/base", "__API__/base"])
def test_only_the_origin_is_swapped(server: str) -> None:
    text = f'get("{server}/v1/things?api.test=__API")  # {server[:6]}'
    swapped = swap(text, server, LOCAL)
    assert swapped == text.replace(split(server)[0], LOCAL)
    assert f'"{LOCAL}/base/v1' in swapped


@pytest.mark.parametrize(
    "text",
    [
        "get('https://other.test/')",
        "get('https://api.test/a', 'https://api.test/b')",
        f"get('https://api.test/a', '{LOCAL}')",
    ],
)
def test_a_text_in_which_more_or_less_would_change_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="once"):
        swap(text, "https://api.test", LOCAL)


def test_dummies_differ_from_each_other_and_from_run_to_run() -> None:
    one, other = dummies(["A", "B"]), dummies(["A", "B"])
    assert len({*one.values(), *other.values()}) == 4
    assert all(value.startswith("sk-cs-") for value in one.values())


def test_texts_and_json_are_filled_with_the_environment() -> None:
    env = {"A": "x y/é"}
    assert fill(joined("a ", Env("A"), Env("A", "url")), env) == "a x y/éx%20y%2F%C3%A9"
    value: Json = {"a": [Env("A"), Number("1.0"), None, True], "b": {}}
    assert fill_json(value, env) == {"a": ["x y/é", Number("1.0"), None, True], "b": {}}
