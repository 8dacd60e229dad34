"""Faults of the bodies that are no JSON: forms, texts and parts."""

from __future__ import annotations

from typing import Any

from .fault import LANGUAGES, Edit, Fault, fault

#: A form is one text in most languages; cURL, Python and .NET name its fields.
FORM = "title=a%20b%26c&tag=red&tag=blue&page=2"
FIELDS = 'data={"title": "a b&c", "tag": ["red", "blue"], "page": "2"}'
TYPE = '"Content-Type": "application/x-www-form-urlencoded"'


def form(name: str, new: str, curl: Edit, csharp: Edit, **more: Any) -> Fault:
    text: Edit = ((FORM, new),)
    python: Edit = ((FIELDS, f'data="{new}"'), ("headers={", f"headers={{{TYPE}, "))
    return fault(name, "form", "form", text, curl=curl, csharp=csharp, python=python, **more)


TITLE, RED, BLUE = (
    f"  --data-urlencode '{pair}' \\\n" for pair in ("title=a b&c", "tag=red", "tag=blue")
)
PAIRS = (("title", "a b&c"), ("tag", "red"), ("tag", "blue"), ("page", "2"))
#: C# that joins pairs as they are.
UNCODED_BEGIN = 'new StringContent(string.Join("&", new (string Name, string Text)[]'
UNCODED_END = (
    '.Select(field => $"{field.Name}={field.Text}")),\n'
    '    mediaType: new("application/x-www-form-urlencoded"));'
)
FORMS = (
    form(
        "wrong order of form fields",
        "title=a%20b%26c&tag=blue&tag=red&page=2",
        ((RED + BLUE, BLUE + RED),),
        (('"red"', '"tmp"'), ('"blue"', '"red"'), ('"tmp"', '"blue"')),
        issue=True,
    ),
    form(
        "form encoded twice",
        "title=a%2520b%2526c&tag=red&tag=blue&page=2",
        (("a b&c", "a%20b%26c"),),
        (("a b&c", "a%20b%26c"),),
        issue=True,
    ),
    form(
        "form not encoded",
        "title=a b&c&tag=red&tag=blue&page=2",
        ((TITLE, TITLE.replace("-urlencode", "")),),
        (
            ("new FormUrlEncodedContent([", f"{UNCODED_BEGIN} {{"),
            ("\n]);\n", f"\n}}{UNCODED_END}\n"),
            *((f'new("{name}", "{value}")', f'("{name}", "{value}")') for name, value in PAIRS),
        ),
    ),
    form(
        "lost repeated key of a form",
        "title=a%20b%26c&tag=blue&page=2",
        ((RED, ""),),
        (('    new("tag", "red"),\n', ""),),
        issue=True,
    ),
    form(
        "truncated form",
        FORM[:-1],
        (("page=2", "page="),),
        (('"page", "2"', '"page", ""'),),
    ),
)


def line_added(after: str) -> dict[str, Edit]:
    """A line end behind the text's last words; block literals need an empty line for it."""
    edits: dict[str, Edit] = dict.fromkeys(LANGUAGES, ((after, f"{after}\n"),))
    edits["java"] = ((f"{after}\\", after),)
    edits["ruby"] = (("<<~'TEXT'.chomp", "<<~'TEXT'"),)
    return edits


#: An initializer of .NET's content.
UTF_8 = '{ Headers = { { "Content-Type", "text/plain; charset=utf-8" } } }'
LATIN: dict[str, Edit] = {
    "curl": (("'un café", "'un caf'\"$(printf '\\351')\"'"),),
    "python": ((".encode()", '.encode("latin-1")'),),
    "node": (
        ("body: `", "body: Buffer.from(`"),
        ("second line`", 'second line`, "latin1")'),
    ),
    "go": (("un café", 'un caf` + "\\xe9" + `'),),
    "java": (("ofString(body)", "ofString(body, java.nio.charset.StandardCharsets.ISO_8859_1)"),),
    "php": (
        ("=> <<<'TEXT'", "=> utf8_decode(<<<'TEXT'"),
        ("        TEXT,", "        TEXT),"),
    ),
    "ruby": (("'TEXT'.chomp", "'TEXT'.chomp.encode(\"ISO-8859-1\")"),),
    "csharp": (
        (
            "new StringContent(text)",
            f"new ByteArrayContent(System.Text.Encoding.Latin1.GetBytes(text)) {UTF_8}",
        ),
    ),
}
TEXTS = (
    fault(
        "wrong charset in the content type",
        "text",
        "header content-type",
        (("charset=utf-8", "charset=iso-8859-1"),),
        csharp=(
            (
                "new StringContent(text)",
                'new StringContent(text, mediaType: new("text/plain", "latin1"))',
            ),
        ),
        issue=True,
    ),
    fault("bytes of another charset", "text", "body", LATIN, issue=True),
    fault("truncated body", "text", "body", (("second line", "second lin"),), issue=True),
    fault("trailing line end in the body", "text", "body", line_added("second line"), issue=True),
    fault("changed text", "text", "body", (("un café", "un cafe"),)),
    fault(
        "no body",
        "text",
        "body",
        curl=(("'un café\nsecond line'", "''"),),
        python=(('"""un café\nsecond line""".encode()', 'b""'),),
        node=(("`un café\nsecond line`", '""'),),
        go=(("`un café\nsecond line`", '""'),),
        java=(("ofString(body)", 'ofString("")'),),
        php=(("<<<'TEXT'\n        un café\n        second line\n        TEXT", "''"),),
        ruby=(("<<~'TEXT'.chomp\n  un café\n  second line\nTEXT", '""'),),
        csharp=(("StringContent(text)", 'StringContent("")'),),
    ),
)

#: How a line of the written-out parts looks in a language: a format for its text.
_LINE = {
    **dict.fromkeys(("curl", "php", "ruby"), "{}\\r\\n"),
    **dict.fromkeys(("python", "node"), "{}\\r\n"),
    "go": '\t\t"{}\\r\\n" +\n',
    "java": "        {}\\r\n",
    "csharp": '    "{}\\r\\n" +\n',
}
_QUOTED = ("go", "php", "ruby", "csharp")


def lines(language: str, *texts: str) -> str:
    """Lines of a multipart body as the language's snippet writes them."""
    escaped = [text.replace('"', '\\"') if language in _QUOTED else text for text in texts]
    return "".join(_LINE[language].format(text) for text in escaped)


def parts(
    name: str, place: str | tuple[str, ...], old: list[str], new: list[str], **more: Any
) -> Fault:
    edits: dict[str, Edit] = {key: ((lines(key, *old), lines(key, *new)),) for key in LANGUAGES}
    return fault(name, "parts", place, edits, **more)


BREAK = "--cut-here"
META = [
    'Content-Disposition: form-data; name="meta"',
    "Content-Type: application/json",
    "",
    '{"width": 1024}',
]
PHOTO = [
    'Content-Disposition: form-data; name="photo"; filename="sunset.txt"',
    "Content-Type: text/plain",
    "",
    "red and gold",
]
EXTRA = 'Content-Disposition: form-data; name="extra"'
CONTENT = "part 3 (photo) content"
MULTIPART = (
    fault("empty file part", "parts", CONTENT, (("red and gold", ""),), issue=True),
    fault("truncated file part", "parts", CONTENT, (("red and gold", "red and gol"),)),
    fault(
        "wrong filename",
        "parts",
        "part 3 (photo) filename",
        (("sunset.txt", "sunrise.txt"),),
        issue=True,
    ),
    parts(
        "no filename",
        "part 3 (photo) filename",
        PHOTO[:1],
        ['Content-Disposition: form-data; name="photo"'],
    ),
    parts("missing part type", "part 3 (photo) type", PHOTO[1:], PHOTO[2:], issue=True),
    parts("missing type of a JSON part", "part 2 (meta) type", META[1:], META[2:]),
    fault("wrong name of a part", "parts", "parts", (("title", "caption"),)),
    fault("changed text of a part", "parts", "part 1 (title) content", (("Sunset", "sunset"),)),
    fault("changed JSON of a part", "parts", "part 2 (meta) content at width", (("1024", "1025"),)),
    parts(
        "wrong order of parts",
        "parts",
        [*META, BREAK, *PHOTO],
        [*PHOTO, BREAK, *META],
    ),
    parts("lost part", "parts", [*META, BREAK, PHOTO[0]], [PHOTO[0]]),
    parts(
        "undeclared part",
        "parts",
        [BREAK, PHOTO[0]],
        [BREAK, EXTRA, "", "x", BREAK, PHOTO[0]],
    ),
    fault("no closing boundary", "parts", "body", (("cut-here--", "cut-here"),)),
    fault(
        "another boundary than the header's",
        "parts",
        "body",
        (("boundary=cut-here", "boundary=cut"),),
    ),
)
FAULTS = (*FORMS, *TEXTS, *MULTIPART)
