"""A spec and its pages, full of what HTML, Markdown, Jinja and terminals take for their own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

#: Each would call `hacked`, ask the network, end what it stands in, or begin something else.
PAYLOADS = [
    *("<script>hacked(1)</script>", "</script><script>hacked(2)</script>", "<!--<script>hacked(3)"),
    *("</code></pre><script>hacked(4)</script>", "</style><style>*{display:none}</style>"),
    *("<img src=x onerror=hacked(5)>", '"><svg onload=hacked(6)>', "' onmouseover='hacked(7)' x='"),
    *("javascript:hacked(8)", "[a](javascript:hacked(9))", "![a](https://evil.example/a.png)"),
    *("<a href='//evil.example'>a</a>", "<https://evil.example>", "<iframe src=//evil.example>"),
    *("<meta http-equiv=refresh content=0;url=//evil.example>", "<base href=//evil.example>"),
    *(
        "</title></textarea></template></noscript>",
        "</summary></details>",
        "<form><input autofocus>",
    ),
    *("{{7*7}}", "{% raw %}", "{# a #}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "`id`", "$(id)", "%s%n"),
    *("```", "~~~", "]]>", "<!--", "-->", "*/", "?>", "'''", '"""', "\\", "| a | b |", "**a** _b_"),
    *(
        "&lt;",
        "&amp;lt;",
        "&#60;b&#62;",
        "&",
        "<",
        ">",
        "\u202eevitcefni\u202c",
        "\u2066a\u2069",
        "\u200b",
    ),
    *("__proto__", "constructor", "- a", "# a #", "1. a", "> a", "=== ---", "[a]: //evil.example"),
]
#: What a title may hold.
TITLE = " ".join(["# - 1.", *PAYLOADS, "end #"])
#: What only a value may hold.
TEXT = "\n\n".join(
    ["", *PAYLOADS, "\u2028\u2029\x00\x1b[31m\x85", "\ufdd00\ufdd1\ufdd20\ufdd3", ""]
)
#: What a header, a shell and a URL may hold.
LINE = " ".join(text for text in PAYLOADS if text.isascii())
SHOWN = " ".join(text for text in PAYLOADS if text.isprintable())
SERVER = "https://api.shop.example/__a__*b*_(javascript:hacked(10))/!&lt;'$~"
EXAMPLES = ("constructor", "a.b_c-d", "0")


def _yaml(value: object) -> str:
    """A value in YAML's flow style; JSON's escapes are YAML's too."""
    return json.dumps(value)


def _locales(text: str) -> str:
    return _yaml({"en": text, "zh": f"中 {text}"})


def spec() -> str:
    """The spec's YAML."""
    values = {f"{number} {text}": text for number, text in enumerate(PAYLOADS)} | {"text": TEXT}
    body = {"json": values}
    answer = {"status": 299, "headers": {"X-Answer": LINE}, "json": [values, *PAYLOADS]}
    arguments = {"extra": "extra", "known": ["a"]}
    call = {"call": "client.send", "arguments": arguments, "results": {"": "result"}}
    sdk = {
        "title": TITLE,
        "package": {"name": "acme", "version": "1.0.0", "install": "pip install {name}=={version}"},
        "runtime": "3.10",
        "imports": ["import acme"],
        "client": "client = acme.Client({key}, {base})",
        "auth": {"scheme": "bearer"},
        "headers": "headers",
        "query": "query",
        "calls": {"items": call},
    }
    first = {"title": TITLE, "description": TEXT, "headers": {"X-Note": LINE}, "query": {"q": TEXT}}
    second = {"headers": {"X-Note": "a"}, "body": {"text": TEXT}}
    return f"""\
callsheet: 1
title: {_locales(TITLE)}
description: {_locales(TEXT)}
server: {_yaml(SERVER)}
auth: {{constructor: {{scheme: bearer, env: SHOP_KEY}}}}
variables: {{SHOP_KEY: {{value: {_yaml(SHOWN)}, title: {_locales(TITLE)}}}}}
pages: pages/*.md
sdks: {{python/constructor: {_yaml(sdk)}}}
clients: {{python: [constructor, requests]}}
endpoints:
  items:
    title: {_locales(TITLE)}
    description: {_yaml(TEXT)}
    request: POST /{{id}}
    auth: constructor
    examples:
      {EXAMPLES[0]}: {_yaml({**first, "path": {"id": TEXT}, "body": body, "response": answer})}
      {EXAMPLES[1]}: {_yaml({**second, "path": {"id": "a"}, "response": {"text": TEXT}})}
  odd:
    request: "GET /<script>hacked(11)</script>"
    examples: {{"{EXAMPLES[2]}": {{}}}}
"""


#: What a page's author writes around what the spec says.
PAGE = """\
---
title: {title}
description: {description}
---

# {{{{ title }}}}

{{{{ title }}}}

{{{{ server }}}}

- {{{{ title }}}}

> {{{{ title }}}}

## A {{{{ title }}}}

## A {{{{ title }}}}

`{{{{ server }}}}` and [{{{{ title }}}}](https://docs.shop.example/?a={{{{ title }}}})

| Title | Server |
| --- | --- |
| {{{{ title }}}} | `{{{{ server }}}}` |

```text
{{{{ server }}}}
```

{{{{ environment() }}}}

{{{{ install() }}}}

{{{{ tabs("{first}") }}}}

{{{{ response("{first}") }}}}

1. {{{{ tabs("{second}") }}}}

   {{{{ response("{second}") }}}}

{{{{ tabs("{third}") }}}}
"""


def lay(folder: Path) -> Path:
    """Lays out the spec and its pages; answers the spec's path."""
    (folder / "pages").mkdir()
    (folder / "shop.yaml").write_text(spec())
    head = {"title": _yaml(f"Page {TITLE}"), "description": _yaml(TEXT)}
    for locale in ("en", "zh"):
        text = PAGE.format(**head, **dict(zip(("first", "second", "third"), EXAMPLES, strict=True)))
        (folder / f"pages/shop.{locale}.md").write_text(text)
    return folder / "shop.yaml"
