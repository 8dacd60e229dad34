"""Pages for Hugo, which reads shortcodes before Markdown; `tests/sites` builds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callsheet.options import Options
from callsheet.pages import dialects
from pages.made import pages_of

if TYPE_CHECKING:
    from pathlib import Path

HUGO = dialects.get("hugo")


@pytest.mark.parametrize(
    ("markdown", "source"),
    [
        ("`{{< x >}}`", "`{{% param braces %}}< x >}}`"),
        ("`{{% x %}}` `{{ x }}`", "`{{% param braces %}}% x %}}` `{{ x }}`"),
        ("{{< x >}}", "&#123;&#123;\\< x \\>&#125;&#125;"),
        ("```\n<!--more-->\n```", "```\n<!-{{% param dash %}}more-->\n```"),
        ('it\'s "a" -- b...', 'it\\\'s \\"a\\" \\-- b\\...'),
        ("http://a.example/b_c", "http\\://a.example/b\\_c"),
        ("![a](b '{{< c >}}')", '![a](b "{{% param braces %}}< c >}}")'),
        ('[a](b "c \\"d\\"")', "[a](b 'c \"d\"')"),
    ],
)
def test_what_hugo_would_run_is_printed(markdown: str, source: str) -> None:
    assert HUGO.prose(markdown) == f"{source}\n"


@pytest.mark.parametrize("key", ["hugo-docsy", "hugo-hextra"])
def test_the_head_names_what_stands_for_braces(tmp_path: Path, key: str) -> None:
    text = "# Buy {{ '{{' }}< x >}}\n\n{{ tabs('it') }}"
    page = pages_of(tmp_path, {"buy.md": text}, options=Options(formats=(key,)))["buy.md"]
    head = page.split("---\n")[1]
    assert '  braces: "{{"\n' in head
    assert '  dash: "-"\n' in head
    assert "# Buy" not in page.split("---\n", 2)[2]
