import os

from openai import OpenAI

client = OpenAI(
    api_key=os.environ["CLAWDROUTER_API_KEY"],
    base_url="https://api.clawdrouter.example/v1",
)

image = client.images.generate(
    model="dall-e-3",
    prompt="一只在雪地里散步的橘猫，水彩画风格",
    n=1,
    size="1024x1024",
)

print(image.data[0].url)
