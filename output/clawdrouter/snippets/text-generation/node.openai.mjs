import OpenAI from "openai";

if (!process.env.CLAWDROUTER_API_KEY) {
  throw new Error("CLAWDROUTER_API_KEY is not set");
}

const client = new OpenAI({
  apiKey: process.env.CLAWDROUTER_API_KEY,
  baseURL: "https://api.clawdrouter.example/v1",
});

const completion = await client.chat.completions.create({
  model: "gpt-4o",
  messages: [
    { role: "system", content: "你是一个有用的助手" },
    { role: "user", content: "用简单的话解释什么是机器学习" },
  ],
});

console.log(completion.choices[0]?.message.content);
