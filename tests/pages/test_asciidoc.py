"""Prose in AsciiDoc; `tests/sites` lets Asciidoctor read it."""

from __future__ import annotations

import pytest

from callsheet.pages import dialects

ASCIIDOC = dialects.get("asciidoc")


@pytest.mark.parametrize(
    ("markdown", "source"),
    [
        ("{x} and [y]", "&#123;x&#125; and &#91;y&#93;"),
        ('it\'s "a" -- b', "it&#39;s &#34;a&#34; &#45;- b"),
        ("`GET /users/{id}`", "``++GET /users/{id}++``"),
        ("`a+b`", "``a&#43;b``"),
        ("NOTE: a", "&#78;OTE: a"),
        ("a. b", "a&#46; b"),
        ("1\\. a", "1&#46; a"),
        ("\\== a", "&#61;&#61; a"),
        ("// a", "&#47;/ a"),
        ("*a* **b** ~~c~~", "__a__ **b** [.line-through]##c##"),
        ("[a](https://b.example/_c_)", "link:++https://b.example/_c_++[a]"),
        ("a\\\nb", "a +\nb"),
        ("`a`; [b]; c", "``++a++``&#59; &#91;b&#93;&#59; c"),
        ("[a](b)**c**", "link:++b++[a]{empty}**c**"),
        ("-\n- # a", "* {empty}\n* {empty}\n+\n[discrete]\n== a"),
        ("- a\n\n+ b", "* a\n\n//-\n\n* b"),
        ("- a\n\n1. b", "* a\n\n//-\n\n. b"),
        ("- 3. a", "* {empty}\n[start=3]\n.. a"),
        ("- a\n  - b\n\n  c", "* a\n** b\n\n+\nc"),
        ("> a\n> > b", "_____\na\n\n____\nb\n____\n_____"),
        ("---", "'''"),
        (
            "| a |\n| -: |\n| `b\\|c` |",
            '[cols=">",options=header]\n|===\n|a\n|``b&#124;c``\n|===',
        ),
    ],
)
def test_text_is_written_so_that_it_is_shown(markdown: str, source: str) -> None:
    assert ASCIIDOC.prose(markdown) == f"{source}\n"


def test_what_belongs_to_an_item_is_joined_to_it() -> None:
    markdown = "- a\n  - b\n\n    c\n\n    ```sh\n    d\n\n    e\n    ```\n\n3. f\n"
    code = "[source,sh,subs=specialchars]\n----\nd\n\ne\n----"
    assert ASCIIDOC.prose(markdown) == f"* a\n** b\n+\nc\n+\n{code}\n\n//-\n\n[start=3]\n. f\n"


def test_directives_in_code_are_kept_from_the_preprocessor() -> None:
    text = ASCIIDOC.filters["fence"]("include::a[]\n x\n----\n", "sh")
    assert text == "[source,sh,subs=specialchars]\n-----\n\\include::a[]\n x\n----\n-----"


@pytest.mark.parametrize("code", ["a ", "\na", "a\n\n", "\\include::a[]", ""])
def test_code_that_a_listing_would_change_is_passed_through(code: str) -> None:
    text = ASCIIDOC.fence(f"{code}\n", "sh")
    assert text.startswith('++++\n<div class="listingblock">')
    assert text.count("\n") == 2
