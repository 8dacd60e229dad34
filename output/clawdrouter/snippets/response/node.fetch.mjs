if (!process.env.CLAWDROUTER_API_KEY) {
  throw new Error("CLAWDROUTER_API_KEY is not set");
}

const response = await fetch("https://api.clawdrouter.example/v1/responses", {
  method: "POST",
  headers: {
    "Content-Type": "application/json",
    Authorization: `Bearer ${process.env.CLAWDROUTER_API_KEY}`,
    "Request-Id": "8f14e45f-ceea-4e7a-9c2b-6d1f0a3b5c7e",
  },
  body: JSON.stringify({
    model: "gpt-4o",
    instructions: "回答不超过一句话",
    input: "为什么天空是蓝色的？",
  }),
});
if (!response.ok) {
  throw new Error(`HTTP ${response.status}: ${await response.text()}`);
}

const result = await response.json();
console.log(result.output[0].content[0].text);
