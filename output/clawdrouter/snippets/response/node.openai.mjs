import OpenAI from "openai";

if (!process.env.CLAWDROUTER_API_KEY) {
  throw new Error("CLAWDROUTER_API_KEY is not set");
}

const client = new OpenAI({
  apiKey: process.env.CLAWDROUTER_API_KEY,
  baseURL: "https://api.clawdrouter.example/v1",
});

const response = await client.responses.create(
  {
    model: "gpt-4o",
    instructions: "回答不超过一句话",
    input: "为什么天空是蓝色的？",
  },
  { headers: { "Request-Id": "8f14e45f-ceea-4e7a-9c2b-6d1f0a3b5c7e" } },
);

console.log(response.output_text);
