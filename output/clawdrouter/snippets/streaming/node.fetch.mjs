if (!process.env.CLAWDROUTER_API_KEY) {
  throw new Error("CLAWDROUTER_API_KEY is not set");
}

const response = await fetch(
  "https://api.clawdrouter.example/v1/chat/completions",
  {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Authorization: `Bearer ${process.env.CLAWDROUTER_API_KEY}`,
    },
    body: JSON.stringify({
      model: "gpt-4o",
      messages: [{ role: "user", content: "写一篇关于人工智能的短文" }],
      stream: true,
    }),
  },
);
if (!response.ok) {
  throw new Error(`HTTP ${response.status}: ${await response.text()}`);
}

let buffer = "";
for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
  const lines = (buffer + text).split(/\r?\n/);
  buffer = lines.pop();
  for (const line of lines) {
    if (!line.startsWith("data:")) continue;
    const data = line.replace(/^data: ?/, "");
    if (data === "[DONE]") continue;
    const event = JSON.parse(data);
    process.stdout.write(event.choices[0]?.delta.content ?? "");
  }
}
console.log();
