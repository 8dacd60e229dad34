import OpenAI from "openai";

if (!process.env.CLAWDROUTER_API_KEY) {
  throw new Error("CLAWDROUTER_API_KEY is not set");
}

const client = new OpenAI({
  apiKey: process.env.CLAWDROUTER_API_KEY,
  baseURL: "https://api.clawdrouter.example/v1",
});

const image = await client.images.generate({
  model: "dall-e-3",
  prompt: "一只在雪地里散步的橘猫，水彩画风格",
  n: 1,
  size: "1024x1024",
});

console.log(image.data[0]?.url);
