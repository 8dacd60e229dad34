import os
import sys

import requests

response = requests.post(
    "https://api.clawdrouter.example/v1/messages",
    headers={
        "x-api-key": os.environ["CLAWDROUTER_API_KEY"],
        "anthropic-version": "2023-06-01",
    },
    json={
        "model": "claude-sonnet-4-6",
        "max_tokens": 1024,
        "messages": [{"role": "user", "content": "用简单的话解释什么是机器学习"}],
    },
    timeout=60,
)
if not response.ok:
    sys.exit(f"HTTP {response.status_code}: {response.text}")

print(response.json()["content"][0]["text"])
