using System.Text.Json.Nodes;

var clawdrouterApiKey = Environment.GetEnvironmentVariable("CLAWDROUTER_API_KEY")
    ?? throw new InvalidOperationException("CLAWDROUTER_API_KEY is not set");

var json = """
    {
      "model": "veo-3.1-fast-generate-001",
      "prompt": "A cute small bird dancing on a tree branch, moving rhythmically to cheerful music. The bird gently sways its body, lightly flaps its wings, and playfully tilts its head. Bright forest background with soft sunlight and subtle shadows. Semi-realistic, slightly cartoon style, vivid but not over-saturated colors. Static camera, centered subject, smooth motion, medium detail. 720p resolution, clear and stable output.",
      "duration": 4,
      "metadata": {
        "durationSeconds": 4,
        "aspectRatio": "16:9",
        "resolution": "720p",
        "negativePrompt": "low quality, blurry, distorted",
        "personGeneration": "allow_adult",
        "generateAudio": true
      }
    }
    """;

using var client = new HttpClient();
using var request = new HttpRequestMessage(
    HttpMethod.Post, "https://api.clawdrouter.example/v1/video/generations");
request.Headers.Authorization = new("Bearer", clawdrouterApiKey);
request.Content = new StringContent(json, mediaType: new("application/json"));

using var response = await client.SendAsync(request);
var body = await response.Content.ReadAsStringAsync();
if (!response.IsSuccessStatusCode)
{
    Console.Error.WriteLine($"HTTP {(int)response.StatusCode}: {body}");
    Environment.Exit(1);
}

Console.WriteLine(JsonNode.Parse(body)!["task_id"]);
