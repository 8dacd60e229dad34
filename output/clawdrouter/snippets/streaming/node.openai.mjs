import OpenAI from "openai";

if (!process.env.CLAWDROUTER_API_KEY) {
  throw new Error("CLAWDROUTER_API_KEY is not set");
}

const client = new OpenAI({
  apiKey: process.env.CLAWDROUTER_API_KEY,
  baseURL: "https://api.clawdrouter.example/v1",
});

const stream = await client.chat.completions.create({
  model: "gpt-4o",
  messages: [{ role: "user", content: "写一篇关于人工智能的短文" }],
  stream: true,
});

for await (const chunk of stream) {
  process.stdout.write(chunk.choices[0]?.delta.content ?? "");
}
console.log();
