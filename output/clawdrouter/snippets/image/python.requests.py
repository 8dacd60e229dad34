import os
import sys

import requests

response = requests.post(
    "https://api.clawdrouter.example/v1/images/generations",
    headers={"Authorization": f"Bearer {os.environ['CLAWDROUTER_API_KEY']}"},
    json={
        "model": "dall-e-3",
        "prompt": "一只在雪地里散步的橘猫，水彩画风格",
        "n": 1,
        "size": "1024x1024",
    },
    timeout=60,
)
if not response.ok:
    sys.exit(f"HTTP {response.status_code}: {response.text}")

print(response.json()["data"][0]["url"])
