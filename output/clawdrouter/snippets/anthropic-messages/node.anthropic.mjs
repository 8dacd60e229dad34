import Anthropic from "@anthropic-ai/sdk";

if (!process.env.CLAWDROUTER_API_KEY) {
  throw new Error("CLAWDROUTER_API_KEY is not set");
}

const client = new Anthropic({
  apiKey: process.env.CLAWDROUTER_API_KEY,
  baseURL: "https://api.clawdrouter.example",
});

const message = await client.messages.create({
  model: "claude-sonnet-4-6",
  max_tokens: 1024,
  messages: [{ role: "user", content: "用简单的话解释什么是机器学习" }],
});

console.log(message.content[0]?.text);
