if (!process.env.CLAWDROUTER_API_KEY) {
  throw new Error("CLAWDROUTER_API_KEY is not set");
}

const response = await fetch(
  "https://api.clawdrouter.example/v1/images/generations",
  {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Authorization: `Bearer ${process.env.CLAWDROUTER_API_KEY}`,
    },
    body: JSON.stringify({
      model: "dall-e-3",
      prompt: "一只在雪地里散步的橘猫，水彩画风格",
      n: 1,
      size: "1024x1024",
    }),
  },
);
if (!response.ok) {
  throw new Error(`HTTP ${response.status}: ${await response.text()}`);
}

const result = await response.json();
console.log(result.data[0].url);
