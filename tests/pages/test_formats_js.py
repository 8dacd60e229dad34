"""The dialects and formats of docs tools that come from npm; `tests/sites` reads them there."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from callsheet.options import Options
from callsheet.pages import dialects
from pages.made import EXAMPLE, pages_of
from support import HEAD, ROOT

if TYPE_CHECKING:
    from pathlib import Path

MDX = ("docusaurus", "fumadocs", "mintlify", "nextra", "readme", "starlight")
CLIENTS = "clients: {python: [requests, httpx]}\n"
CALLS = "{{ environment() }}\n\n{{ install() }}\n\n{{ tabs('it') }}\n\n{{ response('it') }}\n"


def page(folder: Path, form: str, text: str = f"# A\n\n{CALLS}", spec: str = "") -> str:
    options = Options(formats=(form,))
    made = pages_of(folder, {"a.md": text}, HEAD + spec + EXAMPLE, options)
    (found,) = (content for path, content in made.items() if path.startswith("a.md"))
    return found


# --- Code that a tool acts on


@pytest.mark.parametrize(
    ("dialect", "code", "lexer", "source"),
    [
        # VitePress: a shell is called so that its copy button does not know it.
        ("vitepress", "$ ls\n", "bash", "```Bash\n$ ls\n```"),
        ("vitepress", "ls\n", "bash", "```bash\nls\n```"),
        ("vitepress", "$x\n", "php", "```php\n$x\n```"),
        # Docusaurus: a mark on line 0, which is none, keeps comments from being read.
        ("docusaurus", "# highlight-start\n", "bash", "```bash {0}\n# highlight-start\n```"),
        ("docusaurus", "ls\n", "", "```text\nls\n```"),
        (
            "docusaurus",
            "# a {#b}\n",
            "bash",
            '<CodeBlock language="bash" metastring="">{"# a {#b}\\n"}</CodeBlock>',
        ),
        ("starlight", "// main.go\n", "go", '```go frame="none"\n// main.go\n```'),
        ("nextra", "ls\n", "bash", "```bash copy\nls\n```"),
        ("mintlify", "a // [!code ++]\n", "js", '<pre><code>{"a // [!code ++]\\n"}</code></pre>'),
        ("fumadocs", "a // [!code ++]\n", "js", '<pre><code>{"a // [!code ++]\\n"}</code></pre>'),
        ("readme", "{user.name} {user}\n", "text", "```text\n\\{user.name} {user}\n```"),
        ("gitbook", "{{ x }}\n", "text", "{% raw %}\n```text\n{{ x }}\n```\n{% endraw %}"),
        ("gitbook", "{x}\n", "text", "```text\n{x}\n```"),
    ],
)
def test_code_is_written_so_that_its_tool_shows_it(
    dialect: str, code: str, lexer: str, source: str
) -> None:
    assert dialects.get(dialect).fence(code, lexer) == source


@pytest.mark.parametrize(
    "code", ["a # [!code --]\n", "<!-- @include: x -->\n", "a  \n", "a\n\n", "{{ x }} [!code x\n\n"]
)
def test_code_that_vitepress_would_change_becomes_an_element_of_one_line(code: str) -> None:
    found = dialects.get("vitepress").fence(code, "bash")
    assert "\n" not in found
    assert not re.search(r"\{\{|\[!|<!--", found)
    lines = re.findall(r'<span class="line">(.*?)</span>', found)
    shown = "\n".join(unescape(line.replace("<wbr>", "")) for line in lines)
    assert shown == code.removesuffix("\n")


@pytest.mark.parametrize("code", ["a \nb\n", "\na\n", "a\n\n", "a\u00a0\n", "\n"])
def test_code_that_starlight_would_trim_becomes_an_element(code: str) -> None:
    found = dialects.get("starlight").fence(code, "go")
    assert "\n" not in found
    copied = re.search(r'data-code=\{(".*?")\}>', found)
    assert copied
    assert json.loads(copied[1]) == code


# --- Prose that a tool acts on


@pytest.mark.parametrize(
    ("dialect", "prose", "source"),
    [
        ("vitepress", "{{ 1 + 1 }}", "&#123;&#123; 1 + 1 &#125;&#125;"),
        ("vitepress", "`{{ x }}`", "<code>&#123;&#123; x &#125;&#125;</code>"),
        ("vitepress", ":tada: :) ;-) a:b", "&#58;tada: &#58;) &#59;&#45;) a:b"),
        ("vitepress", "[[toc]]", r"\[\[toc\]\]"),
        ("vitepress", "http://a.example/b_c", r"http&#58;//a.example/b\_c"),
        ("vitepress", "![a](b_c.png)", "![a](b_c.png)"),
        ("vitepress", '![a_b](c.png "d")', '<img src="./c.png" alt="a_b" title="d">'),
        ("docusaurus", "x :tada:", "x :<></>tada:"),
        ("docusaurus", "```mdx-code-block\n<b/>\n```", "```text\n<b/>\n```"),
        ("starlight", "- a\n\n+ b", "- a\n\n{/* */}\n\n- b"),
        ("docusaurus", "# a {#b}", r"# a \{#b\} \{#b\}"),
        ("docusaurus", "# a {b}", r"# a \{b\}"),
        ("starlight", "a --flag", "a -<></>-flag"),
        ("mintlify", "---x", r"\-<></>-<></>-x"),
        ("nextra", "`x{:js}`", r"`x\{:js}`"),
        ("nextra", "# a [#b]", r"# a \[#b\]<></>"),
        ("fumadocs", "# a [#b]", r"# a \[#b\]<></>"),
        ("gitbook", "{% x %} {x} $$y$$", "&#123;% x %} {x} &#36;&#36;y&#36;&#36;"),
        ("gitbook", "`{% x %}`", "<code>&#123;&#37; x &#37;&#125;</code>"),
        ("readme", "x :tada:", "x :<span></span>tada:"),
    ],
)
def test_prose_is_written_so_that_its_tool_shows_it(dialect: str, prose: str, source: str) -> None:
    assert dialects.get(dialect).prose(f"{prose}\n") == f"{source}\n"


@pytest.mark.parametrize("dialect", MDX)
def test_a_directive_or_an_address_of_prose_is_text(dialect: str) -> None:
    found = dialects.get(dialect).prose("a :b[c] http://a.example/{x} www.a.example\n")
    assert r'\:b\[c\] http{":"}//a.example/\{x\} www{"."}a.example' in found


# --- Pages


@pytest.mark.parametrize("form", [*MDX, "vitepress", "gitbook"])
def test_a_page_holds_every_snippet_and_all_its_tags_are_closed(tmp_path: Path, form: str) -> None:
    found = page(tmp_path, form, spec=CLIENTS)
    assert "import requests" in found
    assert "import httpx" in found
    for tag in ("Tabs", "Tab", "TabItem", "Tabs.Tab", "div"):
        opened = re.findall(rf"<{re.escape(tag)}[ >]", found)
        assert len(opened) == found.count(f"</{tag}>"), tag
    for tag in ("tabs", "tab"):
        assert len(re.findall(rf"{{% {tag}[ %]", found)) == found.count(f"{{% end{tag} %}}")


@pytest.mark.parametrize("form", [*MDX, "vitepress", "gitbook"])
def test_fences_stand_apart_from_what_is_around_them(tmp_path: Path, form: str) -> None:
    lines = page(tmp_path, form, spec=CLIENTS).split("\n")
    opening = [number for number, line in enumerate(lines) if re.match(r"```\w", line)]
    assert len(opening) > 8
    if form not in ("readme", "gitbook"):  # tabs are fences that stand together; tags are no HTML
        assert all(lines[number - 1] == "" for number in opening)


def test_the_only_blocks_of_a_gitbook_page_are_its_tabs_and_what_is_raw(tmp_path: Path) -> None:
    """No parser of GitBook's is public: this is its grammar."""
    hostile = (ROOT / "tests/sites/pages/hostile.en.md").read_text()
    prose = hostile.partition("{% endraw %}\n\n{{ env")[0].replace("{% raw %}\n", "", 1)
    text = f"{prose.partition('---')[2].partition('---')[2]}\n"
    found = page(tmp_path, "gitbook", f"{{% raw %}}{text}{{% endraw %}}\n{CALLS}")
    raw = r"\{% raw %\}\n[ \t]*(`{3,})[^`]*\n(?:.*\n)*?[ \t]*\1\n[ \t]*\{% endraw %\}"
    outside = re.sub(raw, "", found)
    assert found.count("{% raw %}\n") >= 2
    blocks = set(re.findall(r"\{[%{#].*", outside))
    tabs = {"{% tabs %}", "{% endtabs %}", "{% endtab %}"}
    assert {block for block in blocks if not block.startswith('{% tab title="')} == tabs


def test_a_client_called_as_a_language_says_whose_it_is(tmp_path: Path) -> None:
    clients = "clients: {php: [curl, guzzle]}\n"
    assert 'label={"cURL (PHP)"}' in page(tmp_path, "starlight", spec=clients)


def test_a_title_that_holds_a_tag_is_no_html_in_starlight(tmp_path: Path) -> None:
    found = page(tmp_path, "starlight", "# A </title> & b\n")
    assert 'title: "A </title> & b"\nhead:' in found
    assert '    content: "A &lt;/title&gt; &amp; b"\n' in found
    (tmp_path / "plain").mkdir()
    assert "head:" not in page(tmp_path / "plain", "starlight", "# A & b\n")


@pytest.mark.parametrize(
    ("description", "written"),
    [
        ('how to "buy"', "description: \"how to 'buy'\"\n"),
        ("a <b> & c", 'description: "a <b> & c"\n'),
        ("a</script>", ""),
    ],
)
def test_the_head_of_a_page_ends_nothing_in_vitepress(
    tmp_path: Path, description: str, written: str
) -> None:
    head = f"---\ntitle: it's a </script>\ndescription: {description}\n---\n"
    found = page(tmp_path, "vitepress", f"{head}# A\n")
    assert found.startswith(f'---\ntitle: "it\'s a < /script>"\n{written}---\n')


def test_vitepress_has_its_tabs_as_a_file(tmp_path: Path) -> None:
    options = Options(formats=("vitepress",))
    made = pages_of(tmp_path, {"a.md": "# A\n"}, options=options)
    assert "export function syncTabs" in made["callsheet-tabs.js"]
