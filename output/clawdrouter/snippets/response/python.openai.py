import os

from openai import OpenAI

client = OpenAI(
    api_key=os.environ["CLAWDROUTER_API_KEY"],
    base_url="https://api.clawdrouter.example/v1",
)

response = client.responses.create(
    model="gpt-4o",
    instructions="回答不超过一句话",
    input="为什么天空是蓝色的？",
    extra_headers={"Request-Id": "8f14e45f-ceea-4e7a-9c2b-6d1f0a3b5c7e"},
)

print(response.output_text)
