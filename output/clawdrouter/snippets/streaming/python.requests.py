import json
import os
import sys

import requests

with requests.post(
    "https://api.clawdrouter.example/v1/chat/completions",
    headers={"Authorization": f"Bearer {os.environ['CLAWDROUTER_API_KEY']}"},
    json={
        "model": "gpt-4o",
        "messages": [{"role": "user", "content": "写一篇关于人工智能的短文"}],
        "stream": True,
    },
    stream=True,
    timeout=60,
) as response:
    if not response.ok:
        sys.exit(f"HTTP {response.status_code}: {response.text}")
    for line in response.iter_lines():
        if not line.startswith(b"data:"):
            continue
        data = line.removeprefix(b"data:").removeprefix(b" ").decode()
        if data == "[DONE]":
            break
        event = json.loads(data)
        if event["choices"]:
            print(event["choices"][0]["delta"].get("content") or "", end="", flush=True)
print()
