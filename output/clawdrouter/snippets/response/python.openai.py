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
)

print(response.output_text)
