"""Faults of programs that call through an SDK, which writes the request itself."""

from __future__ import annotations

from .fault import Edit, Fault, fault

OPENAI = ("python/openai", "node/openai")
ANTHROPIC = ("python/anthropic", "node/anthropic")


def openai(
    name: str, places: str, python: Edit, node: Edit | None = None, example: str = "chat"
) -> Fault:
    return fault(name, example, places, _both(OPENAI, python, node), columns=OPENAI)


def anthropic(
    name: str, places: str | tuple[str, ...], python: Edit, node: Edit | None = None
) -> Fault:
    return fault(name, "messages", places, _both(ANTHROPIC, python, node), columns=ANTHROPIC)


def _both(columns: tuple[str, str], python: Edit, node: Edit | None) -> dict[str, Edit]:
    return dict(zip(columns, (python, node or python), strict=True))


FAULTS = (
    openai("SDK: changed value", "body at temperature", (("0.5", "0.6"),)),
    openai("SDK: changed message", "body at messages[0].content", (("Hello", "Hallo"),)),
    openai(
        "SDK: lost parameter",
        "body at seed",
        (("    seed=7,\n", ""),),
        (("  seed: 7,\n", ""),),
    ),
    openai(
        "SDK: undeclared parameter",
        "body at top_p",
        (("seed=7,", "seed=7, top_p=1,"),),
        (("seed: 7,", "seed: 7, top_p: 1,"),),
    ),
    openai("SDK: wrong base URL", "path", (("/gateway/v1", "/gateway"),)),
    openai(
        "SDK: key of the page's author",
        "header authorization",
        (('os.environ["FAULTS_KEY"]', '"sk-live-1"'),),
        (("apiKey: process.env.FAULTS_KEY", 'apiKey: "sk-live-1"'),),
    ),
    openai(
        "SDK: undeclared header",
        "extra header x-debug",
        (("seed=7,", 'seed=7, extra_headers={"X-Debug": "1"},'),),
        (("seed: 7,\n}", 'seed: 7,\n}, { headers: { "X-Debug": "1" } }'),),
    ),
    openai(
        "SDK: second request",
        "number of calls",
        (("completion = client", "for _ in range(2):\n    completion = client"),),
        (
            (
                "const completion = await",
                "let completion;\nfor (const _ of [1, 2]) completion = await",
            ),
        ),
    ),
    openai(
        "SDK: wrong printed value",
        "stdout",
        (("message.content", "message.role"),),
    ),
    openai(
        "SDK: no streaming: all is printed at the end",
        "stream",
        ((", flush=True", ""),),
        (
            ("for await", 'let text = "";\nfor await'),
            (
                'process.stdout.write(chunk.choices[0]?.delta.content ?? "")',
                "text += chunk.choices[0].delta.content",
            ),
            ("console.log()", "console.log(text)"),
        ),
        example="chat-stream",
    ),
    anthropic("SDK: changed number", "body at max_tokens", (("64", "65"),)),
    anthropic(
        "SDK: auth in another header",
        ("header x-api-key", "extra header authorization"),
        (("api_key=os", "auth_token=os"),),
        (("apiKey: process", "authToken: process"),),
    ),
    anthropic(
        "SDK: changed header value",
        "header anthropic-version",
        (("=64,", '=64, extra_headers={"anthropic-version": "2023-01-01"},'),),
        (("],\n}", '],\n}, { headers: { "anthropic-version": "2023-01-01" } }'),),
    ),
    anthropic("SDK: wrong role", "body at messages[0].role", (('"user"', '"assistant"'),)),
    anthropic(
        "SDK: wrong printed field",
        "stdout",
        (("content[0].text", "content[0].type"),),
        (("content[0]?.text", "content[0]?.type"),),
    ),
)
