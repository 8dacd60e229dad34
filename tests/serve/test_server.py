"""What the server answers, whom, and what it leaves alone."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from callsheet.serve import server
from callsheet.serve.policy import admit, equipped
from callsheet.serve.site import Site
from callsheet.serve.stage import Stage
from serve.conftest import PAGE, SPEC
from serve.serving import environment, until, write

if TYPE_CHECKING:
    from serve.conftest import Open, Serve


# --- Whom it answers


def test_it_listens_on_this_machine_alone(serve: Serve) -> None:
    with server.opened(Stage(), 0) as opened:
        assert opened.socket.getsockname()[0] == "127.0.0.1"
    port = f"{serve().port:04X}"
    listening = []
    for table in Path("/proc/net").glob("tcp*"):
        rows = [line.split()[1:4] for line in table.read_text().splitlines()]
        listening += [row[0] for row in rows if row[0].endswith(f":{port}") and row[2] == "0A"]
    assert set(listening) <= {f"0100007F:{port}"}


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("localhost:9000", 200),
        ("127.0.0.1:8000", 200),
        ("[::1]:8000", 200),
        ("docs.example", 403),
        ("docs.example:8000", 403),
        ("localhost.docs.example", 403),
        ("127.0.0.1.docs.example:8000", 403),
        ("", 403),
    ],
)
def test_a_stranger_who_points_his_name_here_is_refused(
    serving: server.Server, host: str, status: int
) -> None:
    assert answer(serving, f"GET / HTTP/1.1\r\nHost: {host}\r\n").startswith(f"HTTP/1.1 {status} ")


def test_one_who_gives_no_name_is_refused(serving: server.Server) -> None:
    assert answer(serving, "GET / HTTP/1.1\r\n").startswith("HTTP/1.1 403 ")


def test_what_is_no_address_is_a_bad_request(
    serving: server.Server, capfd: pytest.CaptureFixture[str]
) -> None:
    text = answer(serving, "GET http://[ HTTP/1.1\r\nHost: localhost\r\n")
    assert text.startswith("HTTP/1.1 400 ")
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    "path",
    [
        "/../shop.yaml",
        "/..%2fshop.yaml",
        "/%2e%2e/shop.yaml",
        "/pages/../../shop.yaml",
        "//etc/passwd",
        "/etc/passwd",
        "/%2fetc/passwd",
        "/..\\shop.yaml",
        "/shop.yaml",
        "/a.html%00.md",
    ],
)
def test_no_path_leads_to_a_file_of_the_disk(serving: server.Server, path: str) -> None:
    text = answer(serving, f"GET {path} HTTP/1.1\r\nHost: localhost\r\n")
    assert text.startswith("HTTP/1.1 404 ")
    assert "root:" not in text


# --- What it answers


@pytest.fixture
def serving() -> server.Server:
    stage = Stage()
    page = b"<!doctype html><html lang='%s'><title>%s</title></html>"
    files = {"a.html": page % (b"en", b"A &amp; <b>"), "b.html": page % (b"en", b"B")}
    stage.show(Site(files))
    return server.opened(stage, 0)


def answer(opened: server.Server, head: str) -> str:
    """What one request gets, as the bytes come."""
    with opened, socket.create_connection(opened.server_address[:2]) as client:  # type: ignore[arg-type]
        client.sendall(f"{head}Connection: close\r\n\r\n".encode())
        opened.handle_request()
        found = b""
        while part := client.recv(65536):
            found += part
    return found.decode()


def test_several_pages_are_listed_and_their_titles_are_text(serving: server.Server) -> None:
    serving.stage.show(Site({"a.html": b"<title>A &amp; &lt;b&gt;</title>", "b c.html": b""}))
    text = answer(serving, "GET / HTTP/1.1\r\nHost: localhost\r\n")
    assert '<a href="/a.html">A &amp; &lt;b&gt;</a>' in text
    assert '<a href="/b%20c.html">b c.html</a>' in text


def test_files_are_exactly_what_a_build_writes(home: Path, serve: Serve, tmp_path: Path) -> None:
    words = ["build", "shop.yaml", "-o", str(tmp_path / "out"), "--format", "html-files"]
    subprocess.run(
        [sys.executable, "-m", "callsheet", *words],
        cwd=home,
        env=environment(tmp_path / "cache"),
        check=True,
        capture_output=True,
    )
    asked = serve("shop.yaml", "--format", "html-files").ask
    for path in (tmp_path / "out").rglob("*.*"):
        name = path.relative_to(tmp_path / "out").as_posix()
        if path.is_file() and path.suffix != ".html" and not name.startswith("."):
            assert asked(f"/{name}")[1] == path.read_bytes(), name


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/shop.en.html", 200, "text/html; charset=utf-8"),
        ("/snippets.json", 200, "application/json; charset=utf-8"),
        ("/snippets/add-item/python.requests.py", 200, "text/plain; charset=utf-8"),
        ("/nothing.html", 404, "text/html; charset=utf-8"),
        ("/", 302, None),
    ],
)
def test_head_is_get_without_the_body(
    serve: Serve, path: str, status: int, kind: str | None
) -> None:
    asked = serve().ask
    (full, body), (head, nothing) = asked(path), asked(path, "HEAD")
    assert (head.status, head.getheader("Content-Type")) == (status, kind)
    assert nothing == b""
    dated = [dict(answer.getheaders()) | {"Date": ""} for answer in (head, full)]
    assert dated[0] == dated[1]
    assert int(head.getheader("Content-Length") or 0) == len(body)


@pytest.mark.parametrize(
    ("wished", "page"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "/shop.zh.html"),
        ("fr, zh;q=0.2, en;q=0.5", "/shop.en.html"),
        ("fr", "/shop.en.html"),
        ("", "/shop.en.html"),
        ("zh;q=x, en-GB", "/shop.en.html"),
    ],
)
def test_the_root_is_the_page_in_the_readers_locale(serve: Serve, wished: str, page: str) -> None:
    assert serve().ask("/", Accept_Language=wished)[0].getheader("Location") == page


def test_several_specs_have_a_folder_each(home: Path, serve: Serve, open_page: Open) -> None:
    write(home / "pyproject.toml", '[tool.callsheet]\nspec = ["shop.yaml", "zoo.yaml"]\n')
    write(home / "zoo.yaml", SPEC.replace("Shop", "Zoo").replace("pages/*", "zoo/*"))
    write(home / "zoo/zoo.en.md", PAGE)
    opened = serve("--language", "curl")
    tab = open_page(opened.url)
    links = tab.page.get_by_role("link")
    assert [one.get_attribute("href") for one in links.all()] == [
        "/shop/shop.en.html",
        "/shop/shop.zh.html",
        "/zoo/zoo.en.html",
    ]
    links.last.click()
    tab.shows("Buy Zoo here.")
    assert opened.ask("/shop")[0].getheader("Location") == "/shop/"
    assert opened.ask("/shop/")[0].getheader("Location") == "/shop/shop.en.html"
    write(home / "shop.yaml", SPEC.replace("Shop", "[]"))
    tab.shows("shop.yaml:2:8")
    write(home / "zoo.yaml", (home / "zoo.yaml").read_text().replace("title: Zoo", "title: Ark"))
    tab.shows("Buy Ark here.")
    tab.shows("shop.yaml:2:8")


def test_news_tell_what_a_page_is_like(home: Path, serve: Serve) -> None:
    opened = serve()
    with socket.create_connection(("127.0.0.1", opened.port)) as client:
        client.sendall(
            b"GET /_callsheet/news?page=shop.en.html HTTP/1.1\r\nHost: localhost\r\n\r\n"
        )
        stream = client.makefile("r", encoding="utf-8")
        told = (json.loads(line[6:]) for line in stream if line.startswith("data: "))
        first = next(told)
        assert first["fault"] == ""
        write(home / "pages/shop.en.md", "# New\n")
        assert next(told)["digest"] != first["digest"]


# --- What it leaves alone


def test_nothing_is_written(home: Path, serve: Serve) -> None:
    write(home / "output/shop/shop.en.html", "mine")
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    opened = serve()
    write(home / "pages/shop.en.md", "# New\n")
    until(lambda: b"<h1" in opened.ask("/shop.en.html")[1], "the page")
    until(lambda: b"New" in opened.ask("/shop.en.html")[1], "the new page")
    before[home / "pages/shop.en.md"] = b"# New\n"
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before


def test_a_built_page_knows_nothing_of_the_server(home: Path, tmp_path: Path) -> None:
    words = ["build", "shop.yaml", "-o", "out"]
    subprocess.run(
        [sys.executable, "-m", "callsheet", *words],
        cwd=home,
        env=environment(tmp_path / "cache"),
        check=True,
        capture_output=True,
    )
    text = (home / "out/shop.en.html").read_text()
    assert "_callsheet" not in text
    assert "connect-src" not in text


@pytest.mark.parametrize(
    ("policy", "admitted"),
    [
        ("default-src 'none'", "default-src 'none'; script-src X; connect-src 'self'"),
        (
            "default-src 'none'; script-src 'sha256-a'",
            "default-src 'none'; script-src 'sha256-a' X; connect-src 'self'",
        ),
        ("script-src 'self'", "script-src 'self' X"),
        ("script-src 'unsafe-inline'", "script-src 'unsafe-inline'"),
        ("script-src-elem 'none'; img-src *", "script-src-elem X; img-src *"),
        ("connect-src https://a.example", "connect-src https://a.example 'self'"),
        ("", ""),
    ],
)
def test_a_policy_lets_one_script_more_run(policy: str, admitted: str) -> None:
    assert admit(policy, "X") == admitted


def test_a_script_stands_at_the_end_of_any_html() -> None:
    assert equipped(b"<p>a", "s()", a='"') == b'<p>a<script data-a="&quot;">s()</script>'
    text = equipped(b"<body><code></body></code></BODY></html>", "s()")
    assert text == b"<body><code></body></code><script>s()</script></BODY></html>"
