if (!process.env.CLAWDROUTER_API_KEY) {
  throw new Error("CLAWDROUTER_API_KEY is not set");
}

const response = await fetch(
  "https://api.clawdrouter.example/v1/video/generations",
  {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Authorization: `Bearer ${process.env.CLAWDROUTER_API_KEY}`,
    },
    body: JSON.stringify({
      model: "veo-3.1-fast-generate-001",
      prompt:
        "A cute small bird dancing on a tree branch, moving rhythmically to cheerful music. The bird gently sways its body, lightly flaps its wings, and playfully tilts its head. Bright forest background with soft sunlight and subtle shadows. Semi-realistic, slightly cartoon style, vivid but not over-saturated colors. Static camera, centered subject, smooth motion, medium detail. 720p resolution, clear and stable output.",
      duration: 4,
      metadata: {
        durationSeconds: 4,
        aspectRatio: "16:9",
        resolution: "720p",
        negativePrompt: "low quality, blurry, distorted",
        personGeneration: "allow_adult",
        generateAudio: true,
      },
    }),
  },
);
if (!response.ok) {
  throw new Error(`HTTP ${response.status}: ${await response.text()}`);
}

const result = await response.json();
console.log(result.task_id);
