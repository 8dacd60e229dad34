import os
import sys

import requests

response = requests.post(
    "https://api.clawdrouter.example/v1/responses",
    headers={
        "Authorization": f"Bearer {os.environ['CLAWDROUTER_API_KEY']}",
        "Request-Id": "8f14e45f-ceea-4e7a-9c2b-6d1f0a3b5c7e",
    },
    json={
        "model": "gpt-4o",
        "instructions": "回答不超过一句话",
        "input": "为什么天空是蓝色的？",
    },
    timeout=60,
)
if not response.ok:
    sys.exit(f"HTTP {response.status_code}: {response.text}")

print(response.json()["output"][0]["content"][0]["text"])
