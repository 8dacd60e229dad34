import os

from openai import OpenAI

client = OpenAI(
    api_key=os.environ["CLAWDROUTER_API_KEY"],
    base_url="https://api.clawdrouter.example/v1",
)

stream = client.chat.completions.create(
    model="gpt-4o",
    messages=[{"role": "user", "content": "写一篇关于人工智能的短文"}],
    stream=True,
)

for chunk in stream:
    if chunk.choices:
        print(chunk.choices[0].delta.content or "", end="", flush=True)
print()
