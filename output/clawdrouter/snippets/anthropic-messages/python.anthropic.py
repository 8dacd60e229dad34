import os

import anthropic

client = anthropic.Anthropic(
    api_key=os.environ["CLAWDROUTER_API_KEY"],
    base_url="https://api.clawdrouter.example",
)

message = client.messages.create(
    model="claude-sonnet-4-6",
    max_tokens=1024,
    messages=[{"role": "user", "content": "用简单的话解释什么是机器学习"}],
)

print(message.content[0].text)
