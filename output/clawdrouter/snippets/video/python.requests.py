import os
import sys

import requests

response = requests.post(
    "https://api.clawdrouter.example/v1/video/generations",
    headers={"Authorization": f"Bearer {os.environ['CLAWDROUTER_API_KEY']}"},
    json={
        "model": "veo-3.1-fast-generate-001",
        "prompt": "A cute small bird dancing on a tree branch, moving rhythmically to cheerful music. The bird gently sways its body, lightly flaps its wings, and playfully tilts its head. Bright forest background with soft sunlight and subtle shadows. Semi-realistic, slightly cartoon style, vivid but not over-saturated colors. Static camera, centered subject, smooth motion, medium detail. 720p resolution, clear and stable output.",
        "duration": 4,
        "metadata": {
            "durationSeconds": 4,
            "aspectRatio": "16:9",
            "resolution": "720p",
            "negativePrompt": "low quality, blurry, distorted",
            "personGeneration": "allow_adult",
            "generateAudio": True,
        },
    },
    timeout=60,
)
if not response.ok:
    sys.exit(f"HTTP {response.status_code}: {response.text}")

print(response.json()["task_id"])
