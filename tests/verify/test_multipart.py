"""Multipart bodies as real clients write them, and what is wrong with others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callsheet.verify.compare import compare
from callsheet.verify.http1 import Call

from .call import ENV, REQUESTS
from .support import request_of

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLE = """
auth: none
body:
  multipart:
    - {name: title, text: Sunset}
    - {name: meta, json: {size: 1.10}}
    - {name: photo, file: sea.png, filename: "my \\"sea\\".png"}
"""
TITLE = 'Content-Disposition: form-data; name="title"\r\n\r\nSunset'
META = (
    'Content-Disposition: form-data; name="meta"\r\n'
    'Content-Type: application/json\r\n\r\n{ "size": 1.10 }'
)
PHOTO = 'Content-Disposition: form-data; name="photo"; filename="my %22sea%22.png"\r\n\r\nPNG'
NAME = 'filename="my %22sea%22.png"'


def places(
    folder: Path, *parts: str, boundary: str = "cut", example: str = EXAMPLE, end: str = "--\r\n"
) -> list[str]:
    """Where a multipart call differs."""
    mark = boundary.strip('"')
    text = "".join(f"--{mark}\r\n{part}\r\n" for part in parts) + f"--{mark}{end}"
    return sent(folder, text.encode(), f"multipart/form-data; boundary={boundary}", example)


def sent(folder: Path, body: bytes, content_type: str, example: str = EXAMPLE) -> list[str]:
    (folder / "sea.png").write_bytes(b"PNG")
    call = Call("POST", "/base/v1/things", (("Content-Type", content_type),), body)
    differences = compare(request_of(folder, example), call, REQUESTS, ENV, folder)
    return [difference.what for difference in differences]


@pytest.mark.parametrize("boundary", ["cut", '"cut"', '"a b:c"', "----WebKitFormBoundary7MA4YWxk"])
@pytest.mark.parametrize("end", ["--", "--\r\n"])
def test_the_boundary_is_free(tmp_path: Path, boundary: str, end: str) -> None:
    assert places(tmp_path, TITLE, META, PHOTO, boundary=boundary, end=end) == []


@pytest.mark.parametrize(
    "name",
    [
        'filename="my \\"sea\\".png"',
        "filename=\"my %22sea%22.png\"; filename*=utf-8''my%20%22sea%22.png",
        "filename=\"=?utf-8?B?bXkgInNlYSIucG5n?=\"; filename*=utf-8''my%20%22sea%22.png",
    ],
)
def test_a_filename_is_quoted_in_any_way_that_clients_know(tmp_path: Path, name: str) -> None:
    assert places(tmp_path, TITLE, META, PHOTO.replace(NAME, name)) == []


@pytest.mark.parametrize(
    "name",
    [
        'filename="my sea.png"',
        "filename*=utf-8''my%20%22sea%22.png",
        "filename=\"my %22sea%22.png\"; filename*=utf-8''sea.png",
    ],
)
def test_another_filename_is_a_difference(tmp_path: Path, name: str) -> None:
    found = places(tmp_path, TITLE, META, PHOTO.replace(NAME, name))
    assert found == ["part 3 (photo) filename"]


def test_what_a_client_adds_to_a_part_says_nothing_new(tmp_path: Path) -> None:
    title = TITLE.replace('"title"', "title").replace(
        "\r\n\r\n", "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 6\r\n\r\n"
    )
    photo = PHOTO.replace(
        "\r\n\r\n", "\r\ncontent-type: image/png\r\nContent-Transfer-Encoding: binary\r\n\r\n"
    )
    assert places(tmp_path, title, META, photo) == []


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ((TITLE, PHOTO, META), ["parts"]),
        ((TITLE, META), ["parts"]),
        ((TITLE, TITLE, META, PHOTO), ["parts"]),
        ((TITLE.replace("title", "Title"), META, PHOTO), ["parts"]),
        ((TITLE + " ", META, PHOTO), ["part 1 (title) content"]),
        ((TITLE + "\r\n", META, PHOTO), ["part 1 (title) content"]),
        ((TITLE, META.replace("1.10", "1.1"), PHOTO), ["part 2 (meta) content at size"]),
        ((TITLE, META.replace("application/json", "text/plain"), PHOTO), ["part 2 (meta) type"]),
        ((TITLE, META, PHOTO.replace("PNG", "")), ["part 3 (photo) content"]),
        (
            (TITLE, META, PHOTO.replace("\r\n\r\n", "\r\nContent-Type: text/html\r\n\r\n")),
            ["part 3 (photo) type"],
        ),
        (
            (TITLE, META, PHOTO.replace("\r\n\r\n", "\r\nContent-Length: 4\r\n\r\n")),
            ["part 3 (photo) extra header content-length"],
        ),
        (
            (TITLE.replace('"title"', '"title"; filename="t"'), META, PHOTO),
            ["part 1 (title) filename"],
        ),
        (
            (TITLE.replace('"title"', '"title"; size=6'), META, PHOTO),
            ["part 1 (title) extra parameter size"],
        ),
    ],
)
def test_a_wrong_part_is_named(tmp_path: Path, parts: tuple[str, ...], found: list[str]) -> None:
    assert places(tmp_path, *parts) == found


@pytest.mark.parametrize(
    "part",
    [
        TITLE.replace("\r\n", "\n"),
        TITLE.replace("form-data", "attachment"),
        TITLE.replace('name="title"', 'name="title" x'),
        TITLE.replace('"title"', '"title"; name="other"'),
        "\r\nSunset",
        "no header",
    ],
)
def test_a_part_that_is_none_is_reported(tmp_path: Path, part: str) -> None:
    assert places(tmp_path, part, META, PHOTO) == ["body"]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", "multipart/form-data; boundary=cut"),
        (b"--cut--", "multipart/form-data"),
        (b"--cut--", "multipart/form-data; boundary="),
        (b"x\r\n--cut--", "multipart/form-data; boundary=cut"),
        (b"--cut--\r\nx", "multipart/form-data; boundary=cut"),
        (b"--cut\r\n", "multipart/form-data; boundary=cut"),
        (b"--cutx\r\n--cut--", "multipart/form-data; boundary=cut"),
    ],
)
def test_a_body_that_is_no_multipart_is_reported(
    tmp_path: Path, body: bytes, content_type: str
) -> None:
    assert sent(tmp_path, body, content_type) == ["body"]


def test_two_parts_of_one_name_are_told_apart_by_their_order(tmp_path: Path) -> None:
    example = "auth: none\nbody: {multipart: [{name: a, text: x}, {name: a, text: y}]}"
    one, other = ('Content-Disposition: form-data; name="a"\r\n\r\n' + text for text in "xy")
    assert places(tmp_path, one, other, example=example) == []
    swapped = places(tmp_path, other, one, example=example)
    assert swapped == ["part 1 (a) content", "part 2 (a) content"]
