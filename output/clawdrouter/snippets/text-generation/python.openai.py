import os

from openai import OpenAI

client = OpenAI(
    api_key=os.environ["CLAWDROUTER_API_KEY"],
    base_url="https://api.clawdrouter.example/v1",
)

completion = client.chat.completions.create(
    model="gpt-4o",
    messages=[
        {"role": "system", "content": "你是一个有用的助手"},
        {"role": "user", "content": "用简单的话解释什么是机器学习"},
    ],
)

print(completion.choices[0].message.content)
