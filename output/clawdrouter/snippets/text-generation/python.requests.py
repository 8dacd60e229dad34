import os
import sys

import requests

response = requests.post(
    "https://api.clawdrouter.example/v1/chat/completions",
    headers={"Authorization": f"Bearer {os.environ['CLAWDROUTER_API_KEY']}"},
    json={
        "model": "gpt-4o",
        "messages": [
            {"role": "system", "content": "你是一个有用的助手"},
            {"role": "user", "content": "用简单的话解释什么是机器学习"},
        ],
    },
    timeout=60,
)
if not response.ok:
    sys.exit(f"HTTP {response.status_code}: {response.text}")

print(response.json()["choices"][0]["message"]["content"])
